/* A picture of the library in a text. The document holds its key, its description and the point that stays in sight; its
   caption is written in place. Stored as HTML that newsroom/html/pictures.py describes. */

import { Node, pm } from "django-prose-editor/editor"
import { askForPicture, pictureFile, stateOf, watchPicture } from "newsroom/picture-dialog"

const { Plugin, NodeSelection, TextSelection } = pm.state

const fold = (text) => text.replace(/\s+/g, " ").trim()
const kept = (name) => ({ default: "", rendered: false, parseHTML: (figure) => figure.getAttribute(name) || "" })

/* Whether nothing but a picture was copied: word processors send a picture of their text along with it. */
const isPictureAlone = (clipboard) => {
  const html = clipboard?.getData("text/html") || ""
  return !new DOMParser().parseFromString(html, "text/html").body.textContent.trim()
}

/* Where a new picture may stand: after the paragraph with the cursor, or in its place if that is empty. */
const placeFor = ({ $to }, type) => {
  for (let depth = $to.depth; depth > 0; depth--) {
    const index = $to.index(depth - 1)
    const parent = $to.node(depth - 1)
    const isBlank = $to.node(depth).type.name === "paragraph" && !$to.node(depth).content.size
    if (isBlank && parent.canReplaceWith(index, index + 1, type)) return { from: $to.before(depth), to: $to.after(depth) }
    if (parent.canReplaceWith(index + 1, index + 1, type)) return { from: $to.after(depth), to: $to.after(depth) }
    if ($to.node(depth).type.name === "footnotes") return null
  }
  const index = $to.index(0)
  return $to.parent.canReplaceWith(index, index, type) ? { from: $to.pos, to: $to.pos } : null
}

export const PictureCaption = Node.create({
  name: "pictureCaption",
  content: "text*",
  isolating: true,
  defining: true,
  selectable: false,
  parseHTML: () => [{ tag: "figcaption", context: "picture/" }],
  renderHTML: () => ["figcaption", 0],
})

export const Picture = Node.create({
  name: "picture",
  group: "block",
  content: "pictureCaption",
  isolating: true,
  draggable: true,
  priority: 160,

  addOptions: () => ({ labels: {}, urls: {}, language: "" }),

  addAttributes: () => ({
    key: kept("data-picture"),
    focus: kept("data-focus"),
    alt: {
      default: "",
      rendered: false,
      parseHTML: (figure) => figure.querySelector("img")?.getAttribute("alt") || "",
    },
  }),
  parseHTML: () => [{ tag: "figure[data-picture]", priority: 100 }],
  renderHTML({ node: { attrs } }) {
    const dom = document.createElement("figure")
    dom.dataset.picture = attrs.key
    if (attrs.focus) dom.dataset.focus = attrs.focus
    dom.append(document.createElement("img"))
    dom.firstChild.alt = attrs.alt
    return { dom, contentDOM: dom }
  },
  renderText: ({ node }) => node.textContent,

  addNodeView() {
    const { labels, urls } = this.options
    return ({ node, editor, getPos }) => {
      let current = node
      let isGone = false
      const dom = document.createElement("figure")
      const frame = document.createElement("div")
      const contentDOM = document.createElement("div")
      const image = document.createElement("img")
      const note = document.createElement("p")
      const button = document.createElement("button")
      frame.contentEditable = "false"
      frame.className = "prose-editor-picture"
      contentDOM.className = "prose-editor-caption"
      contentDOM.dataset.placeholder = labels.captionHere
      note.className = "prose-editor-picture-note"
      Object.assign(button, { type: "button", className: "prose-editor-post-edit", textContent: labels.edit })
      button.addEventListener("click", () => editor.chain().setNodeSelection(getPos()).editPicture().run())
      image.addEventListener("click", () => editor.chain().setNodeSelection(getPos()).focus().run())
      image.addEventListener("dblclick", () => button.click())
      frame.append(image, note, ...(editor.isEditable ? [button] : []))
      dom.append(frame, contentDOM)

      const fill = ({ attrs }) => {
        dom.dataset.picture = attrs.key
        image.alt = attrs.alt
        const wanting = (picture) =>
          [
            !picture && labels.missing,
            picture && stateOf(picture, labels),
            !attrs.alt && labels.noAlt,
            picture && !picture.credit && labels.noCredit,
          ].filter(Boolean)
        const show = (found) => {
          image.hidden = !found?.preview
          if (found) Object.assign(image, { width: found.width, height: found.height })
          if (found?.preview) image.src = found.preview
          note.textContent = wanting(found).join(" ")
          note.hidden = !note.textContent
        }
        watchPicture(urls, attrs.key, show, () => current.attrs === attrs && !isGone)
      }
      fill(node)
      return {
        dom,
        contentDOM,
        update(changed) {
          if (changed.type !== node.type) return false
          const isSame = changed.attrs === current.attrs || JSON.stringify(changed.attrs) === JSON.stringify(current.attrs)
          current = changed
          if (!isSame) fill(changed)
          return true
        },
        destroy: () => {
          isGone = true
        },
        stopEvent: (event) => button.contains(event.target),
        ignoreMutation: (mutation) => mutation.type !== "selection" && !contentDOM.contains(mutation.target),
      }
    }
  },

  addCommands() {
    return {
      editPicture:
        (file = null, at = null) =>
        ({ state, editor, dispatch }) => {
          const { selection } = state
          const type = state.schema.nodes[this.name]
          const old = !file && selection.node?.type === type ? selection.node : null
          const place = old ? null : placeFor(at ? TextSelection.near(state.doc.resolve(at)) : selection, type)
          if (!old && !place) return false
          if (!dispatch) return true
          const { labels, urls } = this.options
          const words = old?.textContent || ""
          askForPicture({
            labels,
            urls,
            file,
            use: old ? labels.keep : labels.insert,
            removable: !!old,
            before: old ? { ...old.attrs, caption: words } : {},
          }).then((answer) => {
            editor.view.focus()
            if (!answer) return
            const { tr, schema } = editor.state
            const { from, to } = old ? { from: selection.from, to: selection.to } : place
            if (answer.removed) {
              editor.view.dispatch(tr.delete(from, to).scrollIntoView())
              return
            }
            const caption = fold(answer.caption)
            const content = old && caption === fold(words) ? old.firstChild.content : caption ? schema.text(caption) : null
            const attrs = { key: answer.key, alt: fold(answer.alt), focus: answer.focus }
            tr.replaceWith(from, to, type.create(attrs, schema.nodes.pictureCaption.create(null, content)))
            const after = tr.doc.resolve(from + tr.doc.nodeAt(from).nodeSize)
            const isLast = !after.nodeAfter || after.nodeAfter.type.name === "footnotes"
            if (!old && isLast) tr.insert(after.pos, schema.nodes.paragraph.create()) // a place to write on
            tr.setSelection(NodeSelection.create(tr.doc, from))
            editor.view.dispatch(tr.scrollIntoView())
          })
          return true
        },
    }
  },

  addKeyboardShortcuts() {
    const inCaption = ({ $from, empty }) => empty && $from.parent.type.name === "pictureCaption"
    const selected = ({ node }) => node?.type.name === this.name
    return {
      "Mod-Alt-p": () => this.editor.commands.editPicture(),
      Enter: () => {
        const { state, view } = this.editor
        if (selected(state.selection)) return this.editor.commands.editPicture()
        if (!inCaption(state.selection)) return false
        const after = state.selection.$from.after(-1)
        const tr = state.tr.insert(after, state.schema.nodes.paragraph.create())
        view.dispatch(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView())
        return true
      },
      Backspace: () => {
        const { selection } = this.editor.state
        if (!inCaption(selection) || selection.$from.parentOffset) return false
        return this.editor.commands.setNodeSelection(selection.$from.before(-1))
      },
    }
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "picture",
      groups: "nodes",
      button: buttons.material("image", this.options.labels.picture || "Picture"),
      command: (editor) => editor.commands.editPicture(),
      enabled: (editor) => editor.can().editPicture(),
      active: (editor) => editor.isActive(this.name),
    })
  },

  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin({
        props: {
          handlePaste: (_view, event) => {
            const file = isPictureAlone(event.clipboardData) && pictureFile(event.clipboardData)
            return file ? editor.commands.editPicture(file) : false
          },
          handleDrop: (view, event, _slice, isMoved) => {
            const file = !isMoved && pictureFile(event.dataTransfer) // browsers make a file of any image that is dragged
            if (!file) return false
            event.preventDefault()
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos
            return editor.commands.editPicture(file, at)
          },
        },
      }),
    ]
  },
})
