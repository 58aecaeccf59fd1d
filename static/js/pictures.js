// The library of pictures: files that are dropped or chosen are sent one by one, the focal point is set by a click or by
// keys, and what is being prepared is shown as soon as it is ready. Without this script the same forms work.

const words = (root) => {
  const found = root.querySelector("template[data-words]").content.querySelectorAll("[data-word]")
  return Object.fromEntries([...found].map(({ dataset, textContent }) => [dataset.word, textContent]))
}

const MOST_BYTES = 20 * 1024 * 1024

/** Send one file; the answer is the picture, or a sentence in `error`. */
const send = async (form, file, say) => {
  if (file.size > MOST_BYTES) return { error: say.too_big }
  const body = new FormData()
  body.append("file", file)
  const headers = { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value }
  try {
    const answer = await fetch(form.dataset.upload, { method: "POST", body, headers, redirect: "error" })
    return await answer.json()
  } catch {
    return { error: say.unreachable }
  }
}

const takeFiles = (form) => {
  const say = words(form)
  const results = form.querySelector("[data-results]")
  const announce = form.querySelector("[data-announce]")
  const input = form.querySelector("input[type=file]")
  input.hasChangeListener = true // or Unfold adds one that writes the file's name into the search box
  form.querySelectorAll("[data-with-script]").forEach((element) => { element.hidden = false })

  const show = (line, name, text, isError) => {
    line.textContent = `${name}: ${text}`
    line.classList.toggle("nr-error", isError)
    announce.textContent = line.textContent
  }
  const sendAll = async (files) => {
    let refused = 0
    const added = []
    for (const file of files) {
      const line = results.appendChild(document.createElement("li"))
      show(line, file.name, say.sending, false)
      const answer = await send(form, file, say)
      if (answer.error) refused += 1
      else added.push(answer)
      show(line, file.name, answer.error || say.sent, Boolean(answer.error))
    }
    input.value = ""
    if (!added.length) return
    const target = added.length === 1 ? added[0].url : form.dataset.list
    if (!refused) return location.assign(target)
    const link = document.createElement("a")
    Object.assign(link, { href: target, textContent: say.all })
    results.appendChild(document.createElement("li")).append(link)
  }
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return
    event.preventDefault()
    sendAll([...input.files])
  })
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => { event.preventDefault(); form.classList.add("nr-drop--over") })
  }
  for (const name of ["dragleave", "drop"]) form.addEventListener(name, () => form.classList.remove("nr-drop--over"))
  form.addEventListener("drop", (event) => {
    event.preventDefault()
    sendAll([...event.dataTransfer.files])
  })
}

const STEP = 1
const LARGE_STEP = 10
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

const focalPoint = (root) => {
  const point = root.querySelector(".nr-focus__point")
  const [x, y] = ["x", "y"].map((axis) => document.getElementById(`id_focus_${axis}`))
  if (!point || !x || !y) return
  point.hidden = false
  root.querySelectorAll("[data-with-script]").forEach((element) => { element.hidden = false })
  const within = (value) => Math.min(100, Math.max(0, Math.round(Number(value) || 0)))
  const draw = () => {
    const [left, top] = [within(x.value), within(y.value)]
    Object.assign(point.style, { left: `${left}%`, top: `${top}%` })
    root.querySelectorAll(".nr-focus__crops img").forEach((crop) => { crop.style.objectPosition = `${left}% ${top}%` })
    return [left, top]
  }
  const move = (left, top) => {
    x.value = within(left)
    y.value = within(top)
    draw()
    x.dispatchEvent(new Event("change", { bubbles: true })) // for the warning about what is not saved
    const where = root.dataset.words.replace("{x}", x.value).replace("{y}", y.value)
    root.querySelector("[role=status]").textContent = where
  }
  root.querySelector(".nr-focus__picture").addEventListener("click", (event) => {
    const box = root.querySelector(".nr-focus__picture img").getBoundingClientRect()
    if (event.detail) move(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100)
    point.focus()
  })
  point.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key]
    if (!arrow || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const step = event.shiftKey ? LARGE_STEP : STEP
    move(within(x.value) + arrow[0] * step, within(y.value) + arrow[1] * step)
  })
  for (const field of [x, y]) field.addEventListener("input", draw)
}

const EVERY = 2000 // milliseconds

/** What is being prepared, looked after until it is ready or has failed. */
const waitFor = async (root) => {
  const waiting = () => [...root.querySelectorAll("[data-state=waiting]")]
  while (waiting().length) {
    await new Promise((resolve) => { setTimeout(resolve, EVERY) })
    if (document.hidden) continue
    const query = new URLSearchParams(waiting().map((element) => ["key", element.dataset.key]))
    let pictures
    try {
      pictures = (await (await fetch(`${root.dataset.status}?${query}`)).json()).pictures
    } catch {
      continue
    }
    for (const picture of pictures.filter(({ status }) => status !== "waiting")) {
      const element = root.querySelector(`[data-key="${picture.key}"]`)
      element.dataset.state = picture.status
      const frame = element.querySelector(".nr-picture__frame")
      if (!frame) return location.reload() // the page of one picture: now there is something to see
      const shown = document.createElement(picture.thumbnail ? "img" : "span")
      if (picture.thumbnail) Object.assign(shown, { src: picture.thumbnail, alt: "" })
      else Object.assign(shown, { className: "nr-picture__state nr-late", textContent: picture.failure })
      frame.replaceChildren(shown)
    }
  }
}

addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".nr-drop").forEach(takeFiles)
  document.querySelectorAll(".nr-focus").forEach(focalPoint)
  document.querySelectorAll("[data-status]").forEach(waitFor)
})
