"""Mail that arrives for the corrections address becomes a report, as the form and the dialog make it.

`manage.py receive_mail` is fed by the mail server; `docs/operations.md` says how.
"""

from corrections.mail_in.reading import MOST_BYTES, NoMail
from corrections.mail_in.receiving import receive

__all__ = ["MOST_BYTES", "NoMail", "receive"]
