// A notice that a reader has sent away stays away in that browser.
for (const notice of document.querySelectorAll("[data-notice]")) {
  const key = `dismissed:${notice.dataset.notice}`;
  let isDismissed = false;
  try {
    isDismissed = localStorage.getItem(key) === "yes";
  } catch {
    // no storage: it can be closed, and comes back with the next page
  }
  notice.hidden = isDismissed;
  const button = notice.querySelector("[data-dismiss]");
  button.parentElement.hidden = false;
  button.addEventListener("click", () => {
    notice.hidden = true;
    try {
      localStorage.setItem(key, "yes");
    } catch {
      // as above
    }
  });
}
