from .account_events import AccountEvent
from .accounts import User
from .addresses import OldAddress
from .facts import Fact
from .house import Block, Edition, FollowLink, Funder, FunderAcknowledgement, Outlet
from .invitations import Invitation
from .letters import Letter
from .limits import SenderCount, UsedProof
from .mails import MailText
from .pages import Page
from .policy import ReusePolicy, ReuseTerms

__all__ = [
    "AccountEvent",
    "Block",
    "Edition",
    "Fact",
    "FollowLink",
    "Funder",
    "FunderAcknowledgement",
    "Invitation",
    "Letter",
    "MailText",
    "OldAddress",
    "Outlet",
    "Page",
    "ReusePolicy",
    "ReuseTerms",
    "SenderCount",
    "UsedProof",
    "User",
]
