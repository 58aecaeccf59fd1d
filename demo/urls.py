from django.urls import path

from demo import mail

urlpatterns = [path("mail/", mail.mail, name="demo_mail")]
