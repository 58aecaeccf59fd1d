/* The lead picture on the article form: chosen in the same dialog as those of the text. What the article says of it stands
   in fields of the form, so that it is saved, previewed and compared with everything else. */

import { askForPicture, stateOf, watchPicture } from "newsroom/picture-dialog"

const set = (field, value) => {
  if (field.value === value) return
  field.value = value
  field.dispatchEvent(new Event("input", { bubbles: true }))
  field.dispatchEvent(new Event("change", { bubbles: true }))
}

for (const root of document.querySelectorAll("[data-lead-picture]")) {
  const { labels, urls } = JSON.parse(root.dataset.config)
  const { form } = root.querySelector("input")
  const key = root.querySelector("input")
  const [alt, caption, focus] = ["lead_alt", "lead_caption", "lead_focus"].map((name) => form.elements[name])
  const [image, note, button] = ["img", "p", "button"].map((name) => root.querySelector(name))
  const choose = button.textContent

  const show = () => {
    const wanted = key.value
    if (wanted) watchPicture(urls, wanted, look, () => wanted === key.value)
    else look(null)
  }

  const look = (picture) => {
    const wanted = key.value
    image.hidden = !picture?.preview
    if (picture?.preview) image.src = picture.preview
    image.alt = alt.value
    image.style.objectPosition = picture ? (focus.value || picture.focus).replaceAll(/\d+/g, "$&%") : ""
    note.textContent = [
      wanted && !picture && labels.missing,
      picture && stateOf(picture, labels),
      picture && !picture.credit && labels.noCredit,
      picture && !alt.value.trim() && labels.noAlt,
    ]
      .filter(Boolean)
      .join(" ")
    note.hidden = !note.textContent
    button.textContent = wanted ? button.dataset.change : choose
  }

  button.addEventListener("click", async () => {
    const before = { key: key.value, alt: alt.value, caption: caption.value, focus: focus.value }
    const answer = await askForPicture({ labels, urls, before, use: key.value ? labels.keep : labels.lead, removable: !!key.value })
    button.focus()
    if (!answer) return
    const { removed } = answer
    set(key, removed ? "" : answer.key)
    set(alt, removed ? "" : answer.alt)
    set(caption, removed ? "" : answer.caption)
    set(focus, removed ? "" : answer.focus)
    show()
  })
  alt.addEventListener("change", show)
  show()
}
