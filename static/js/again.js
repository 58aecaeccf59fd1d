// After signing in, a form that was given back is sent with the token of the new session: the old one ended with it.

const form = document.querySelector("main form");

form?.addEventListener("submit", () => {
  const name = document.querySelector("[data-token-cookie]").dataset.tokenCookie;
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  const token = form.elements.namedItem("csrfmiddlewaretoken");
  if (cookie && token) token.value = cookie.slice(name.length + 1);
});
