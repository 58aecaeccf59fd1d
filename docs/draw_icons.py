"""The site's icon in the formats of those who cannot show static/img/icon.svg, drawn anew after that has changed:
`.venv/bin/python docs/draw_icons.py`.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.browsers import chromium

FOLDER = Path(__file__).resolve().parent.parent / "static" / "img"
SIZE = 512  # as `logo` in newsroom/structured.py says


def main() -> None:
    svg = (FOLDER / "icon.svg").read_text()
    with chromium() as browser:
        page = browser.new_page(viewport={"width": SIZE, "height": SIZE})
        page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{svg}")
        drawn = Image.open(io.BytesIO(page.screenshot(omit_background=True)))
    drawn.quantize(64).save(FOLDER / "icon.png", optimize=True)
    drawn.save(FOLDER / "icon.ico", sizes=[(16, 16), (32, 32), (48, 48)])


if __name__ == "__main__":
    main()
