// The queue of reports by keyboard. Every key presses a button that stands on the page; without this script the buttons work alone.

const queue = document.querySelector("[data-queue]")
const reports = [...document.querySelectorAll("[data-report]")]
const KEYS = "newsroom.corrections.keys" // single keys can be turned off, for those whose hands or voice would press them by chance

const keysWork = () => {
  try { return localStorage.getItem(KEYS) !== "off" } catch { return true }
}

const show = () => {
  queue?.toggleAttribute("data-keys-work", keysWork())
  for (const part of document.querySelectorAll("[data-with-script]")) part.hidden = false
  for (const box of document.querySelectorAll("[data-keys]")) box.checked = keysWork()
}

/** The report that holds the focus, else the first: a key acts on one that can be seen to be meant. */
const here = () => document.activeElement?.closest("[data-report]")

const go = (report) => {
  if (!report) return
  report.focus({ preventScroll: true })
  report.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" })
}

const step = (by) => {
  const now = reports.indexOf(here())
  go(now < 0 ? reports[0] : reports[Math.min(Math.max(now + by, 0), reports.length - 1)])
}

const press = (key) => {
  const place = key === "u" ? document : here()
  const button = place?.querySelector(`[data-key~="${CSS.escape(key)}"]`)
    || (key === "a" && place?.querySelector(".nr-button--primary")) // what is mostly done next, whatever it is here
  button?.click()
  return Boolean(button)
}

const writes = (element) => element.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable=true], dialog")

const MOVES = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }
const LETTERS = new Set(["a", "n", "e", "d", "c", "s", "o", "u", "?"])
const CODES = { KeyJ: "j", KeyK: "k", KeyA: "a", KeyN: "n", KeyE: "e", KeyD: "d", KeyC: "c", KeyS: "s", KeyO: "o", KeyU: "u" }

addEventListener("keydown", (event) => {
  if (!queue || !keysWork() || event.defaultPrevented || event.isComposing || event.repeat && !MOVES[event.key]) return
  if (event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return
  const key = event.key === "?" ? "?" : event.shiftKey ? "" : CODES[event.code] || event.key // in whatever alphabet the keyboard is
  if (MOVES[key]) {
    if (key.startsWith("Arrow") && !here()) return // the arrows scroll until a report is chosen
    event.preventDefault()
    step(MOVES[key])
  } else if (LETTERS.has(key) && press(key)) {
    event.preventDefault()
  }
})

document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-keys]")) return
  try { localStorage.setItem(KEYS, target.checked ? "on" : "off") } catch { /* then they work until the page is left */ }
  show()
})

/** After a decision the next report has the focus; the last one leaves it with the first. */
const begin = () => {
  show()
  if (!location.hash.startsWith("#report")) return
  // A report stands in the card of those that say the same.
  const named = document.getElementById(location.hash.slice(1))?.closest("[data-report]")
  go(named || reports[0] || document.getElementById("reports"))
}

// --- Wording a change: the notice follows the words, until somebody words it otherwise ---

const told = document.querySelector(".nr-told")
const words = document.getElementById("id_words")
const notice = document.getElementById("id_notice")

const differing = (old, now) => {
  const [a, b] = [old, now].map((text) => text.match(/\s+|[\p{L}\p{N}_]+(?:[’'`-][\p{L}\p{N}_]+)*|[^\s\p{L}\p{N}_]/gu) || [])
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return [a.slice(start, a.length - end).join("").trim(), b.slice(start, b.length - end).join("").trim()]
}

/** The beginning of long words, as the server shortens them: a notice stands in the log, which shows only so much of a text. */
const shortened = (text) => {
  const most = 100
  const signs = [...text.trim().split(/\s+/).join(" ")]
  if (signs.length <= most) return signs.join("")
  const room = signs.slice(0, most - 1).join("")
  return `${(signs[most - 1] === " " ? room : room.replace(/\s+\S*$/, "")).replace(/[ ,;:–—-]+$/, "")}…`
}

const proposed = () => {
  const { old, both, come, gone } = told.dataset
  const [before, after] = differing(old, words.value).map(shortened)
  if (!before && !after) return ""
  const form = before && after ? both : after ? come : gone
  return form.replace("{old}", () => before).replace("{new}", () => after)
}

if (told && words && notice) {
  let last = notice.value
  words.addEventListener("input", () => {
    if (notice.value !== last) return
    last = notice.value = proposed()
  })
}

// --- Declining: a ready answer is put into the field, where it can be worded further ---

const answer = document.getElementById("id_answer")
const ready = [...document.querySelectorAll("[data-ready]")]

for (const text of ready) {
  const radio = document.getElementById(text.id.replace("-text", ""))
  radio?.addEventListener("change", () => {
    const isOwn = answer.value.trim() && !ready.some((other) => other.textContent === answer.value)
    if (!isOwn) answer.value = text.textContent
  })
}

// The library hides the page until its own script has run, and what is hidden takes no focus.
const page = document.documentElement
const shown = new Promise((resolve) => {
  if (!page.hasAttribute("x-cloak")) return resolve()
  new MutationObserver((_changes, watcher) => {
    if (page.hasAttribute("x-cloak")) return
    watcher.disconnect()
    resolve()
  }).observe(page, { attributes: true, attributeFilter: ["x-cloak"] })
})
shown.then(() => {
  const form = document.querySelector("form.nr-form")
  ;(form?.querySelector("[aria-invalid=true]") || form?.querySelector("[autofocus]"))?.focus()
  begin()
})
