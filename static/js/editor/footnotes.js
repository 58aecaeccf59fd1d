/* Footnotes. In stored HTML a reference is an empty <sup data-footnote=""> and the notes are one list at the end of the
   body; the nth note belongs to the nth reference. While a text is edited, both carry an id that is never written, and
   after each change the list of notes is brought into step with the references. */

import { commands, Document, Extension, Node, pm } from "django-prose-editor/editor"

const { Plugin, PluginKey, Selection, TextSelection } = pm.state
const { DOMParser, DOMSerializer, Fragment, Slice } = pm.model
const { closeHistory } = pm.history

const REFERENCE = "sup[data-footnote]"
const NOTES = "ol[data-footnotes]"
const NOTE = `${NOTES} > li`

let made = 0
const newId = () => `new-${++made}`

/* One id for the nth reference and the nth note of the same piece of HTML. */
const parsed = new WeakMap()
const idFromHTML = (element, selector) => {
  const root = element.getRootNode()
  if (root === document) return null // the editor reads its own page again: `keepInStep` will give an id
  if (!parsed.has(root)) parsed.set(root, newId())
  const all = [...root.querySelectorAll(selector)].filter((one) => selector === NOTE || !one.closest(NOTES))
  const index = all.indexOf(element)
  return index < 0 ? null : `${parsed.get(root)}-${index}`
}

/* Where references and notes stand in a document. */
const survey = (doc) => {
  const found = { references: [], misplaced: [], list: null, notes: [] }
  doc.forEach((block, offset) => {
    if (block.type.name === "footnotes") {
      found.list = { node: block, pos: offset }
      block.forEach((node, inside) => found.notes.push({ node, pos: offset + 1 + inside, id: node.attrs.id }))
    }
  })
  doc.descendants((node, pos) => {
    if (node.type.name !== "footnoteReference") return
    if (found.list && pos > found.list.pos) found.misplaced.push(pos)
    else found.references.push({ node, pos, id: node.attrs.id, note: node.attrs.note })
  })
  return found
}

const noteAround = ($pos) => {
  for (let depth = $pos.depth; depth > 0; depth--) {
    if ($pos.node(depth).type.name === "footnote") return { node: $pos.node(depth), pos: $pos.before(depth) }
  }
  return null
}

const reachesNotes = ({ doc, selection }) =>
  doc.lastChild.type.name === "footnotes" && selection.to > doc.content.size - doc.lastChild.nodeSize

const referenceAt = (selection) => {
  if (!selection.empty) return null
  const { nodeBefore, nodeAfter } = selection.$from
  return [nodeBefore, nodeAfter].find((node) => node?.type.name === "footnoteReference") || null
}

const isBlank = (note) => note.childCount === 1 && note.firstChild.content.size === 0

const noteToHTML = (note) => {
  const div = document.createElement("div")
  div.append(DOMSerializer.fromSchema(note.type.schema).serializeFragment(note.content))
  return div.innerHTML
}

const noteFromHTML = (schema, html, id) => {
  const type = schema.nodes.footnote
  const { body } = new window.DOMParser().parseFromString(html || "", "text/html")
  for (const reference of body.querySelectorAll("sup[data-footnote]")) reference.remove()
  try {
    const note = DOMParser.fromSchema(schema).parse(body, { topNode: type.create() })
    return type.createAndFill({ id }, note.content) || type.createAndFill({ id })
  } catch {
    return type.createAndFill({ id })
  }
}

/* Brings references and notes into step after any change. Returns null where they are. */
const keepInStep = (oldDoc, state) => {
  const before = survey(oldDoc)
  let now = survey(state.doc)
  const isInStep = ({ misplaced, references, notes }) =>
    !misplaced.length &&
    references.length === notes.length &&
    new Set(references.map(({ id }) => id)).size === references.length &&
    references.every(({ id, note }, index) => id && !note && id === notes[index].id)
  if (isInStep(now)) return null

  const { tr, schema } = state
  for (const pos of now.misplaced.reverse()) tr.delete(pos, pos + 1)
  now = survey(tr.doc)

  const knownReferences = new Set(before.references.map(({ id }) => id))
  const knownNotes = new Set(before.notes.map(({ id }) => id))
  const present = new Map(now.notes.map(({ id, node }) => [id, node]))
  const taken = new Set()
  const wanted = [] // the notes as they shall stand
  const gone = [] // references whose note was deleted
  for (const { id, pos, note } of now.references) {
    const isCopy = !id || taken.has(id)
    const source = present.get(id)
    if (!isCopy && !note && !source && knownReferences.has(id) && knownNotes.has(id)) {
      gone.push(pos)
      continue
    }
    const own = isCopy ? newId() : id
    taken.add(own)
    if (source && !isCopy) wanted.push(source)
    else if (note) wanted.push(noteFromHTML(schema, note, own))
    else if (source) wanted.push(source.type.create({ id: own }, source.content))
    else wanted.push(schema.nodes.footnote.createAndFill({ id: own }))
    if (isCopy) tr.setNodeAttribute(pos, "id", own)
    if (note) tr.setNodeAttribute(pos, "note", null)
  }
  for (const pos of gone.reverse()) tr.delete(pos, pos + 1)

  // Notes that came without a reference, such as by editing the HTML: their words become paragraphs of the text.
  const words = now.notes
    .filter(({ id, node }) => !taken.has(id) && !knownReferences.has(id) && !isBlank(node))
    .flatMap(({ node }) => node.content.content)
  replaceNotes(tr, wanted)
  if (words.length) tr.insert(survey(tr.doc).list?.pos ?? tr.doc.content.size, Fragment.from(words))
  return tr
}

/* Makes these the notes of the document, and leaves alone those at both ends that already are. */
const replaceNotes = (tr, wanted) => {
  const { list, notes } = survey(tr.doc)
  if (!list) {
    if (wanted.length) tr.insert(tr.doc.content.size, tr.doc.type.schema.nodes.footnotes.create({ isOurs: true }, wanted))
    return
  }
  const end = list.pos + list.node.nodeSize
  if (!wanted.length) {
    tr.delete(list.pos, end)
    return
  }
  const most = Math.min(notes.length, wanted.length)
  let first = 0
  while (first < most && notes[first].node === wanted[first]) first++
  let last = 0
  while (last < most - first && notes.at(-1 - last).node === wanted.at(-1 - last)) last++
  if (first === notes.length && first === wanted.length) return
  const place = (index) => notes[index]?.pos ?? end - 1
  tr.replaceWith(place(first), place(notes.length - last), wanted.slice(first, wanted.length - last))
}

/* What is copied takes the words of its notes along, in an attribute of the references. */
const withNotes = (fragment, noteOf) => {
  const nodes = []
  fragment.forEach((node) => {
    const note = node.type.name === "footnoteReference" && noteOf(node)
    if (note) nodes.push(node.type.create({ ...node.attrs, note }, null, node.marks))
    else nodes.push(node.copy(withNotes(node.content, noteOf)))
  })
  return Fragment.from(nodes)
}

const hasReference = (fragment) => {
  let has = false
  fragment.descendants((node) => {
    has ||= node.type.name === "footnoteReference"
  })
  return has
}

/* Any content as paragraphs without references: what a note can hold. */
const asParagraphs = (schema, fragment) => {
  const paragraphs = []
  const loose = []
  const inline = (content) => {
    const kept = []
    content.forEach((node) => {
      if (node.type.name !== "footnoteReference") kept.push(node)
    })
    return kept
  }
  const add = (content) => paragraphs.push(schema.nodes.paragraph.create(null, content))
  fragment.forEach((node) => {
    if (node.isInline) loose.push(node)
    else if (node.isTextblock) add(inline(node.content))
    else if (node.type.name === "quotedPost") {
      const { original, translation, author } = node.attrs
      const lines = [original, translation, author].join("\n").split(/\n+/).filter(Boolean)
      for (const line of lines) add(schema.text(line))
    } else paragraphs.push(...asParagraphs(schema, node.content))
  })
  if (loose.length) add(inline(Fragment.from(loose)))
  return paragraphs
}

const pastedSlice = (slice, view) => {
  const { schema, selection } = view.state
  const open = (paragraphs) => (paragraphs.length ? new Slice(Fragment.from(paragraphs), 1, 1) : Slice.empty)
  if (noteAround(selection.$from)) return open(asParagraphs(schema, slice.content))
  const list = slice.content.lastChild
  if (list?.type.name !== "footnotes") return slice
  if (slice.content.childCount === 1) return open(asParagraphs(schema, list.content))
  const notes = new Map()
  list.forEach((note) => notes.set(note.attrs.id, noteToHTML(note)))
  const body = slice.content.cut(0, slice.content.size - list.nodeSize)
  if (!hasReference(body)) {
    return new Slice(body.append(Fragment.from(asParagraphs(schema, list.content))), slice.openStart, 1)
  }
  return new Slice(withNotes(body, (node) => node.attrs.note || notes.get(node.attrs.id)), slice.openStart, 0)
}

const goTo = (tr, selection) => tr.setSelection(selection).scrollIntoView()

const noteSelection = (doc, id) => {
  const note = survey(doc).notes.find((one) => one.id === id)
  return note && Selection.near(doc.resolve(note.pos + note.node.nodeSize - 1), -1)
}

const referenceSelection = (doc, id) => {
  const reference = survey(doc).references.find((one) => one.id === id)
  return reference && TextSelection.create(doc, reference.pos + 1)
}

/* The place beyond the edge of the textblock with the cursor, if it lies in another note or on the other side of the
   rule: nothing is joined across. */
const isAtFence = ({ selection, doc }, direction) => {
  const { $from } = selection
  if (!selection.empty || !$from.parent.isTextblock) return false
  if ($from.parentOffset !== (direction < 0 ? 0 : $from.parent.content.size)) return false
  const edge = direction < 0 ? $from.before() : $from.after()
  const beyond = Selection.findFrom(doc.resolve(edge), direction)
  if (!beyond) return false
  return noteAround($from)?.pos !== noteAround(direction < 0 ? beyond.$to : beyond.$from)?.pos
}

export const ArticleDocument = Document.extend({ content: "block+ footnotes?" })

const FootnoteReference = Node.create({
  name: "footnoteReference",
  group: "inline",
  inline: true,
  atom: true,
  selectable: false, // or a letter typed after an arrow key would replace it
  priority: 200,

  addAttributes() {
    return {
      id: { default: null, rendered: false, parseHTML: (element) => idFromHTML(element, REFERENCE) },
      note: {
        default: null, // only while it is copied: the HTML of the note's words
        parseHTML: (element) => element.getAttribute("data-note"),
        renderHTML: ({ note }) => (note ? { "data-note": note } : {}),
      },
    }
  },
  parseHTML: () => [{ tag: REFERENCE, priority: 100 }],
  renderHTML: ({ HTMLAttributes }) => ["sup", { "data-footnote": "", ...HTMLAttributes }],
  renderText: () => "",
})

const FootnoteList = Node.create({
  name: "footnotes",
  content: "footnote+",
  isolating: true,
  defining: true,
  selectable: false,
  // Without a default, so that no command takes the list for the block to make where any will do.
  addAttributes: () => ({ isOurs: { isRequired: true, rendered: false, parseHTML: () => true } }),
  parseHTML: () => [{ tag: NOTES, priority: 100 }],
  renderHTML: () => ["ol", { "data-footnotes": "" }, 0],
})

const Footnote = Node.create({
  name: "footnote",
  content: "paragraph+",
  isolating: true,
  defining: true,
  selectable: false,

  addOptions: () => ({ labels: {} }),
  addAttributes: () => ({
    id: { default: null, rendered: false, parseHTML: (element) => idFromHTML(element, NOTE) },
  }),
  parseHTML: () => [{ tag: NOTE, priority: 100 }],
  renderHTML: () => ["li", 0],

  addNodeView() {
    return ({ editor, getPos }) => {
      const dom = document.createElement("li")
      const contentDOM = document.createElement("div")
      const back = document.createElement("button")
      back.type = "button"
      back.className = "prose-editor-note-back"
      back.contentEditable = "false"
      back.textContent = "↩"
      back.title = this.options.labels.back || ""
      back.setAttribute("aria-label", back.title)
      back.addEventListener("mousedown", (event) => event.preventDefault())
      back.addEventListener("click", () => {
        const note = editor.state.doc.nodeAt(getPos())
        const selection = note && referenceSelection(editor.state.doc, note.attrs.id)
        if (selection) editor.view.dispatch(goTo(editor.state.tr, selection))
        editor.view.focus()
      })
      dom.append(contentDOM, back)
      return {
        dom,
        contentDOM,
        stopEvent: (event) => back.contains(event.target),
        ignoreMutation: (mutation) => mutation.type !== "selection" && !contentDOM.contains(mutation.target),
      }
    }
  },
})

const NOT_IN_NOTES = /^(heading\d|bulletList|orderedList|blockquote|horizontalRule|table|quotedPost|footnote)$/

/* In a note, what makes other blocks than paragraphs is out of reach. */
const NotesArePlain = Extension.create({
  name: "notesArePlain",
  priority: 5, // after all that defines commands and buttons

  addCommands: () => ({
    clearNodes: () => (props) => !reachesNotes(props.tr) && commands.clearNodes()(props),
  }),

  addMenuItems({ _definedItems }) {
    for (const item of Object.values(_definedItems)) {
      if (!NOT_IN_NOTES.test(item.name)) continue
      const { enabled } = item
      item.enabled = (editor) => !reachesNotes(editor.state) && enabled(editor)
    }
  },
})

export const Footnotes = Extension.create({
  name: "footnotesInStep",
  priority: 200,

  addOptions: () => ({ labels: {} }),

  addExtensions() {
    return [FootnoteReference, FootnoteList, Footnote.configure({ labels: this.options.labels }), NotesArePlain]
  },

  addCommands() {
    return {
      insertFootnote:
        () =>
        ({ tr, state, dispatch }) => {
          const { $to, to } = tr.selection
          const type = state.schema.nodes.footnoteReference
          if (!$to.parent.inlineContent || noteAround($to)) return false
          if (!$to.parent.canReplaceWith($to.index(), $to.index(), type)) return false
          if (dispatch) {
            const id = newId()
            closeHistory(tr)
            tr.insert(to, type.create({ id }))
            const { list, notes, references } = survey(tr.doc)
            const note = state.schema.nodes.footnote.createAndFill({ id })
            const index = references.findIndex((reference) => reference.id === id)
            if (!list) tr.insert(tr.doc.content.size, state.schema.nodes.footnotes.create({ isOurs: true }, note))
            else tr.insert(notes[index]?.pos ?? list.pos + list.node.nodeSize - 1, note)
            goTo(tr, noteSelection(tr.doc, id))
          }
          return true
        },

      followFootnote:
        () =>
        ({ tr, dispatch }) => {
          const note = noteAround(tr.selection.$from)
          const reference = note ? null : referenceAt(tr.selection)
          const selection = note
            ? referenceSelection(tr.doc, note.node.attrs.id)
            : reference && noteSelection(tr.doc, reference.attrs.id)
          if (!selection) return false
          if (dispatch) goTo(tr, selection)
          return true
        },

      deleteBlankFootnote:
        () =>
        ({ tr, dispatch }) => {
          const note = tr.selection.empty && noteAround(tr.selection.$from)
          if (!note || !isBlank(note.node)) return false
          const selection = referenceSelection(tr.doc, note.node.attrs.id)
          if (!selection) return false
          // Without its reference the note goes too; the selection is where it stood.
          if (dispatch) goTo(tr.delete(selection.from - 1, selection.from), TextSelection.create(tr.doc, selection.from - 1))
          return true
        },
    }
  },

  addKeyboardShortcuts() {
    const fence = (direction) => () => {
      if (!isAtFence(this.editor.state, direction)) return false
      const note = noteAround(this.editor.state.selection.$from)
      if (note && isBlank(note.node)) this.editor.commands.deleteBlankFootnote()
      return true
    }
    return {
      "Mod-Alt-f": () => this.editor.commands.followFootnote() || this.editor.commands.insertFootnote(),
      Backspace: fence(-1),
      "Mod-Backspace": fence(-1),
      Delete: fence(1),
      "Mod-Delete": fence(1),
    }
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "footnote",
      groups: "nodes",
      button: buttons.text("a¹", this.options.labels.footnote || "Footnote"),
      command: (editor) => editor.chain().focus().insertFootnote().run(),
      enabled: (editor) => editor.can().insertFootnote(),
      active: (editor) => !!referenceAt(editor.state.selection) || !!noteAround(editor.state.selection.$from),
    })
  },

  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: new PluginKey("footnotes"),
        appendTransaction: (transactions, oldState, state) =>
          transactions.some((tr) => tr.docChanged) ? keepInStep(oldState.doc, state) : null,
        props: {
          transformCopied: (slice, view) => {
            if (!hasReference(slice.content)) return slice
            const notes = new Map(survey(view.state.doc).notes.map(({ id, node }) => [id, noteToHTML(node)]))
            const content = withNotes(slice.content, (node) => notes.get(node.attrs.id))
            return new Slice(content, slice.openStart, slice.openEnd)
          },
          transformPasted: pastedSlice,
          handleClickOn: (view, _pos, node, _nodePos, event, direct) => {
            if (!direct || event.button || node.type.name !== "footnoteReference") return false
            const selection = noteSelection(view.state.doc, node.attrs.id)
            if (selection) view.dispatch(goTo(view.state.tr, selection))
            return !!selection
          },
        },
      }),
    ]
  },
})
