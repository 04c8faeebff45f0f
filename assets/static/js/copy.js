// One press copies a field's text: <button data-copy="ID" data-done="Kopieret" hidden>. Without script the button stays hidden,
// the field can be marked by hand, and <… data-copy-without> says so.

import { announce } from "./announce.js";

for (const hint of document.querySelectorAll("[data-copy-without]")) hint.hidden = true;
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // an address without https has no clipboard: the old way asks nobody
      field.select();
      if (!document.execCommand("copy")) return;
      button.focus();
    }
    announce(button.dataset.done);
  });
}
