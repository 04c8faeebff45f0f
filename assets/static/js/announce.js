// Says results in whole sentences. The page has one polite live region, the toast corner, which exists from the start:
//   <div class="toasts" id="said" role="status" data-close="Luk">…</div>
// Other modules import `announce`; a sentence the server put there is said again, because what is there at load is not read out.

const corner = () => document.getElementById("said");

const UNDO_FOR = 10_000;

/** Shows `sentence` in the corner and has it read out. An empty sentence clears the corner. `undo` is a form that takes back
    what was done; it is offered for ten seconds, and longer while the focus is on it. */
export function announce(sentence, undo = null) {
  const region = corner();
  if (!region) return;
  region.replaceChildren();
  if (!sentence) return;
  const toast = document.createElement("div");
  toast.className = "toastx";
  const text = document.createElement("p");
  text.textContent = sentence;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = region.dataset.close;
  close.addEventListener("click", () => toast.remove());
  toast.append(text, ...(undo ? [undo] : []), close);
  if (undo) setTimeout(function end() {
    if (undo.contains(document.activeElement)) setTimeout(end, 1000);
    else undo.remove();
  }, UNDO_FOR);
  // a frame later, so that saying the same sentence twice is two changes
  requestAnimationFrame(() => region.replaceChildren(toast));
}

const said = corner()?.querySelector("p")?.textContent.trim();
if (said) announce(said, corner().querySelector("form"));
