// Moving in the calendar. A drop on another day, or Shift with an arrow key on a post, fills in the post's own "Flyt…" form and
// sends it: there is one route and one set of rules. Without this script the form does the same.
// What the page must offer:
//   <div id="kalender" data-calendar data-failed="sentence when the server cannot be reached">
//     … <div data-day="2026-12-08"> <div class="ev" id="u17" data-moves> <a href> … <form data-move><input name="when">
// The answer is the calendar again, with the sentence to say in the toast corner; an answer without a calendar says what is wrong.

import { announce } from "./announce.js";

const DAYS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

let sorters = [];

function prepare() {
  for (const sorter of sorters) sorter.destroy();
  sorters = [];
  const calendar = document.querySelector("[data-calendar]");
  if (!calendar || typeof Sortable === "undefined") return;
  sorters = [...calendar.querySelectorAll("[data-day]")].map((day) => new Sortable(day, {
    group: "days",
    sort: false,
    draggable: "[data-moves]",
    filter: "button, input, summary, label, .pop",
    preventOnFilter: false,
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 140,
    delay: 180,
    delayOnTouchOnly: true,
    onEnd: ({ item, from, to }) => {
      if (from === to) return;
      const back = () => from.append(item);
      move(item, to.dataset.day, back);
    },
  }));
}

/** Sends the post's form for the same time on another day. */
function move(entry, day, undo = () => {}) {
  const form = entry.querySelector("form[data-move]");
  const field = form.elements.namedItem("when");
  const before = field.value;
  field.value = `${day}T${before.slice(11)}`;
  send(form, entry.id, () => {
    field.value = before;
    undo();
  });
}

async function send(form, id, undo, button = null) {
  const calendar = document.querySelector("[data-calendar]");
  let page;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form, button)),
      headers: { Accept: "text/html" },
      credentials: "same-origin",
    });
    if (!answer.ok && answer.status !== 409 && answer.status !== 422) throw new Error(String(answer.status));
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    undo();
    announce(calendar.dataset.failed);
    return;
  }
  const fresh = page.querySelector("[data-calendar]");
  if (!fresh) {
    undo();
    const wrong = page.querySelector("[role=alert] li, [role=alert] p, .form-error-message");
    announce(wrong?.textContent.trim() || calendar.dataset.failed);
    return;
  }
  calendar.replaceWith(document.adoptNode(fresh));
  prepare();
  announce(page.querySelector("#said p")?.textContent.trim());
  document.getElementById(id)?.querySelector("a[href]")?.focus();
}

document.addEventListener("keydown", (event) => {
  const days = DAYS[event.key];
  if (!days || !event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
  const entry = event.target instanceof Element && !event.target.closest(".pop") && event.target.closest("[data-moves]");
  if (!entry) return;
  event.preventDefault();
  const day = new Date(`${entry.closest("[data-day]").dataset.day}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  move(entry, day.toISOString().slice(0, 10));
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-calendar] form[data-move]")) return;
  event.preventDefault();
  send(form, form.closest("[data-moves]").id, () => {}, event.submitter);
});

prepare();
