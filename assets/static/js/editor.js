// Turns the text field of an ad into an editor with headings, bold, italics, lists and links. The field stays where it is, hidden
// and in step, so the form is the same with and without script:
//   <div class="rich" data-rich data-labelledby="id" data-describedby="ids"><trix-toolbar id="body-tools" hidden>…</trix-toolbar>
//   <textarea id="body" name="body">…</textarea></div>            (see templates/parts/rich.html)

const { blockAttributes, textAttributes } = Trix.config;
blockAttributes.default.tagName = "p";
blockAttributes.heading1 = { tagName: "h2", terminal: true, breakOnReturn: true, group: false };
blockAttributes.heading2 = { tagName: "h3", terminal: true, breakOnReturn: true, group: false };
delete blockAttributes.code;
delete blockAttributes.quote;
delete textAttributes.strike;

for (const box of document.querySelectorAll("[data-rich]")) edit(box);

function edit(box) {
  const field = box.querySelector("textarea");
  const tools = box.querySelector("trix-toolbar");
  const store = document.createElement("input");
  store.type = "hidden";
  store.id = `${field.id}-html`;
  store.value = paragraphs(field.value);
  const editor = document.createElement("trix-editor");
  editor.setAttribute("input", store.id);
  editor.setAttribute("toolbar", tools.id);
  editor.setAttribute("aria-labelledby", box.dataset.labelledby);
  if (box.dataset.describedby) editor.setAttribute("aria-describedby", box.dataset.describedby);
  if (field.getAttribute("aria-invalid") === "true") editor.setAttribute("aria-invalid", "true");
  editor.setAttribute("aria-multiline", "true");
  if (field.lang) editor.lang = field.lang;

  editor.addEventListener("trix-file-accept", (event) => event.preventDefault());
  editor.addEventListener("trix-change", () => {
    field.value = store.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  editor.addEventListener("beforeinput", paragraphOnReturn, true);
  document.querySelector(`label[for="${field.id}"]`)?.addEventListener("click", () => editor.focus());
  tools.addEventListener("keydown", walkTools);
  editor.addEventListener("trix-selection-change", () => markPressed(tools));

  field.hidden = true;
  tools.hidden = false;
  // the error summary links to the field; the editor takes its place
  editor.id = field.id;
  field.removeAttribute("id");
  box.append(store, editor);
}

/** Trix would put a line break into the paragraph; people expect Return to begin the next one. */
function paragraphOnReturn(event) {
  const { composition } = event.currentTarget.editor;
  if (event.inputType !== "insertParagraph" || composition.getBlock().hasAttributes()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  event.currentTarget.editor.recordUndoEntry("Return");
  composition.insertBlockBreak();
}

/** Plain text with blank lines (typed without script) becomes paragraphs; what is already marked up stays as it is. */
function paragraphs(text) {
  if (/<(p|h2|h3|ul|ol|div|br)\b/i.test(text) || !text.trim()) return text;
  const holder = document.createElement("div");
  for (const part of text.split(/\n\s*\n/)) {
    const paragraph = document.createElement("p");
    paragraph.textContent = part.trim();
    holder.append(paragraph);
  }
  return holder.innerHTML;
}

/** One stop for Tab, arrows inside, as a toolbar should. */
function walkTools(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step || !event.target.matches(".tool")) return;
  const tools = [...event.currentTarget.querySelectorAll(".tool:not(:disabled)")];
  const next = tools[(tools.indexOf(event.target) + step + tools.length) % tools.length];
  for (const tool of tools) tool.tabIndex = tool === next ? 0 : -1;
  next.focus();
  event.preventDefault();
}

function markPressed(tools) {
  requestAnimationFrame(() => {
    for (const tool of tools.querySelectorAll(".tool[data-trix-attribute]")) {
      tool.setAttribute("aria-pressed", String(tool.classList.contains("trix-active")));
    }
  });
}
