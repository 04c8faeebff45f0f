// What htmx leaves to the page: a part keeps its old content when the server or the network fails, and a notice above it says
// so with a button to try again. The words stand on <body>: data-swap-failed, data-try-again.

document.addEventListener("htmx:error", (event) => failed(event.detail?.ctx));
document.addEventListener("htmx:response:error", (event) => {
  const ctx = event.detail?.ctx;
  if (ctx && ctx.response.status >= 500) failed(ctx);
});
document.addEventListener("htmx:after:swap", (event) => {
  const target = event.detail?.ctx?.target;
  if (target?.id) document.getElementById(`${target.id}-failed`)?.remove();
});

function failed(ctx) {
  const target = ctx?.target;
  if (!(target instanceof Element) || !target.id) return;
  const id = `${target.id}-failed`;
  document.getElementById(id)?.remove();
  const notice = document.createElement("div");
  notice.id = id;
  notice.className = "alert alert-error swap-notice";
  notice.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.className = "alert-text";
  words.textContent = document.body.dataset.swapFailed;
  const again = document.createElement("button");
  again.type = "button";
  again.className = "button button-secondary compact";
  again.textContent = document.body.dataset.tryAgain;
  again.addEventListener("click", () => {
    notice.remove();
    if (ctx.sourceElement.isConnected) htmx.trigger(ctx.sourceElement, ctx.sourceElement.matches("form") ? "submit" : "click");
    else location.reload();
  });
  notice.append(words, again);
  target.before(notice);
}
