// What Unfold leaves to the eye and the mouse, given to screen readers and the keyboard.
// The library's templates stay as they are, so that its upgrades reach us.

const WORDS = {
  en: { more: "More: add or change", search: "Search", move: "Move", remove: "Remove", side: "Side bar", table: "Table" },
  uk: { more: "Ще: додати або змінити", search: "Пошук", move: "Перемістити", remove: "Вилучити", side: "Бічна панель", table: "Таблиця" },
}
const words = WORDS[document.documentElement.lang] || WORDS.en

/** Menus beside fields that choose from a list open by a click only. */
const openByKeyboard = (menu) => {
  menu.setAttribute("role", "button")
  menu.setAttribute("tabindex", "0")
  menu.setAttribute("aria-haspopup", "true")
  menu.setAttribute("aria-label", words.more)
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
    name.textContent = index ? words.remove : words.move
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
    search.setAttribute("aria-label", field?.textContent.trim() || words.search)
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
      choice.setAttribute("aria-label", head?.textContent.trim().replace("*", "") || words.search)
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
  document.getElementById("main")?.setAttribute("role", "main")
  mend(document)
  // The library makes its search fields later, and anew whenever something is chosen.
  const chosen = [...document.querySelectorAll(".field-line, table.formset")]
  const watcher = new MutationObserver(() => chosen.forEach((field) => { nameSearches(field); nameChoices(field) }))
  chosen.forEach((field) => field.querySelector(".ProseMirror, textarea") || watcher.observe(field, { childList: true, subtree: true }))
})
addEventListener("load", () => {
  document.querySelectorAll(".simplebar-content-wrapper").forEach((region, index) => {
    region.setAttribute("aria-label", `${region.closest("#nav-sidebar, nav, aside") ? words.side : words.table} ${index + 1}`)
  })
})
document.addEventListener("formset:added", (event) => mend(event.target))
