// The dialog: the words in their sentence, and the form of the page that works without a script.
import { solve } from "./proof.js";

const OLDEST = 23 * 60 * 60 * 1000;
let dialog, form, reported;

export function open(found, place) {
  dialog ??= made(place);
  const isSame = reported && reported.quote === found.quote && reported.near === found.near;
  reported = found;
  quoted(found);
  mark(found.range);
  if (!dialog.open) dialog.showModal();
  if (form && performance.now() - form.madeAt < OLDEST) {
    if (!isSame) fill(found);
    form.elements.suggestion.focus();
  } else load(place);
}

/** An element with its own text; never HTML, since the words are anybody's. */
const element = (name, fields = {}, ...children) => {
  const made = Object.assign(document.createElement(name), fields);
  made.append(...children);
  return made;
};

const words = (root) => Object.fromEntries([...root.querySelectorAll("[data-word]")].map(({ dataset, textContent }) => [dataset.word, textContent]));

function made(place) {
  const say = words(place.content);
  const close = element("button", { type: "button", className: "report-close", textContent: "×" });
  close.setAttribute("aria-label", say.close);
  const heading = element("h2", { id: "report-heading", textContent: say.heading });
  const dialog = element("dialog", { className: "report-dialog" },
    element("p", { className: "report-said visually-hidden", role: "status" }), // one, and from the start
    element("header", {}, heading, close),
    element("blockquote", { className: "report-quote", dir: "auto" }),
    element("div", { className: "report-body" }));
  dialog.setAttribute("aria-labelledby", heading.id);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    CSS.highlights?.delete("reported");
    if (!form || !getSelection().isCollapsed) return;
    getSelection().removeAllRanges();
    getSelection().addRange(reported.range); // where the reader was
  });
  document.body.append(dialog);
  return dialog;
}

function quoted({ lead, quote, rest }) {
  dialog.querySelector(".report-quote").replaceChildren(lead, element("mark", { textContent: quote }), rest);
}

function mark(range) {
  if ("highlights" in CSS) CSS.highlights.set("reported", new Highlight(range)); // without touching the text
}

/** For whoever listens; the same stands where it can be seen. */
function tell(sentence) {
  dialog.querySelector(".report-said").textContent = sentence;
}

/** Take the form from the page that stands for itself; it brings its token, which no stored page could. */
async function load(place) {
  const body = dialog.querySelector(".report-body");
  const say = words(place.content);
  body.replaceChildren(element("p", { className: "help", textContent: say.loading }));
  tell(say.loading);
  try {
    const page = await fetched(place.dataset.report);
    form = document.importNode(page.querySelector(".report-form"), true);
  } catch {
    const again = element("button", { type: "button", className: "button", textContent: say.again });
    again.addEventListener("click", () => load(place));
    body.replaceChildren(element("p", { className: "error", role: "alert", textContent: say.unreachable }), again);
    return again.focus();
  } finally {
    tell("");
  }
  form.madeAt = performance.now();
  form.place = place;
  form.querySelector(".report-where").replaceWith(element("input", { type: "hidden", name: "quote" }));
  const cancel = element("button", { type: "button", className: "button button-quiet", textContent: say.cancel });
  cancel.addEventListener("click", () => dialog.close());
  form.querySelector(".form-end .button").after(cancel);
  form.prepend(element("div", { className: "report-errors", role: "alert" }));
  form.querySelector(".report-status").removeAttribute("role"); // the dialog has its own
  form.addEventListener("submit", send);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) form.requestSubmit();
  });
  body.replaceChildren(form);
  fill(reported);
  form.elements.suggestion.focus();
}

async function fetched(url) {
  const answer = await fetch(url, { redirect: "follow" });
  if (!answer.ok) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function fill(found) {
  for (const name of ["quote", "before", "after", "near", "version"]) form.elements[name].value = found[name];
  const { suggestion } = form.elements;
  suggestion.value = found.quote;
  suggestion.dir = "auto";
  suggestion.setSelectionRange(found.quote.length, found.quote.length);
  wrong({});
}

async function send(event) {
  event.preventDefault();
  const sent = form;
  if (sent.isSending) return;
  sent.isSending = true;
  const [say, status, button] = [words(form.querySelector("template").content), form.querySelector(".report-status"), form.querySelector(".form-end .button")];
  const show = (sentence) => {
    status.textContent = sentence;
    tell(sentence);
  };
  sent.toggleAttribute("data-sending", true);
  show(say.sending);
  wrong({});
  await new Promise((resolve) => { setTimeout(resolve, Math.max(0, form.dataset.youngest * 1000 - (performance.now() - form.madeAt))); });
  try {
    let answer = await post();
    if (answer.challenge && crypto.subtle) {
      show(say.working);
      form.elements.proof.value = await solve(answer.challenge);
      answer = await post();
    }
    if (answer.stamp) form.elements.stamp.value = answer.stamp;
    form.elements.proof.value = "";
    if (answer.url) return done(answer.url, say);
    wrong(answer.errors);
  } catch {
    wrong({ "": [say.failed] }, false);
    button.textContent = say.again;
    button.focus();
  } finally {
    show("");
    sent.isSending = false;
    sent.toggleAttribute("data-sending", false);
  }
}

/** What the server answers; throws where it does not. A token that went with its cookie is fetched anew, once. */
async function post(isAgain = false) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
  if (answer.status === 403 && !isAgain) {
    const page = await fetched(form.place.dataset.report);
    form.elements.csrfmiddlewaretoken.value = page.querySelector(".report-form [name=csrfmiddlewaretoken]").value;
    return post(true);
  }
  return answer.json();
}

/** Say what the server has against it, at the fields and above them. */
function wrong(errors, focuses = true) {
  const box = form.querySelector(".report-errors");
  box.replaceChildren(...Object.values(errors).flat().map((sentence) => element("p", { textContent: sentence })));
  for (const field of form.querySelectorAll(".field")) {
    const input = field.querySelector("input, select, textarea");
    const isWrong = input.name in errors;
    const error = `${input.id}_error`;
    field.querySelector(".error")?.remove();
    const told = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== error);
    if (isWrong) told.push(error);
    if (told.length) input.setAttribute("aria-describedby", told.join(" "));
    else input.removeAttribute("aria-describedby");
    field.classList.toggle("is-wrong", isWrong);
    input.setAttribute("aria-invalid", isWrong);
    if (!isWrong) continue;
    field.append(element("p", { className: "error", id: error, textContent: errors[input.name].join(" ") }));
    field.closest("details")?.setAttribute("open", "");
  }
  const first = form.querySelector(".is-wrong :is(input, select, textarea)");
  if (focuses && Object.keys(errors).length) (first ?? form.elements.suggestion).focus();
}

function done(url, say) {
  const close = element("button", { type: "button", className: "button button-quiet", textContent: say.close });
  close.addEventListener("click", () => dialog.close());
  const heading = element("h3", { textContent: say.thanks, tabIndex: -1 });
  const link = element("a", { href: url, textContent: say.follow });
  const text = element("p", { id: "report-received" }, say.received, " ", link);
  heading.setAttribute("aria-describedby", text.id);
  form = undefined; // the next report has a form, and a key, of its own
  const box = element("div", { className: "report-done" }, heading, text);
  dialog.querySelector(".report-body").replaceChildren(box, element("p", { className: "form-end" }, close));
  heading.focus(); // read out as it is reached; the link and the button come next
}
