// The form's own page, after the limit: the browser does some arithmetic, then the report can be sent.
import { solve } from "./proof.js";

const form = document.querySelector(".report-form[data-challenge]");

if (form && crypto.subtle) {
  const words = form.querySelector("template[data-words]").content;
  const say = (word) => { form.querySelector(".report-status").textContent = words.querySelector(`[data-word=${word}]`).textContent; };
  say("working");
  solve(JSON.parse(form.dataset.challenge)).then((proof) => {
    form.elements.proof.value = proof;
    say("ready");
  }, () => {}); // then it is as without a script: the page says when it can be sent
}
