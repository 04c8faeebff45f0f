// Dragging on the board. A drop fills in the card's own "Flyt…" form and sends it: there is one route and one set of rules.
// What the page must offer (and what works without this script):
//   <div id="board" data-board data-failed="sentence when the server cannot be reached">
//     <section class="col" data-stage="interview"> … <ol data-cards>
//       <li data-card><article class="kort" id="a17"> … <form data-move method="post" action="…">
//          <select name="stage">…</select> <select name="place">…</select>   place counts from 1
// The answer, also one of 409 when somebody else was faster, holds the true `#board`, whose `data-said` is the sentence to say
// and whose <template data-undo> holds the form that takes it back.

import { announce } from "./announce.js";

let sorters = [];

function prepare() {
  for (const sorter of sorters) sorter.destroy();
  const board = document.querySelector("[data-board]");
  if (!board || typeof Sortable === "undefined") return;
  sorters = [...board.querySelectorAll("[data-cards]")].map((list) => new Sortable(list, {
    group: "board",
    draggable: "[data-card]",
    filter: "a, button, input, select, summary, label, .menu",
    preventOnFilter: false,
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 140,
    delay: 180,
    delayOnTouchOnly: true,
    onEnd: dropped,
  }));
}

function dropped({ item, from, to, oldDraggableIndex, newDraggableIndex }) {
  if (from === to && oldDraggableIndex === newDraggableIndex) return;
  const form = item.querySelector("form[data-move]");
  fill(form, "stage", to.closest("[data-stage]").dataset.stage);
  fill(form, "place", String(newDraggableIndex + 1));
  const back = () => {
    const others = [...from.querySelectorAll(":scope > [data-card]")].filter((card) => card !== item);
    from.insertBefore(item, others[oldDraggableIndex] ?? null);
  };
  send(form, back);
}

/** Chooses `value` in the form's field; a place the menu does not list is added to it. */
function fill(form, name, value) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLSelectElement && ![...field.options].some((option) => option.value === value)) {
    field.add(new Option(value, value));
  }
  field.value = value;
}

async function send(form, undo = () => {}) {
  const card = form.closest(".kort");
  const board = document.querySelector("[data-board]");
  let page;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { "HX-Request": "true", Accept: "text/html" },
      credentials: "same-origin",
    });
    if (!answer.ok && answer.status !== 409 && answer.status !== 422) throw new Error(String(answer.status));
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    undo();
    announce(board.dataset.failed);
    return;
  }
  const fresh = page.getElementById(board.id);
  if (!fresh) {
    // an answer of another kind: logged out, or the posting is gone. Let the browser show it.
    form.submit();
    return;
  }
  board.replaceWith(document.adoptNode(fresh));
  const numbers = page.getElementById("live");
  if (numbers) document.getElementById("live")?.replaceWith(document.adoptNode(numbers));
  prepare();
  announce(fresh.dataset.said, fresh.querySelector("template[data-undo]")?.content.firstElementChild);
  const moved = card && document.getElementById(card.id);
  (moved?.querySelector("[aria-invalid]") ?? moved?.querySelector("summary") ?? moved?.querySelector("a[href]"))?.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-board] form[data-move], form[data-undo]")) return;
  event.preventDefault();
  send(form);
});

prepare();
