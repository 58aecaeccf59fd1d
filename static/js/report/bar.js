// The bar at the foot of the screen, for whoever selects words of the text.
import { describe, LONGEST } from "./selection.js";

const AFTER = 250; // milliseconds without a change: the selection is what was meant
const HANDLE = 56; // pixels below the words: a phone's handle hangs there

export async function start(place, text) {
  const parts = place.content.cloneNode(true);
  const bar = parts.querySelector(".report-bar");
  const [status, seen, button] = [parts.querySelector("[role=status]"), bar.querySelector("p"), bar.querySelector("button")];
  const tooLong = parts.querySelector("[data-word=too-long]").textContent;
  let found = null;
  let timer;
  bar.hidden = true;
  text.after(status, bar); // what is said stands outside, and from the start: what comes with its words is not announced
  await styled(place.dataset.style);

  const look = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null; // a tap: the words before it are still meant
    const range = selection.getRangeAt(0);
    found = range.intersectsNode(text) ? describe(text, range) : null;
    return found;
  };
  const show = () => {
    const chosen = document.querySelector("dialog[open]") ? null : look();
    bar.hidden = !chosen;
    document.body.toggleAttribute("data-bar", Boolean(chosen)); // nothing else asks for attention meanwhile
    const isTooLong = chosen?.length > LONGEST;
    seen.textContent = isTooLong ? tooLong.replace("{length}", chosen.length).replace("{most}", LONGEST) : "";
    if (status.textContent !== seen.textContent) status.textContent = seen.textContent;
    if (!chosen) return;
    button.hidden = isTooLong;
    const boxes = getSelection().getRangeAt(0).getClientRects();
    const bottom = boxes.length ? boxes[boxes.length - 1].bottom : 0;
    const isUnder = bottom < innerHeight + HANDLE && bottom + HANDLE > innerHeight - bar.offsetHeight;
    bar.classList.toggle("is-on-top", isUnder);
  };
  const report = async () => {
    if (!found || found.length > LONGEST) return;
    const { open } = await import("./dialog.js");
    open(found, place);
    show();
  };

  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(show, AFTER); // long enough, too, for a tap on the bar that takes the selection away
  });
  bar.addEventListener("pointerdown", (event) => event.preventDefault()); // the words stay selected
  button.addEventListener("click", report);
  timer = setTimeout(show, AFTER);
  return { report: () => { status.textContent = ""; show(); return report(); } }; // by keys it is said again
}

const styled = (href) => new Promise((resolve) => {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: resolve, onerror: resolve });
  document.head.append(link);
});
