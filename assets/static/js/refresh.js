// Keeps a part of the page true while someone looks at it:
//   <section id="queue" data-refresh="10">   asks for the same page every 10 seconds and takes over the part with the same id
// Nothing is asked while the page is hidden, nothing is replaced under the reader's hands (focus or an open menu inside), and
// an element that comes back without `data-refresh` stops asking: that is how the server says that it is finished.

const parts = () => document.querySelectorAll("[data-refresh][id]");

function busy(part) {
  return part.contains(document.activeElement) || part.querySelector("details.menu[open]");
}

async function refresh(part) {
  try {
    const answer = await fetch(part.dataset.refreshFrom ?? location.href, {
      headers: { "HX-Request": "true", Accept: "text/html" },
      credentials: "same-origin",
    });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(part.id);
    if (fresh && !busy(part) && fresh.innerHTML !== part.innerHTML) part.replaceWith(document.adoptNode(fresh));
    else if (fresh && !fresh.dataset.refresh) part.removeAttribute("data-refresh");
  } catch {
    // the next round asks again; what is shown stays
  }
}

let seconds = 0;
setInterval(() => {
  if (document.visibilityState !== "visible") return;
  seconds += 1;
  for (const part of parts()) {
    if (seconds % Math.max(2, Number(part.dataset.refresh)) === 0 && !busy(part)) refresh(part);
  }
}, 1000);
