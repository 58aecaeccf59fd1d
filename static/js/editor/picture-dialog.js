/* The dialog in which a picture is chosen or uploaded and described: for the text (picture.js) and for the article's lead
   picture (lead-picture.js). It speaks with articles/admin/picture_dialog.py; its words come from newsroom/editor.py. */

const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (key in element && key !== "list") element[key] = value
    else element.setAttribute(key, value)
  }
  element.append(...children)
  return element
}

const MOST_BYTES = 20 * 1024 * 1024
let made = 0

/* A label, its control and a word of help under it. */
const field = (label, control, help = "") => {
  control.id ||= `nr-picture-${++made}`
  const words = make("p", { className: "nr-picture-help", id: `${control.id}-help` }, help)
  if (help) control.setAttribute("aria-describedby", words.id)
  return make("div", { className: "nr-picture-field" }, make("label", { htmlFor: control.id }, label), control, ...(help ? [words] : []))
}

export const isPictureFile = (file) => file.type.startsWith("image/")
/* The first picture among what was dropped or pasted. */
export const pictureFile = (transfer) => [...(transfer?.files || [])].find(isPictureFile)

const answered = async (address, signal) => {
  const response = await fetch(address, { headers: { Accept: "application/json" }, signal })
  if (!response.ok) throw new Error(response.status)
  return response.json()
}

/* What a picture that cannot be looked at says in its place. */
export const stateOf = (picture, labels) => (picture.preview ? "" : picture.failure || labels.waiting)

/* What the library says of pictures by their keys: a promise of a map. Asked for once for all figures of a page. */
let asked = null
export const picturesOf = (urls, keys) => {
  if (!asked) {
    const waiting = new Set()
    const answer = Promise.resolve().then(async () => {
      asked = null
      const keys = [...waiting]
      const parts = []
      while (keys.length) parts.push(keys.splice(0, AT_A_TIME).map((key) => `key=${key}`).join("&"))
      const answers = await Promise.all(parts.map((part) => answered(`${urls.status}&${part}`)))
      return new Map(answers.flatMap(({ pictures }) => pictures).map((picture) => [picture.key, picture]))
    })
    asked = { waiting, answer }
  }
  for (const key of keys) asked.waiting.add(key)
  return asked.answer
}

const AT_A_TIME = 48
const A_MOMENT = 1500 // milliseconds; a picture of the largest size is ready within ten seconds

/* Tell `show` of a picture now, and again until its files are made; undefined if the library does not know it. */
export const watchPicture = async (urls, key, show, isWanted) => {
  for (let tries = 0; tries < 100 && isWanted(); tries++) {
    const picture = await picturesOf(urls, [key]).then((found) => found.get(key), () => undefined)
    if (!isWanted()) return
    show(picture)
    if (picture?.status !== "waiting") return
    await new Promise((done) => setTimeout(done, A_MOMENT))
  }
}

/* A small copy of a file, to look at until the library has made its own; "" for what this browser cannot read. */
const looked = async (file) => {
  try {
    const bitmap = await createImageBitmap(file)
    const canvas = document.createElement("canvas")
    canvas.width = Math.min(bitmap.width, 800)
    canvas.height = Math.round((bitmap.height * canvas.width) / bitmap.width)
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    return canvas.toDataURL("image/jpeg", 0.8)
  } catch {
    return ""
  }
}

const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value || ""

/* Send a form to the library: the picture that it answers with, or an Error with its sentence. */
const send = (address, fields, labels, { onProgress, onStart } = {}) =>
  new Promise((done, failed) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    const request = new XMLHttpRequest() // `fetch` tells nothing of how far an upload is
    request.open("POST", address)
    request.setRequestHeader("X-CSRFToken", token())
    request.setRequestHeader("Accept", "application/json")
    request.responseType = "json"
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress?.(loaded / total))
    request.addEventListener("load", () => {
      if (request.response?.key) done(request.response)
      else failed(new Error(request.response?.error || labels.failed))
    })
    request.addEventListener("error", () => failed(new Error(labels.failed)))
    onStart?.(request)
    request.send(form)
  })

class PictureDialog {
  constructor({ labels, urls, before, use, removable }) {
    Object.assign(this, { labels, urls })
    this.picture = null
    this.keeps = {} // what was typed here is not replaced by the library's words
    this.described = before.key || "" // the picture that words and point are of
    this.focus = before.focus || ""
    this.heading = make("h2", { id: `nr-picture-${++made}` }, labels.picture)
    this.trouble = make("p", { className: "nr-picture-trouble", role: "alert", hidden: true })
    this.status = make("p", { className: "nr-picture-status", role: "status" })
    this.buildFields(before)
    this.buildChooser()
    this.buildPreview()
    this.submit = make("button", { type: "submit", className: "nr-button nr-button--primary" }, use)
    const cancel = make("button", { type: "button", className: "nr-button", onclick: () => this.dialog.close() }, labels.cancel)
    const remove = make("button", { type: "button", className: "nr-button nr-button--danger" }, labels.remove)
    remove.addEventListener("click", () => this.finish({ removed: true }))
    this.form = make(
      "form",
      { method: "dialog", noValidate: true },
      this.heading,
      this.trouble,
      make("div", { className: "nr-picture-columns" }, make("div", { className: "nr-picture-side" }, this.chooser, this.preview), this.words),
      this.status,
      make("p", { className: "nr-actions" }, this.submit, cancel, ...(removable ? [remove] : [])),
    )
    this.dialog = make("dialog", { className: "nr-picture-dialog" }, this.form)
    this.dialog.setAttribute("aria-labelledby", this.heading.id)
    this.form.addEventListener("submit", (event) => {
      event.preventDefault()
      this.answer()
    })
    this.dialog.addEventListener("cancel", (event) => {
      // by Esc; the field for a file has an event of that name too
      if (event.target === this.dialog && this.isTyped() && !confirm(labels.leave)) event.preventDefault()
    })
    this.dialog.addEventListener("dragover", (event) => event.preventDefault())
    for (const name of ["drop", "paste"]) {
      this.dialog.addEventListener(name, (event) => {
        const file = pictureFile(event.dataTransfer || event.clipboardData)
        if (name === "drop" || file) event.preventDefault()
        if (file) this.upload(file)
      })
    }
  }

  // --- What the article says of it ---

  buildFields(before) {
    const { labels } = this
    this.alt = make("textarea", { rows: 4, maxLength: 500, value: before.alt || "", required: true })
    this.caption = make("textarea", { rows: 2, maxLength: 500, value: before.caption || "" })
    this.credit = make("input", { type: "text", maxLength: 300, value: "" })
    for (const control of [this.alt, this.caption]) {
      control.dir = "auto"
      control.lang = this.urls.language
      control.addEventListener("input", () => (this.keeps[control === this.alt ? "alt" : "caption"] = true))
    }
    this.words = make(
      "div",
      { className: "nr-picture-words" },
      field(labels.alt, this.alt, labels.altHelp),
      field(labels.caption, this.caption, labels.captionHelp),
      field(labels.credit, this.credit, labels.creditHelp),
    )
  }

  isTyped() {
    return this.keeps.alt || this.keeps.caption || (!this.credit.readOnly && this.credit.value.trim() !== "")
  }

  // --- Choosing ---

  buildChooser() {
    const { labels } = this
    this.file = make("input", { type: "file", accept: "image/jpeg,image/png,image/webp,image/avif,image/gif" })
    this.file.hasChangeListener = true // or Unfold adds one that looks for a field of its own beside it
    this.file.addEventListener("change", () => this.file.files[0] && this.upload(this.file.files[0]))
    this.progress = make("progress", { max: 1, value: 0, hidden: true })
    this.progress.setAttribute("aria-label", labels.uploading)
    this.search = make("input", { type: "search", autocomplete: "off" })
    this.search.addEventListener("input", () => {
      clearTimeout(this.pause)
      this.pause = setTimeout(() => this.list(), 200)
    })
    this.search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault() // it searches while one types; Enter would send the form
      if (event.key === "ArrowDown") this.goTo(0, event)
    })
    this.results = make("ul", { className: "nr-picture-results" })
    this.results.setAttribute("aria-label", labels.library)
    this.results.addEventListener("keydown", (event) => this.move(event))
    this.more = make("button", { type: "button", className: "nr-button", hidden: true, onclick: () => this.list(this.after) }, labels.more)
    this.chooser = make(
      "div",
      { className: "nr-picture-chooser" },
      make("div", { className: "nr-picture-upload" }, field(labels.upload, this.file, labels.uploadHelp), this.progress),
      field(labels.search, this.search),
      this.results,
      this.more,
    )
  }

  async list(after = "") {
    this.request?.abort()
    this.request = new AbortController()
    const query = `q=${encodeURIComponent(this.search.value)}&after=${after}`
    let found
    try {
      found = await answered(`${this.urls.search}&${query}`, this.request.signal)
    } catch (error) {
      if (error.name !== "AbortError") this.tell(this.labels.failed)
      return
    }
    if (!after) this.results.replaceChildren()
    const first = this.results.children.length
    this.results.append(...found.pictures.map((picture) => make("li", {}, this.choice(picture))))
    this.more.hidden = !found.after
    this.after = found.after
    this.isListed = true
    this.say(this.results.children.length ? "" : this.labels.nothing)
    if (after) this.goTo(first)
  }

  choice(picture) {
    const image = picture.thumbnail
      ? make("img", { src: picture.thumbnail, alt: "", loading: "lazy" })
      : make("span", { className: "nr-picture-waiting" }, stateOf(picture, this.labels))
    const button = make("button", { type: "button" }, image, make("span", {}, picture.title))
    if (!picture.credit) button.append(make("small", {}, this.labels.noCredit))
    button.addEventListener("click", () => {
      this.take(picture)
      this.alt.focus()
    })
    return button
  }

  goTo(index, event) {
    const button = this.results.children[index]?.firstChild
    if (!button) return
    event?.preventDefault()
    button.focus()
  }

  /* Arrows lead from picture to picture, as they lie in their rows. */
  move(event) {
    const items = [...this.results.children]
    const at = items.findIndex((item) => item.contains(document.activeElement))
    const columns = items.filter((item) => item.offsetTop === items[0].offsetTop).length
    const towards = document.dir === "rtl" ? -1 : 1
    const step = { ArrowRight: towards, ArrowLeft: -towards, ArrowDown: columns, ArrowUp: -columns }[event.key]
    if (!step || at < 0) return
    event.preventDefault()
    if (at + step < 0 && event.key === "ArrowUp") this.search.focus()
    else this.goTo(Math.min(Math.max(at + step, 0), items.length - 1))
  }

  async upload(file) {
    const { labels } = this
    this.tell(file.size > MOST_BYTES ? labels.tooBig : "")
    if (file.size > MOST_BYTES) return
    this.show("chooser")
    this.progress.hidden = false
    this.progress.value = 0
    this.say(labels.uploading)
    this.submit.disabled = true
    try {
      const picture = await send(this.urls.upload, { file }, labels, {
        onProgress: (part) => (this.progress.value = part),
        onStart: (request) => (this.sending = request),
      })
      this.take({ ...picture, preview: picture.preview || (await looked(file)) })
      this.alt.focus()
      const { key } = picture
      watchPicture(this.urls, key, (now) => now?.preview && this.look(now), () => this.dialog.open && this.picture.key === key)
    } catch (error) {
      this.tell(error.message)
      this.say("")
      if (this.picture) this.show("preview")
    } finally {
      this.file.value = ""
      this.progress.hidden = true
      this.submit.disabled = false
    }
  }

  // --- The chosen picture and the point in it that stays in sight ---

  buildPreview() {
    const { labels } = this
    this.image = make("img", { alt: "", draggable: false })
    this.waiting = make("p", { className: "nr-picture-waiting" })
    this.marker = make("span", { className: "nr-picture-marker" })
    this.frame = make("div", { className: "nr-picture-frame" }, this.image, this.waiting, this.marker)
    this.frame.addEventListener("pointerdown", (event) => {
      if (!this.picture) return
      const { left, top, width, height } = this.frame.getBoundingClientRect()
      this.point((100 * (event.clientX - left)) / width, (100 * (event.clientY - top)) / height)
    })
    const slider = () => make("input", { type: "range", min: 0, max: 100, step: 1 })
    this.across = slider()
    this.down = slider()
    for (const control of [this.across, this.down]) {
      control.addEventListener("input", () => this.point(this.across.value, this.down.value))
      control.addEventListener("keydown", (event) => this.nudge(event))
    }
    const another = make("button", { type: "button", className: "nr-button" }, labels.another)
    another.addEventListener("click", () => {
      this.show("chooser")
      this.search.focus()
    })
    this.preview = make(
      "div",
      { className: "nr-picture-preview", hidden: true },
      this.frame,
      make(
        "fieldset",
        {},
        make("legend", {}, labels.focus),
        make("p", { className: "nr-picture-help" }, labels.focusHelp),
        field(labels.across, this.across),
        field(labels.down, this.down),
      ),
      another,
    )
  }

  /* Each arrow moves the point as it looks, ten times as far with Shift. */
  nudge(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (!step) return
    event.preventDefault()
    const [x, y] = step.map((part) => part * (event.shiftKey ? 10 : 1))
    this.point(Number(this.across.value) + x, Number(this.down.value) + y)
  }

  point(x, y) {
    const [left, top] = [x, y].map((part) => Math.round(Math.min(Math.max(Number(part), 0), 100)))
    this.across.value = left
    this.down.value = top
    this.marker.style.insetInlineStart = "auto"
    this.marker.style.left = `${left}%`
    this.marker.style.top = `${top}%`
    this.focus = `${left} ${top}`
  }

  take(picture) {
    const isAnother = this.described !== picture.key
    this.described = picture.key
    this.picture = picture
    this.look(picture)
    const [x, y] = ((!isAnother && this.focus) || picture.focus).split(" ")
    this.point(x, y)
    if (isAnother && !this.keeps.alt) this.alt.value = picture.alt
    if (isAnother && !this.keeps.caption) this.caption.value = picture.caption
    if (picture.credit || this.credit.readOnly) this.credit.value = picture.credit // one that was typed stays
    this.credit.readOnly = !!picture.credit
    this.say(picture.title)
    this.tell("")
    this.show("preview")
  }

  look(picture) {
    this.image.hidden = !picture.preview
    if (picture.preview) this.image.src = picture.preview
    this.frame.style.aspectRatio = `${picture.width} / ${picture.height}`
    this.waiting.textContent = stateOf(picture, this.labels)
  }

  show(part) {
    this.chooser.hidden = part !== "chooser"
    this.preview.hidden = part !== "preview"
    if (part === "chooser" && !this.isListed) this.list()
  }

  // --- The answer ---

  tell(sentence) {
    this.trouble.textContent = sentence
    this.trouble.hidden = !sentence
  }

  say(sentence) {
    this.status.textContent = sentence
  }

  async answer() {
    await this.opening
    const { picture, labels } = this
    if (!picture) {
      this.tell(labels.chooseFirst)
      this.search.focus()
      return
    }
    const credit = this.credit.value.trim()
    if (credit && !picture.credit) {
      try {
        await send(this.urls.credit, { key: picture.key, credit }, labels)
      } catch (error) {
        this.tell(error.message)
        return
      }
    }
    const focus = this.focus === picture.focus ? "" : this.focus // the picture's own is not written again
    this.finish({ key: picture.key, picture: { ...picture, credit }, alt: this.alt.value, caption: this.caption.value, focus })
  }

  finish(answer) {
    this.leave(answer)
    this.dialog.close()
  }

  async open(key, file) {
    document.body.append(this.dialog)
    this.dialog.showModal()
    const left = new Promise((done) => {
      this.leave = done
      this.dialog.addEventListener("close", () => done(null))
    })
    if (file) this.upload(file)
    else if (key) this.opening = this.reopen(key)
    else {
      this.show("chooser")
      this.search.focus()
    }
    const answer = await left
    this.sending?.abort()
    this.dialog.remove()
    return answer
  }

  async reopen(key) {
    this.show("preview")
    this.alt.focus()
    try {
      const picture = (await picturesOf(this.urls, [key])).get(key)
      if (picture) this.take(picture)
      else throw new Error(this.labels.missing)
    } catch (error) {
      this.show("chooser")
      this.tell(this.labels.missing)
    }
  }
}

/* Ask for a picture. `before` may hold key, alt, caption and focus; the answer holds the same and the picture as the
   library knows it, or `removed`; null if the dialog was left. */
export const askForPicture = ({ before = {}, file, ...options }) =>
  new PictureDialog({ before, ...options }).open(before.key, file)
