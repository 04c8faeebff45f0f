// Manners of the small menus (<details class="menu"> with a form in it): opening goes to the first field, Escape and a click
// elsewhere close, and focus returns to where it came from. Without script they open and close as any <details>.

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!(menu instanceof HTMLDetailsElement) || !menu.matches(".menu") || !menu.open) return;
  for (const other of document.querySelectorAll("details.menu[open]")) {
    if (other !== menu) other.open = false;
  }
  menu.querySelector("select, input:not([type=hidden]), textarea, button, a[href]")?.focus();
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target instanceof Element && event.target.closest("details.menu[open]");
  if (menu) close(menu);
});

document.addEventListener("click", (event) => {
  const menu = event.target instanceof Element && event.target.closest("details.menu");
  if (event.target instanceof Element && event.target.closest("[data-close-menu]") && menu) {
    close(menu);
    return;
  }
  for (const other of document.querySelectorAll("details.menu[open]")) {
    if (other !== menu) other.open = false;
  }
});

function close(menu) {
  menu.open = false;
  menu.querySelector("summary").focus();
}
