// Counts what is left in a text field: <p class="counter" data-counter="ID" data-max="300" data-left="NN tegn tilbage" data-over="…">.
// It is seen on every key, but said only when 20 are left and when the limit is passed.

import { announce } from "./announce.js";

for (const counter of document.querySelectorAll("[data-counter]")) {
  const field = document.getElementById(counter.dataset.counter);
  const max = Number(counter.dataset.max);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const segments = new Intl.Segmenter(document.documentElement.lang);
  let said = "";
  const count = () => {
    const left = max - [...segments.segment(field.value)].length;
    const words = (left < 0 ? counter.dataset.over : counter.dataset.left).replace("NN", number.format(Math.abs(left)));
    counter.textContent = words;
    counter.classList.toggle("over", left < 0);
    const stage = left < 0 ? "over" : left <= 20 ? "near" : "";
    if (stage !== said && stage) announce(words);
    said = stage;
  };
  field.addEventListener("input", count);
  count();
}
