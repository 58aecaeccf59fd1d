// Words that are selected can be reported: by Ctrl+Enter or ⌘+Enter, or by the bar. All the rest is loaded when it is needed.
const place = document.querySelector("template[data-report]");
const text = document.querySelector(".e-content[data-revision]");

if (place && text) {
  let bar;
  const start = () => (bar ??= import("./report/bar.js").then((module) => module.start(place, text)));
  const isChosen = () => {
    const selection = getSelection();
    return !selection.isCollapsed && selection.getRangeAt(0).intersectsNode(text);
  };

  document.addEventListener("selectionchange", () => {
    if (!bar && isChosen()) start().catch(() => (bar = undefined)); // not reached: tried again with the next words
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || !isChosen()) return;
    if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
    event.preventDefault();
    start().then((started) => started.report(), () => location.assign(place.dataset.report));
  });

  const hint = document.querySelector(".suggest-hint"); // where editors have hidden that part, there is none
  if (hint) {
    if (/Mac|iP/.test(navigator.platform)) hint.querySelector("kbd").textContent = "⌘";
    hint.hidden = false;
  }
}
