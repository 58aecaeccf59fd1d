// What Unfold leaves to the eye and the mouse, given to screen readers and the keyboard.
// The library's templates stay as they are, so that its upgrades reach us.

/** Its words in the language of the interface stand in templates/admin/base_site.html. */
const word = (text) => {
  const words = document.getElementById("nr-words")?.content.querySelectorAll("[data-word]") || []
  return [...words].find(({ dataset }) => dataset.word === text)?.textContent || text
}

// The editor's library asks `gettext` for the words of its dialogs, once, as its module starts. Modules start after this
// event, and Django's own catalogue is there before it.
document.addEventListener("readystatechange", () => {
  if (document.readyState !== "interactive") return
  const django = window.gettext || ((text) => text)
  window.gettext = (text) => {
    const own = word(text)
    return own === text ? django(text) : own
  }
})

/** Ctrl+S or ⌘S saves the draft of an article, in whatever alphabet the keyboard is. */
document.addEventListener("keydown", (event) => {
  const save = document.querySelector('button[name="_save"][form="article_form"]')
  const isS = event.code === "KeyS" || event.key.toLowerCase() === "s"
  if (!save || !isS || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
  event.preventDefault()
  if (!document.querySelector("dialog[open]")) save.click() // what stands in a dialog would be lost
})

/** Menus beside fields that choose from a list open by a click only. */
const openByKeyboard = (menu) => {
  menu.setAttribute("role", "button")
  menu.setAttribute("tabindex", "0")
  menu.setAttribute("aria-haspopup", "true")
  menu.setAttribute("aria-label", word("More: add or change"))
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return
    event.preventDefault()
    menu.click()
  })
}

/** Fields in a table of rows are named by the head of their column only. */
const nameFields = (table) => {
  const heads = [...table.querySelectorAll("thead th")]
  heads.filter((head) => !head.textContent.trim()).forEach((head, index) => {
    const name = document.createElement("span")
    name.className = "nr-unseen"
    name.textContent = index ? word("Remove") : word("Move")
    head.append(name)
  })
  for (const field of table.querySelectorAll("tbody select, tbody textarea, tbody input:not([type=hidden])")) {
    const cell = field.closest("td")
    const head = heads[cell?.cellIndex]?.textContent.trim()
    if (head && !field.labels?.length) field.setAttribute("aria-label", head.replace("*", ""))
  }
}

const nameSearches = (root) => {
  for (const search of root.querySelectorAll(".select2-search__field:not([aria-label])")) {
    const field = search.closest(".field-line, td")?.querySelector("label")
    search.setAttribute("aria-label", field?.textContent.trim() || word("Search"))
  }
}

/** A list that is searched is named by what is chosen in it; by its label, too. */
const nameChoices = (root) => {
  for (const choice of root.querySelectorAll(".select2-selection[role=combobox]:not([data-named])")) {
    choice.dataset.named = ""
    const shown = choice.querySelector(".select2-selection__rendered") // called a text box, which it is not
    shown?.removeAttribute("role")
    shown?.removeAttribute("aria-readonly")
    const label = choice.closest(".field-line")?.querySelector("label")
    const cell = choice.closest("td")
    if (label) {
      label.id ||= `label-of-${label.htmlFor}`
      choice.setAttribute("aria-labelledby", `${label.id} ${choice.getAttribute("aria-labelledby") || ""}`.trim())
    } else if (cell) {
      const head = cell.closest("table").querySelectorAll("thead th")[cell.cellIndex]
      choice.setAttribute("aria-label", head?.textContent.trim().replace("*", "") || word("Search"))
      choice.removeAttribute("aria-labelledby")
    }
  }
}

const mend = (root) => {
  root.querySelectorAll("[x-ref^=relatedWidgetWrapper]:not([role])").forEach(openByKeyboard)
  document.querySelectorAll("table.formset").forEach(nameFields)
  nameSearches(root)
  nameChoices(root)
}

addEventListener("DOMContentLoaded", () => {
  // The library fills a text field of its own beside each choice of a file; ours stand without one.
  document.querySelectorAll(".nr-page input[type=file]").forEach((input) => { input.hasChangeListener = true })
  document.getElementById("main")?.setAttribute("role", "main")
  mend(document)
  // The library makes its search fields later, and anew whenever something is chosen.
  const chosen = [...document.querySelectorAll(".field-line, table.formset")]
  const watcher = new MutationObserver(() => chosen.forEach((field) => { nameSearches(field); nameChoices(field) }))
  chosen.forEach((field) => field.querySelector(".ProseMirror, textarea") || watcher.observe(field, { childList: true, subtree: true }))
})
addEventListener("load", () => {
  document.querySelectorAll(".simplebar-content-wrapper").forEach((region, index) => {
    region.setAttribute("aria-label", `${region.closest("#nav-sidebar, nav, aside") ? word("Side bar") : word("Table")} ${index + 1}`)
  })
})
document.addEventListener("formset:added", (event) => mend(event.target))
