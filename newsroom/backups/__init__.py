"""The whole site in one file, taken while it runs, and put back all or not at all.

`postgres` asks and fills the database, `archive` reads and proves a file, `taking` and `restoring` do the two things.
"""

from newsroom.backups.archive import BackupError
from newsroom.backups.restoring import prove, restore
from newsroom.backups.taking import take

__all__ = ["BackupError", "prove", "restore", "take"]
