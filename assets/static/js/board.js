// The board: "Flyt…" opens the card's form inside the card, and a drop sends what that form would: there is one route and one
// set of rules. What the page must offer (and what works without this script):
//   <div id="board" data-board data-csrf="…" data-failed="sentence when the server cannot be reached">
//     <section class="col" data-stage="interview"> … <ol data-cards>
//       <li data-card><article class="kort" id="a17" data-version="3"> … <a data-move-open href="/ansoegninger/17/flyt">
// That address answers this script with <form data-move> alone, which has <a data-move-close>; the same address takes it.
// Its answer, also one of 409 when somebody else was faster, holds the true `#board`, whose `data-said` is the sentence to say
// and whose <template data-undo> holds the form that takes it back; one of 422 is the form with what is wrong in it.

import { announce } from "./announce.js";

let sorters = [];

function prepare() {
  for (const sorter of sorters) sorter.destroy();
  const board = document.querySelector("[data-board]");
  if (!board || typeof Sortable === "undefined") return;
  sorters = [...board.querySelectorAll("[data-cards]")].map((list) => new Sortable(list, {
    group: "board",
    draggable: "[data-card]",
    filter: "a, button, input, select, label, .pop",
    preventOnFilter: false,
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 140,
    delay: 180,
    delayOnTouchOnly: true,
    onEnd: dropped,
  }));
}

function dropped({ item, from, to, oldDraggableIndex, newDraggableIndex }) {
  if (from === to && oldDraggableIndex === newDraggableIndex) return;
  const card = item.querySelector(".kort");
  const back = () => {
    const others = [...from.querySelectorAll(":scope > [data-card]")].filter((other) => other !== item);
    from.insertBefore(item, others[oldDraggableIndex] ?? null);
  };
  const way = card.querySelector("[data-move-open]");
  if (!way) return back();
  const body = new URLSearchParams({
    _csrf: document.querySelector("[data-board]").dataset.csrf,
    version: card.dataset.version,
    stage: to.closest("[data-stage]").dataset.stage,
    place: String(newDraggableIndex + 1),
    reason: "",
  });
  send(way.href, body, card, back);
}

const asked = { headers: { "HX-Request": "true", Accept: "text/html" }, credentials: "same-origin" };
const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

/** Opens the form inside the card, or closes it when it is open. */
async function toggle(way) {
  const card = way.closest(".kort");
  if (card.querySelector(".pop")) return close(card);
  try {
    const answer = await fetch(way.href, asked);
    const form = answer.ok && !answer.redirected && (await parsed(answer)).querySelector("form[data-move]");
    if (!form) throw new Error(String(answer.status));
    show(card, form);
  } catch {
    // logged out, or it is gone, or the server is away: the page says which
    location.assign(way.href);
  }
}

function show(card, form) {
  close(card);
  const pop = document.createElement("div");
  pop.className = "pop";
  pop.append(document.adoptNode(form));
  card.querySelector(".foot").append(pop);
  card.querySelector("[data-move-open]")?.setAttribute("aria-expanded", "true");
  (form.querySelector("[aria-invalid]") ?? form.querySelector("select")).focus();
}

function close(card) {
  const pop = card.querySelector(".pop");
  if (!pop) return;
  const within = pop.contains(document.activeElement);
  pop.remove();
  const way = card.querySelector("[data-move-open]");
  way?.setAttribute("aria-expanded", "false");
  if (within) way?.focus();
}

async function send(address, body, card, undo = () => {}) {
  const board = document.querySelector("[data-board]");
  let answer;
  let page;
  try {
    answer = await fetch(address, { method: "POST", body, ...asked });
    if (!answer.ok && answer.status !== 409 && answer.status !== 422) throw new Error(String(answer.status));
    page = await parsed(answer);
  } catch {
    undo();
    announce(board.dataset.failed);
    return;
  }
  const fresh = page.getElementById(board.id);
  if (!fresh) {
    undo();
    const form = page.querySelector("form[data-move]");
    // an answer of another kind: logged out, or the posting is gone. Let the browser show it.
    if (!card || !form) return location.assign(answer.url);
    show(card, form);
    announce(form.querySelector(".form-error-message")?.textContent ?? "");
    return;
  }
  board.replaceWith(document.adoptNode(fresh));
  const numbers = page.getElementById("live");
  if (numbers) document.getElementById("live")?.replaceWith(document.adoptNode(numbers));
  prepare();
  announce(fresh.dataset.said, fresh.querySelector("template[data-undo]")?.content.firstElementChild);
  const moved = card && document.getElementById(card.id);
  (moved?.querySelector("[data-move-open]") ?? moved?.querySelector("a[href]"))?.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-board] form[data-move], form[data-undo]")) return;
  event.preventDefault();
  send(form.action, new URLSearchParams(new FormData(form)), form.closest(".kort"));
});

document.addEventListener("click", (event) => {
  const way = event.target.closest?.("[data-board] :is([data-move-open], [data-move-close])");
  if (!way || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  if (way.matches("[data-move-close]")) close(way.closest(".kort"));
  else toggle(way);
});

document.addEventListener("keydown", (event) => {
  const card = event.key === "Escape" && event.target.closest?.("[data-board] .kort");
  if (card) close(card);
});

prepare();
