// Files in parts, with a bar for each and going on after a broken connection. Enhances a form with `data-upload`:
//   data-parts   where parts are sent: POST begins (or finds what was begun), PATCH adds, POST on it finishes
//   data-field   the file field; [data-files] in the form is the list in which each file gets its line
//   data-progress … data-error   the sentences, with [name], [percent] and [why] in them
// Without script the form sends everything at once. The same file chosen again goes on where it stopped.

import { announce } from "./announce.js";

const WAITS = [1, 2, 4, 8, 15, 30];

class Refused extends Error {}
class Stopped extends Error {}

const fill = (sentence, values) => sentence.replace(/\[(\w+)\]/g, (_, name) => values[name] ?? "");
const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", (event) => {
    const field = form.elements[form.dataset.field];
    // nothing chosen: the server says so
    if (!field.files.length) return;
    event.preventDefault();
    sendAll(form, [...field.files]);
  });
}

async function sendAll(form, files) {
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  const list = form.querySelector("[data-files]");
  list.replaceChildren();
  const lines = files.map((file) => new Line(form, list, file));
  let taken = "";
  for (const line of lines) taken = (await line.run()) || taken;
  button.disabled = false;
  const bad = lines.filter((line) => line.failed);
  if (!bad.length && taken) {
    location.assign(files.length === 1 ? taken : form.action);
    return;
  }
  // what was taken must not be sent again
  form.reset();
  bad[0]?.text.focus();
}

class Line {
  constructor(form, list, file) {
    this.form = form;
    this.file = file;
    this.words = form.dataset;
    this.failed = false;
    this.item = document.createElement("li");
    this.text = document.createElement("p");
    this.text.tabIndex = -1;
    this.bar = document.createElement("progress");
    this.bar.className = "progress";
    this.bar.max = 100;
    this.stop = document.createElement("button");
    this.stop.type = "button";
    this.stop.className = "button button-tertiary compact";
    this.stop.textContent = this.words.stop;
    const name = document.createElement("span");
    name.className = "sr-only";
    name.textContent = ` ${file.name}`;
    this.stop.append(name);
    this.stop.addEventListener("click", () => {
      this.stopped = true;
      this.request?.abort();
      this.wake?.();
    });
    this.item.append(this.text, this.bar, this.stop);
    list.append(this.item);
    this.show(0);
  }

  say(sentence, values = {}) {
    this.text.textContent = fill(sentence, { name: this.file.name, ...values });
    return this.text.textContent;
  }

  show(sent) {
    const percent = this.file.size ? Math.floor((100 * sent) / this.file.size) : 0;
    this.bar.value = percent;
    this.bar.setAttribute("aria-label", this.say(this.words.progress, { percent }));
    // every quarter is enough for the ear
    if (Math.floor(percent / 25) > (this.quarter ?? 0)) {
      this.quarter = Math.floor(percent / 25);
      announce(this.text.textContent);
    }
  }

  /** Sends the file; gives the address of what it became, or nothing. */
  async run() {
    try {
      const href = await this.send();
      this.end("taken");
      return href;
    } catch (error) {
      if (error instanceof Stopped) {
        if (this.href) this.ask("POST", `${this.href}/stop`, this.fields({})).catch(() => {});
        this.end("stopped");
      } else {
        this.failed = true;
        this.item.className = "form-error";
        this.text.className = "form-error-message";
        this.end("failed", error.message, this.words.error);
      }
      return "";
    }
  }

  end(sentence, why = "", before = "") {
    this.bar.remove();
    this.stop.remove();
    const said = this.say(`${before} ${this.words[sentence]}`.trim(), { why });
    announce(said);
  }

  fields(values) {
    return new URLSearchParams({ _csrf: this.form.elements._csrf.value, ...values });
  }

  async send() {
    const { name, size, lastModified: modified } = this.file;
    const begun = await this.ask("POST", this.words.parts, this.fields({ unit: this.form.elements.unit.value, name, bytes: size, modified }));
    const { href, part } = JSON.parse(begun.responseText);
    this.href = href;
    let at = Number(begun.getResponseHeader("Upload-Offset"));
    if (at) announce(this.say(this.words.resumed));
    while (at < size) {
      const answer = await this.ask("PATCH", href, this.file.slice(at, at + part), at);
      at = Number(answer.getResponseHeader("Upload-Offset"));
      this.show(at);
    }
    this.say(this.words.checking);
    this.bar.removeAttribute("value");
    const done = await this.ask("POST", href, this.fields({}));
    return JSON.parse(done.responseText).href;
  }

  /** One request, tried again while the network or the server is away. */
  async ask(method, href, body, offset) {
    for (let tries = 0; ; tries += 1) {
      if (this.stopped && !href.endsWith("/stop")) throw new Stopped();
      const answer = await this.once(method, href, body, offset);
      if (answer.status >= 200 && answer.status < 300) return answer;
      if (answer.status === 409) return answer;
      if (answer.status === 422) throw new Refused(JSON.parse(answer.responseText).error);
      if (answer.status >= 400 && answer.status < 500) throw new Refused(this.words.again);
      if (this.stopped) continue;
      announce(this.say(this.words.broken));
      await Promise.race([pause(WAITS[Math.min(tries, WAITS.length - 1)]), new Promise((wake) => (this.wake = wake))]);
      if (method !== "PATCH") continue;
      // part of it may have come: ask where to go on from
      const standing = await this.once("GET", href);
      if (standing.status === 204) return standing;
    }
  }

  once(method, href, body, offset) {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      this.request = request;
      request.open(method, href);
      if (offset !== undefined) {
        request.setRequestHeader("Upload-Offset", offset);
        request.setRequestHeader("X-CSRF-Token", this.form.elements._csrf.value);
        request.setRequestHeader("Content-Type", "application/octet-stream");
        request.upload.addEventListener("progress", (event) => this.show(offset + event.loaded));
      }
      request.addEventListener("loadend", () => done(request));
      request.send(body);
    });
  }
}
