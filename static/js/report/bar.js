// The bar at the foot of the screen, for whoever selects words of the text.
import { describe, LONGEST } from "./selection.js";

const AFTER = 250; // milliseconds without a change: the selection is what was meant
const HANDLE = 56; // pixels below the words: a phone's handle hangs there

export async function start(place, text) {
  await styled(place.dataset.style);
  const parts = place.content.cloneNode(true);
  const bar = parts.querySelector(".report-bar");
  const [status, button] = [bar.querySelector("[role=status]"), bar.querySelector("button")];
  const tooLong = parts.querySelector("[data-word=too-long]").textContent;
  let found = null;
  let timer;
  bar.hidden = true;
  text.after(bar);

  const look = () => {
    const selection = getSelection();
    const isHere = selection.rangeCount && !selection.isCollapsed && selection.getRangeAt(0).intersectsNode(text);
    const chosen = isHere ? describe(text, selection.getRangeAt(0)) : null;
    if (chosen) found = chosen;
    return chosen;
  };
  const show = () => {
    const chosen = document.querySelector("dialog[open]") ? null : look();
    bar.hidden = !chosen;
    document.body.toggleAttribute("data-bar", Boolean(chosen)); // nothing else asks for attention meanwhile
    if (!chosen) return;
    const isTooLong = chosen.length > LONGEST;
    button.hidden = isTooLong;
    status.textContent = isTooLong ? tooLong.replace("{length}", chosen.length).replace("{most}", LONGEST) : "";
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
  return { report: () => { look(); show(); return report(); } };
}

const styled = (href) => new Promise((resolve) => {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: resolve, onerror: resolve });
  document.head.append(link);
});
