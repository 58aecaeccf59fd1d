"""What pages say: `python -m drills.pages NAME CERTIFICATE < paths` prints one JSON of path → status and hash."""

from __future__ import annotations

import hashlib
import json
import sys

from drills.load import Client


def main() -> None:
    client = Client(*sys.argv[1:3])
    told = {}
    for path in sys.stdin.read().split():
        status, text, _headers = client.ask("GET", path)
        told[path] = [status, hashlib.sha256(text).hexdigest()]
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
