// Two buttons that only a script can serve: copying the link, and the phone's own share sheet.
for (const list of document.querySelectorAll("[data-share]")) {
  const { url, title } = list.dataset;
  const status = list.parentElement.querySelector("[data-share-status]");
  const copy = list.querySelector("[data-copy]");
  const sheet = list.querySelector("[data-sheet]");

  if (navigator.clipboard) {
    copy.parentElement.hidden = false;
    copy.addEventListener("click", async () => {
      const before = copy.textContent;
      try {
        await navigator.clipboard.writeText(url);
      } catch {
        return; // the browser refused and has said so itself
      }
      copy.textContent = status.textContent = copy.dataset.done;
      setTimeout(() => { copy.textContent = before; status.textContent = ""; }, 4000);
    });
  }
  if (navigator.share) {
    sheet.parentElement.hidden = false;
    sheet.addEventListener("click", () => navigator.share({ title, url }).catch(() => {})); // closing it is no error
  }
}
