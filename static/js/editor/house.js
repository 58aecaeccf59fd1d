/* What the editor of this house does beside the library's own: attributes that stored HTML keeps, clean text from what is
   pasted, and names for everything, in the language of the interface. */

import { Extension, isMacOS, Link, pm } from "django-prose-editor/editor"

const { Plugin, PluginKey } = pm.state

/* The value as it stands: the library would read the title "007" as the number 7. */
const kept = (name) => ({ default: null, parseHTML: (element) => element.getAttribute(name) })

export const HouseLink = Link.extend({
  addAttributes: () => ({ href: kept("href"), title: kept("title"), hreflang: kept("hreflang") }),
})

const KEYS = {
  paragraph: "Alt 0",
  heading2: "Alt 2",
  heading3: "Alt 3",
  bold: "B",
  italic: "I",
  strike: "Shift S",
  subscript: ",",
  superscript: ".",
  link: "K",
  bulletList: "Shift 8",
  orderedList: "Shift 7",
  blockquote: "Shift B",
  footnote: "Alt F",
  picture: "Alt P",
  "history:undo": "Z",
  "history:redo": "Shift Z",
}
const MAC = { Shift: "⇧", Alt: "⌥" }

const keysInWords = (keys) =>
  isMacOS()
    ? keys.split(" ").map((key) => MAC[key] || key).join("").replace(/^(?=.)/, "⌘")
    : ["Ctrl", ...keys.split(" ")].join("+")

const nameButtons = (menubar, labels) => {
  menubar.setAttribute("role", "group")
  menubar.setAttribute("aria-label", labels.toolbar || "")
  for (const button of menubar.querySelectorAll("button[data-name]")) {
    const { name } = button.dataset
    const label = labels[name] || button.getAttribute("aria-label") || name
    button.setAttribute("aria-label", label)
    button.title = KEYS[name] ? `${label} (${keysInWords(KEYS[name])})` : label
    if (labels.texts?.[name]) {
      button.textContent = labels.texts[name]
      button.classList.remove("material-icons", "prose-menubar__button--heading")
    }
  }
}

/* A dialog that is left without an answer gives the browser's focus back to the text, but with the cursor at its start. */
const comeBackFromDialogs = (editor) => {
  let left = editor.state.selection
  editor.on("blur", () => {
    left = editor.state.selection
  })
  const comeBack = (event) => {
    if (!event.target.matches(".prose-editor-dialog")) return
    editor.view.dispatch(editor.state.tr.setSelection(left.getBookmark().resolve(editor.state.doc)))
    editor.view.focus()
  }
  editor.view.dom.closest(".prose-editor").addEventListener("close", comeBack, true)
}

const SWITCHES = /^(paragraph|heading|bold|italic|strike|subscript|superscript|blockquote|orderedList$|link$)/

const tellState = (menubar) => {
  for (const button of menubar.querySelectorAll("button[data-name]")) {
    button.setAttribute("aria-disabled", button.classList.contains("disabled"))
    if (SWITCHES.test(button.dataset.name)) button.setAttribute("aria-pressed", button.classList.contains("active"))
  }
}

export const House = Extension.create({
  name: "house",
  priority: 10, // after the menu

  addOptions: () => ({ labels: {}, language: "" }),

  addGlobalAttributes: () => [
    { types: ["tableHeader"], attributes: { scope: kept("scope") } },
    { types: ["blockquote"], attributes: { cite: kept("cite"), lang: kept("lang") } },
  ],

  onCreate({ editor }) {
    const { labels, language } = this.options
    const { dom } = editor.view
    const textarea = dom.closest(".prose-editor").querySelector("textarea")
    dom.lang = language || document.documentElement.lang
    dom.spellcheck = true
    const label = textarea.id && document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`)
    if (label) {
      label.id ||= `${textarea.id}_label`
      label.addEventListener("click", () => editor.commands.focus())
      dom.setAttribute("aria-labelledby", label.id)
    } else {
      dom.setAttribute("aria-label", textarea.getAttribute("aria-label") || labels.text || "")
    }
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (textarea.hasAttribute(name)) dom.setAttribute(name, textarea.getAttribute(name))
    }
    dom.setAttribute("aria-multiline", "true")
    comeBackFromDialogs(editor)
    const menubar = editor.storage.menu?.dom
    if (!menubar) return
    nameButtons(menubar, labels)
    tellState(menubar)
    editor.on("transaction", () => tellState(menubar))
  },

  addProseMirrorPlugins() {
    const room = { top: 100, right: 5, bottom: 100, left: 5 } // for the toolbar, and for the buttons of the form
    const props = { transformPastedHTML: cleanPaste, scrollMargin: room, scrollThreshold: room }
    return [new Plugin({ key: new PluginKey("house"), props })]
  },
})

/* --- Paste --- */

const BLOCKS = "p, div, h1, h2, h3, h4, h5, h6, ul, ol, table, blockquote, hr, figure, pre"
const LEFT_OUT = "style, script, title, template, noscript, colgroup, [data-furniture]:not(sup)"
const isBlank = (element) => !/[^\s\u00a0\u200b]/.test(element.textContent)
const isEmpty = (element) => isBlank(element) && !element.querySelector("img, hr, sup[data-footnote]")

const renamed = (element, name) => {
  const other = element.ownerDocument.createElement(name)
  other.append(...element.childNodes)
  element.replaceWith(other)
  return other
}

/* HTML from another program as the plain HTML that we keep; what the editor itself copied is left alone. */
export const cleanPaste = (html) => {
  if (html.includes("data-pm-slice")) return html
  const { body } = new DOMParser().parseFromString(html, "text/html")
  const comments = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT)
  while (comments.nextNode()) comments.currentNode.data = ""
  for (const element of body.querySelectorAll(LEFT_OUT)) element.remove()
  takeFootnotes(body)
  takeWordLists(body)
  for (const heading of body.querySelectorAll("h1")) renamed(heading, "h2")
  for (const heading of body.querySelectorAll("h4, h5, h6")) renamed(heading, "h3")
  for (const link of body.querySelectorAll("a[href]")) tidyLink(link)
  for (const cell of body.querySelectorAll("td, th")) {
    for (const name of ["style", "align", "width", "colwidth"]) cell.removeAttribute(name)
  }
  for (const line of body.querySelectorAll("br")) {
    const isBetween = [line.previousElementSibling, line.nextElementSibling].some((one) => one?.matches(BLOCKS))
    if (line.matches(".Apple-interchange-newline") || isBetween) line.remove()
  }
  for (const block of body.querySelectorAll("p, h2, h3, blockquote")) {
    if (isEmpty(block) && !block.closest("td, th, li")) block.remove()
  }
  return body.innerHTML
}

const tidyLink = (link) => {
  const href = link.getAttribute("href").trim()
  const through = /^https:\/\/www\.google\.[a-z.]+\/url\?/.test(href) && new URL(href).searchParams.get("q")
  if (/^https?:/.test(through || "")) link.setAttribute("href", through)
  else if (!/^(https?:|mailto:|\/(?!\/))/i.test(href)) link.replaceWith(...link.childNodes)
}

/* Footnotes as word processors write them: two links that lead to each other. */
const takeFootnotes = (body) => {
  const named = (hash) => {
    const name = CSS.escape(decodeURIComponent(hash.slice(1)))
    return name && body.querySelector(`[id="${name}"], [name="${name}"]`)
  }
  const isAt = (place, link) => !!place && (place === link || place.contains(link) || link.contains(place))
  const links = [...body.querySelectorAll('a[href^="#"]')]
  const backs = new Map()
  for (const link of links) {
    if ([...backs.values()].includes(link)) continue
    const place = named(link.getAttribute("href"))
    const back = links.find((one) => one !== link && isAt(place, one) && isAt(named(one.getAttribute("href")), link))
    if (back && link.compareDocumentPosition(back) & Node.DOCUMENT_POSITION_FOLLOWING) backs.set(link, back)
  }
  for (const [link, back] of backs) {
    const isAlone = (element) => ![...backs].some((pair) => pair.flat().some((one) => one !== back && element.contains(one)))
    let note = back.closest("p, li, div") || back
    while (note.parentElement !== body && !note.matches("li") && isAlone(note.parentElement)) note = note.parentElement
    const around = note.parentElement
    const number = back.closest("sup") || back
    number.remove()
    const first = note.matches("p") ? note : note.querySelector("p")
    const start = first && body.ownerDocument.createTreeWalker(first, NodeFilter.SHOW_TEXT).nextNode()
    if (start) start.data = start.data.replace(/^[\s\u00a0]+/, "")
    const reference = body.ownerDocument.createElement("sup")
    reference.dataset.footnote = ""
    reference.dataset.note = note.matches("p") ? note.outerHTML : note.innerHTML
    ;(link.closest("sup") || link).replaceWith(reference)
    note.remove()
    if (isBlank(around) && around !== body) around.remove()
  }
}

/* Word writes the items of a list as paragraphs that say how deep they stand. */
const takeWordLists = (body) => {
  let open = [] // lists that the next item may go on, from the outermost
  let last = null
  for (const paragraph of [...body.querySelectorAll("p, h1, h2, h3")]) {
    const style = paragraph.getAttribute("style") || ""
    const level = Number(/mso-list:[^;]*\blevel(\d+)/.exec(style)?.[1] || 0)
    if (!level) continue
    const marker = paragraph.querySelector('[style*="mso-list:Ignore"], [style*="mso-list: Ignore"]')
    const name = /^[\s\u00a0]*\(?(\d+|[a-zA-Z]{1,4})[.)]/.test(marker?.textContent || "") ? "ol" : "ul"
    marker?.remove()
    if (last && paragraph.previousElementSibling !== open[0]) open = []
    open.length = Math.min(open.length, level)
    if (open.length === level && open.at(-1).localName !== name) open.pop()
    while (open.length < level) {
      const list = body.ownerDocument.createElement(name)
      if (!open.length) paragraph.before(list)
      else {
        const around = open.at(-1)
        if (!around.lastElementChild) around.append(body.ownerDocument.createElement("li"))
        around.lastElementChild.append(list)
      }
      open.push(list)
    }
    const item = body.ownerDocument.createElement("li")
    open.at(-1).append(item)
    paragraph.removeAttribute("style")
    item.append(paragraph)
    last = paragraph
  }
}
