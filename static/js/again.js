// After signing in, a form that was given back is sent with the token of the new session: the old one ended with it.
// No script may read the token's cookie, so it is taken from the page that the form belongs to.

const form = document.querySelector("main form");

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const token = form.elements.namedItem("csrfmiddlewaretoken");
  try {
    const answer = await fetch(form.action);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    token.value = page.querySelector("[name=csrfmiddlewaretoken]").value;
  } catch {
    // The server says what is wrong, and gives the words back once more.
  }
  form.submit();
});
