"""What people do in the house: start it, write to us, invite, accept, let old addresses lead on; what chiefs do to accounts."""

from newsroom.actions.accounts import (
    ask_for_new_password,
    change_address,
    disable,
    enable,
    end_sessions,
    give_role,
    note_second_factor,
    remove_second_factor,
    reset_password,
)
from newsroom.actions.addresses import lead_on, take_old_addresses
from newsroom.actions.errors import (
    AccountError,
    AlreadyDecided,
    AlreadyInvited,
    LastChief,
    LinkNotGood,
    NotAllowed,
    NothingToDo,
    YourOwnAccount,
)
from newsroom.actions.invitations import accept, invite, renew, withdraw
from newsroom.actions.letters import receive_letter
from newsroom.actions.mails import word_mail, word_mail_as_at_first
from newsroom.actions.start import House, start_newsroom

__all__ = [
    "AccountError",
    "AlreadyDecided",
    "AlreadyInvited",
    "House",
    "LastChief",
    "LinkNotGood",
    "NotAllowed",
    "NothingToDo",
    "YourOwnAccount",
    "accept",
    "ask_for_new_password",
    "change_address",
    "disable",
    "enable",
    "end_sessions",
    "give_role",
    "invite",
    "lead_on",
    "note_second_factor",
    "receive_letter",
    "remove_second_factor",
    "renew",
    "reset_password",
    "start_newsroom",
    "take_old_addresses",
    "withdraw",
    "word_mail",
    "word_mail_as_at_first",
]
