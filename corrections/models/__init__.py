from .log import Correction, FollowUp, Redaction
from .reports import Message, Report
from .rules import ReadyAnswer, Rules

__all__ = ["Correction", "FollowUp", "Message", "ReadyAnswer", "Redaction", "Report", "Rules"]
