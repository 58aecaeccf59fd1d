"""The commands that `docs/deployment.md` tells people to type: the drill types the same."""

from __future__ import annotations

import re

from newsroom import database

FILE = database.BASE / "docs/deployment.md"


def steps() -> dict[str, str]:
    """The named blocks of the page, such as ```` ```sh install ````, by their names."""
    return dict(re.findall(r"^```sh (\S+)\n(.*?)^```$", FILE.read_text(), re.DOTALL | re.MULTILINE))
