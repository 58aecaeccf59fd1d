/* A post quoted from a platform: who, where, when, the original words and our translation. It is edited in a dialog and
   stored as HTML (newsroom/html/posts.py describes the form); nothing is ever asked of the platform. */

import { Node, pm, updateAttrsDialog } from "django-prose-editor/editor"

const { Plugin, NodeSelection } = pm.state
const { DOMSerializer } = pm.model

const PLATFORMS = ["Telegram", "X", "Facebook", "Instagram", "Mastodon", "Bluesky", "YouTube", "TikTok", "Threads"]
const LANGUAGES = "ar be bg cs de el en es et fa fi fr he hu it ja ka ko lt lv nl no pl pt ro ru sk sl sr sv tr uk zh"

const fold = (text) => text.replace(/[ \t\n\r\f]+/g, " ").replace(/^ | $/g, "")

const token = (name) =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 35) || "other"

const dayInWords = (day, language) => {
  const locale = language === "en" ? "en-GB" : language
  const options = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }
  try {
    // In running text Ukrainian writes the year out: "1 березня 2026 року".
    return new Intl.DateTimeFormat(locale, options).format(new Date(`${day}T00:00Z`)).replace(/ р\.$/, " року")
  } catch {
    return day
  }
}

/* The words of elements: paragraphs apart by an empty line, lines by a line's end. */
const words = (elements) => {
  const text = (node) => {
    if (node.nodeType === 3) return node.data.replace(/[ \t\n\r\f]+/g, " ")
    if (node.nodeName === "BR") return "\n"
    const inner = [...node.childNodes].map(text).join("")
    return /^(P|DIV|LI|UL|OL|H\d|BLOCKQUOTE|TR)$/.test(node.nodeName) ? `\n\n${inner}\n\n` : inner
  }
  return elements
    .map((element) => text(element))
    .join("\n\n")
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.split("\n").map(fold).filter(Boolean).join("\n"))
    .filter(Boolean)
    .join("\n\n")
}

const read = (figure) => {
  const platform = figure.getAttribute("data-post").toLowerCase()
  const blocks = [...figure.children]
  const caption = figure.querySelector("figcaption")
  const translated = blocks.filter((element) => element.hasAttribute("data-translation"))
  const original = blocks.filter((element) => element !== caption && !translated.includes(element))
  const source = original.find((element) => element.nodeName === "BLOCKQUOTE")
  const [author, link, time] = ["cite", "a[href]", "time[datetime]"].map((part) => caption?.querySelector(part))
  const rest = caption?.cloneNode(true)
  for (const part of rest?.querySelectorAll("cite, time") || []) part.remove()
  return {
    platform: /^[a-z0-9-]{1,35}$/.test(platform) ? platform : token(platform),
    name: fold((link || rest)?.textContent || "") || platform,
    author: fold(author?.textContent || ""),
    link: link?.getAttribute("href") || source?.getAttribute("cite") || "",
    lang: source?.getAttribute("lang") || "",
    day: time?.getAttribute("datetime") || "",
    dayInWords: fold(time?.textContent || ""),
    original: words(original),
    translation: words(translated),
  }
}

const paragraphs = (text) =>
  text.split("\n\n").map((paragraph) => [
    "p",
    ...paragraph.split("\n").flatMap((line, index) => (index ? [["br"], line] : [line])).filter((part) => part !== ""),
  ])

const known = (attributes) => Object.fromEntries(Object.entries(attributes).filter(([, value]) => value))

const written = (post) => {
  const { platform, name, author, link, lang, day, original, translation } = post
  const caption = [
    author && ["cite", author],
    link ? ["a", { href: link }, name] : name,
    day && ["time", { datetime: day }, post.dayInWords || day],
  ].filter(Boolean)
  return [
    "figure",
    { "data-post": platform },
    ["blockquote", known({ cite: link, lang }), ...paragraphs(original)],
    ...(translation ? [["blockquote", { "data-translation": "" }, ...paragraphs(translation)]] : []),
    ["figcaption", ...caption.flatMap((part, index) => (index ? [" ", part] : [part]))],
  ]
}

const tidy = (text) =>
  text
    .split(/\n[ \t]*\n/)
    .map((paragraph) => paragraph.split("\n").map(fold).filter(Boolean).join("\n"))
    .filter(Boolean)
    .join("\n\n")

/* The library's dialog with what it does not offer: suggestions, required words, a name. */
const ask = (editor, post, labels) => {
  const field = (name, more = {}) => ({ title: labels[name] || name, ...more })
  const optional = { description: labels.optional }
  const answer = updateAttrsDialog(
    {
      author: field("author", { required: true }),
      name: field("platform", { required: true }),
      link: field("link", { format: "url", required: true }),
      day: field("day", { format: "date", ...optional }),
      lang: field("lang", { description: labels.code }),
      original: field("original", { format: "textarea" }),
      translation: field("translation", { format: "textarea", ...optional }),
    },
    { title: labels.post, submitText: labels.save },
  )(editor, post)
  const dialog = [...editor.view.dom.parentElement.querySelectorAll(".prose-editor-dialog")].at(-1)
  const title = dialog.querySelector(".prose-editor-dialog-title")
  const input = (name) => dialog.querySelector(`[name="${name}"]`)
  const suggest = (name, options) => {
    const list = document.createElement("datalist")
    list.id = `${input(name).id}-suggestions`
    list.append(...options)
    input(name).setAttribute("list", list.id)
    input(name).after(list)
  }
  title.id = `${input("author").id}-title`
  dialog.setAttribute("aria-labelledby", title.id)
  suggest("name", PLATFORMS.map((name) => new Option(name, name)))
  const languages = new Intl.DisplayNames(document.documentElement.lang || "en", { type: "language" })
  suggest("lang", LANGUAGES.split(" ").map((code) => new Option(languages.of(code), code)))
  Object.assign(input("link"), { pattern: "https://.+", placeholder: "https://", title: labels.https || "" })
  Object.assign(input("lang"), { pattern: "[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", maxLength: 35, placeholder: "uk" })
  for (const name of ["author", "name"]) input(name).pattern = ".*\\S.*"
  for (const name of ["original", "translation"]) input(name).dir = "auto"
  input("original").required = true
  input("original").addEventListener("input", ({ target }) => {
    target.setCustomValidity(target.value.trim() ? "" : labels.required || "?")
  })
  return answer
}

export const QuotedPost = Node.create({
  name: "quotedPost",
  group: "block",
  atom: true,
  draggable: true,
  priority: 150,

  addOptions: () => ({ labels: {}, language: "" }),

  addAttributes() {
    const defaults = { platform: "", name: "", author: "", link: "", lang: "", day: "", dayInWords: "" }
    return Object.fromEntries(
      Object.entries({ ...defaults, original: "", translation: "" }).map(([name, value]) => [
        name,
        { default: value, rendered: false, parseHTML: (figure) => read(figure)[name] },
      ]),
    )
  },
  parseHTML: () => [{ tag: "figure[data-post]", priority: 100 }],
  renderHTML: ({ node }) => written(node.attrs),
  renderText: ({ node: { attrs } }) =>
    [attrs.original, attrs.translation, [attrs.author, attrs.name, attrs.dayInWords].filter(Boolean).join(", ")]
      .filter(Boolean)
      .join("\n\n"),

  addNodeView() {
    return ({ node, editor, getPos }) => {
      const { dom } = DOMSerializer.renderSpec(document, ["figure", { "data-post": node.attrs.platform }])
      const button = document.createElement("button")
      button.type = "button"
      button.className = "prose-editor-post-edit"
      button.textContent = this.options.labels.edit || "Edit"
      button.addEventListener("click", () => {
        editor.chain().setNodeSelection(getPos()).editQuotedPost().run()
      })
      dom.addEventListener("click", (event) => {
        if (event.target.closest("a")) event.preventDefault()
      })
      const fill = ({ attrs }) => {
        dom.setAttribute("data-post", attrs.platform)
        dom.replaceChildren(...DOMSerializer.renderSpec(document, written(attrs)).dom.childNodes)
        for (const link of dom.querySelectorAll("a")) link.tabIndex = -1
        if (editor.isEditable) dom.append(button)
      }
      fill(node)
      return {
        dom,
        update(changed) {
          if (changed.type !== node.type) return false
          fill(changed)
          return true
        },
        stopEvent: (event) => button.contains(event.target),
        ignoreMutation: () => true,
      }
    }
  },

  addCommands() {
    return {
      editQuotedPost:
        () =>
        ({ state, editor, dispatch }) => {
          const { selection } = state
          const type = state.schema.nodes[this.name]
          const isNew = selection.node?.type !== type
          const place = isNew && placeFor(selection, type)
          if (isNew && !place) return false
          if (!dispatch) return true
          const before = isNew ? {} : selection.node.attrs
          ask(editor, before, this.options.labels).then((answer) => {
            if (!answer) return
            const language = this.options.language || document.documentElement.lang || "en"
            const name = fold(answer.name)
            const attrs = {
              platform: name === before.name ? before.platform : token(name),
              name,
              author: fold(answer.author),
              link: answer.link.trim(),
              lang: answer.lang.trim(),
              day: answer.day,
              dayInWords: answer.day === before.day ? before.dayInWords : answer.day && dayInWords(answer.day, language),
              original: tidy(answer.original),
              translation: tidy(answer.translation),
            }
            const { tr } = editor.state
            const at = isNew ? place : { from: selection.from, to: selection.to }
            tr.replaceWith(at.from, at.to, type.create(attrs))
            const after = tr.doc.resolve(at.from + 1)
            const isLast = !after.nodeAfter || after.nodeAfter.type.name === "footnotes"
            if (isNew && isLast) tr.insert(after.pos, editor.schema.nodes.paragraph.create()) // a place to write on
            tr.setSelection(NodeSelection.create(tr.doc, at.from))
            editor.view.dispatch(tr.scrollIntoView())
            editor.view.focus()
          })
          return true
        },
    }
  },

  addKeyboardShortcuts() {
    return {
      Enter: () =>
        this.editor.state.selection.node?.type.name === this.name && this.editor.commands.editQuotedPost(),
    }
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "quotedPost",
      groups: "nodes",
      button: buttons.material("forum", this.options.labels.post || "Quoted post"),
      command: (editor) => editor.commands.editQuotedPost(),
      enabled: (editor) => editor.can().editQuotedPost(),
      active: (editor) => editor.isActive(this.name),
    })
  },

  addProseMirrorPlugins() {
    return [
      new Plugin({
        props: {
          handleDoubleClickOn: (view, _pos, node, nodePos, _event, direct) => {
            if (!direct || node.type.name !== this.name || !view.editable) return false
            return this.editor.chain().setNodeSelection(nodePos).editQuotedPost().run()
          },
        },
      }),
    ]
  },
})

/* A new post stands after the paragraph with the cursor, or in its place if that is empty. */
const placeFor = ({ $to }, type) => {
  for (let depth = $to.depth; depth > 0; depth--) {
    const index = $to.index(depth - 1)
    const parent = $to.node(depth - 1)
    const isBlank = $to.node(depth).isTextblock && !$to.node(depth).content.size
    if (isBlank && parent.canReplaceWith(index, index + 1, type)) return { from: $to.before(depth), to: $to.after(depth) }
    if (parent.canReplaceWith(index + 1, index + 1, type)) return { from: $to.after(depth), to: $to.after(depth) }
    if ($to.node(depth).type.spec.isolating && !$to.node(depth).type.spec.tableRole) return null
  }
  const index = $to.index(0)
  return $to.parent.canReplaceWith(index, index, type) ? { from: $to.pos, to: $to.pos } : null
}
