from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsroom', '0005_words_of_mails_and_counts_of_senders'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='sendercount',
            name='sender_counted_once',
        ),
        migrations.AddConstraint(
            model_name='sendercount',
            constraint=models.UniqueConstraint(fields=('sender', 'span'), name='sender_counted_once'),
        ),
    ]
