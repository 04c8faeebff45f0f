// Counts along while a post is written: one text for all, a channel's own in its place, signature and hashtags under it. The same
// putting together as src/publishing/words.rs; the server counts again and has the last word.

import { heft, weight } from "./weigh.js";
import { announce } from "./announce.js";

const form = document.querySelector("form.compose");
const counters = [...document.querySelectorAll("[data-weigh]")];
const number = new Intl.NumberFormat(document.documentElement.lang);
const value = (id) => document.getElementById(id)?.value.trim() ?? "";

/** The longest of several wordings that take turns; the text itself where it goes out once. */
function turn(words) {
  if (!["repeat", "keep"].includes(form.elements.namedItem("timing")?.value)) return words;
  const wordings = words.split(/^[^\S\n]*---[^\S\n]*$/mu).map((wording) => wording.trim());
  return wordings.reduce((longest, wording) => (wording.length > longest.length ? wording : longest), "");
}

/** What an account says. */
function said(own) {
  const words = turn(own || value("text"));
  const chosen = document.getElementById("signature")?.selectedOptions[0]?.dataset.words?.trim() ?? "";
  const signature = words.includes(chosen) ? "" : chosen;
  const there = (words.match(/#[\p{L}\p{N}\p{M}_]+/gu) ?? []).map((tag) => tag.toLowerCase());
  const tags = value("tags").split(/[\s,;]+/u).filter(Boolean).map((tag) => `#${tag.replace(/^#+/, "")}`);
  const missing = tags.filter((tag, at) => !there.includes(tag.toLowerCase())
    && tags.findIndex((t) => t.toLowerCase() === tag.toLowerCase()) === at);
  return [words, signature, missing.join(" ")].filter(Boolean).join("\n\n").normalize("NFC");
}

function count(counter) {
  const { weigh, unit, max, bytes, bare, media, said: was } = counter.dataset;
  const withFiles = form.querySelector("input[name=media]:checked") !== null;
  const words = said(value(weigh));
  const whole = (words + (withFiles ? media : bare)).trim();
  const used = weight(whole, unit);
  const over = used > Number(max) || (Number(bytes) > 0 && heft(whole) > Number(bytes));
  counter.textContent = counter.dataset.words.replace("NN", number.format(used)).replace("MM", number.format(max));
  counter.classList.toggle("over", over);
  if (over && was !== "over") announce(`${counter.dataset.name}: ${counter.textContent}`);
  counter.dataset.said = over ? "over" : "";
}

const all = () => counters.forEach(count);
form?.addEventListener("input", all);
form?.addEventListener("change", all);

// a text of its own begins with the one for all
for (const variant of document.querySelectorAll("details.variant")) {
  variant.addEventListener("toggle", () => {
    const field = variant.querySelector("textarea");
    if (variant.open && field && !field.value.trim()) field.value = value("text");
    all();
  });
}
all();
