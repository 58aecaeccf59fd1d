// Makes links of e-mail addresses that stand in words: <b>letters</b>, at, <b>outlet</b>, dot, <b>example</b>.
for (const words of document.querySelectorAll("[data-address]")) {
  let address = "";
  for (const part of words.children) {
    address += part.localName === "b" ? part.textContent : part.classList.contains("at") ? "@" : ".";
  }
  const link = document.createElement("a");
  link.href = `mailto:${address}`;
  link.textContent = address;
  words.replaceChildren(link);
}
