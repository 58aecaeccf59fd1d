"""Does anything of a hostile body run in a real browser? Used by the tests (a sample) and by the benchmark (all).

Each payload gets a sandboxed frame of its own in which `alert` and its like report to the page. The raw payloads are
the control: if they did not fire, the harness would be broken.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

#: In every frame: report what runs, and do what a reader may do: every event that an element waits for, every link.
_FRAME = """
<script>
alert = confirm = prompt = print = () => { parent.postMessage("fired", "*"); return true };
onerror = () => true;
addEventListener("load", () => {
  for (const element of document.querySelectorAll("*")) {
    for (const name of element.getAttributeNames()) {
      if (name.startsWith("on")) element.dispatchEvent(new Event(name.slice(2), {bubbles: true}));
    }
    if (element.protocol === "javascript:") element.click();
  }
  setTimeout(() => parent.postMessage("done", "*"), PATIENCE);
});
</script>
"""
#: Runs every body in a frame, `width` of them at a time, and returns the numbers of those in which a script ran.
_RUN = """
async ([prelude, bodies, width, patience]) => {
  const fired = new Set(), frames = new Map(), waiting = new Map();
  addEventListener("message", event => {
    if (event.data === "done") waiting.get(event.source)?.();
    else if (frames.has(event.source)) fired.add(frames.get(event.source));
  });
  let next = 0;
  const worker = async () => {
    while (next < bodies.length) {
      const number = next++, frame = document.createElement("iframe");
      frame.sandbox = "allow-scripts";
      frame.srcdoc = prelude + bodies[number];
      document.body.append(frame);
      const self = frame.contentWindow;
      frames.set(self, number);
      // What a payload did to its own page may keep it from ever saying that it is done.
      await new Promise(done => { waiting.set(self, done); setTimeout(done, 2000 + patience) });
      frames.delete(self);
      waiting.delete(self);
      frame.remove();
    }
  };
  await Promise.all(Array.from({length: width}, worker));
  return [...fired].sort((a, b) => a - b);
}
"""


def payloads() -> list[str]:
    """The payloads of `CORPORA_DIR/xss`, each once; empty where there is no such folder."""
    folder = Path(os.environ.get("CORPORA_DIR", "/nowhere")) / "xss"
    lines = [line for file in sorted(folder.glob("*.txt")) for line in file.read_text(errors="replace").splitlines()]
    return sorted({line for line in lines if line.strip()})


def fired(browser: Any, bodies: Sequence[str], *, width: int = 12, patience: int = 15) -> list[int]:
    """The numbers of those bodies in which a script ran; `patience` is in milliseconds after a frame has loaded."""
    context = browser.new_context()
    try:
        page = context.new_page()
        context.set_offline(True)
        prelude = _FRAME.replace("PATIENCE", str(patience))
        found: list[int] = page.evaluate(_RUN, [prelude, list(bodies), width, patience])
        return found
    finally:
        context.close()
