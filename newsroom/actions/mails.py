from __future__ import annotations

from django.db import transaction

from newsroom.models import Edition, MailText


@transaction.atomic
def word_mail(name: str, *, edition: Edition, subject: str, body: str) -> MailText:
    """Have one kind of mail written in these words in this edition, from now on."""
    text, _is_new = MailText.objects.update_or_create(
        name=name, edition=edition, defaults={"subject": subject, "body": body}
    )
    return text


@transaction.atomic
def word_mail_as_at_first(name: str, *, edition: Edition) -> None:
    MailText.objects.filter(name=name, edition=edition).delete()
