"""What the log must not hold."""

from __future__ import annotations

import logging
import re

#: The last part of each link that acts without a login.
_SECRET = re.compile(r"(/(?:accounts/(?:invitations|password/reset/key)|corrections/reports)/)[^/\s\"'?]+")


class MaskLinks(logging.Filter):
    """Write the last part of such a link as dots, wherever a line of the log names it."""

    def filter(self, record: logging.LogRecord) -> bool:
        written = record.getMessage()
        if (masked := _SECRET.sub(r"\1…", written)) != written:
            record.msg, record.args = masked, ()
        return True
