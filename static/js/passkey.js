// Says in a sentence why a passkey did not work; the library that asks for it would tell the console only.

const trouble = document.querySelector("[data-passkey-trouble]");
const REASONS = { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "known", SecurityError: "nameless" };

function say(reason) {
  trouble.textContent = trouble.dataset[reason];
  trouble.hidden = false;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  say(REASONS[event.detail.exception.name] ?? (window.PublicKeyCredential ? "other" : "absent"));
});
