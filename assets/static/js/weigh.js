// Counts a text as each channel does. The same rules as src/channels/text.rs; assets/channels/counting.json holds both to them.

const segments = new Intl.Segmenter("da");
const graphemes = (text) => [...segments.segment(text)].map((part) => part.segment);
const count = (text) => graphemes(text).length;
const bytes = (text) => new TextEncoder().encode(text).length;
const points = (text) => [...text].length;

/** What a web address counts on Mastodon and X, however long it is. */
const URL_WEIGHT = 23;

/** Where web addresses stand: [from, to] in order. */
export function links(text) {
  const found = [];
  for (const match of text.matchAll(/(?<![\p{Alphabetic}\p{N}])https?:\/\/[^\s\p{Cc}<>"»«“”`]*/gu)) {
    let address = match[0];
    for (;;) {
      const last = [...address].at(-1);
      const lone = (open, close) => last === close && address.split(close).length > address.split(open).length;
      if (!".,;:!?…'’*_".includes(last) && !lone("(", ")") && !lone("[", "]")) break;
      address = address.slice(0, -last.length);
    }
    const host = address.split("://")[1] ?? "";
    if (/^[\p{Alphabetic}\p{N}[]/u.test(host)) found.push([match.index, match.index + address.length]);
  }
  return found;
}

function aroundLinks(text, weigh) {
  let total = 0;
  let at = 0;
  for (const [from, to] of links(text)) {
    total += weigh(text.slice(at, from)) + URL_WEIGHT;
    at = to;
  }
  return total + weigh(text.slice(at));
}

/** Whether a grapheme is drawn as a picture. */
const isEmoji = (grapheme) => /[\u{1f000}-\u{1faff}\u2600-\u27bf\u2b1b\u2b1c\u2b50\u2b55\ufe0f\u20e3]/u.test(grapheme);
/** Code points that count one on X. */
const isLight = (c) => /[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]/u.test(c);

function weightedX(text) {
  return graphemes(text.normalize("NFC"))
    .map((g) => (isEmoji(g) ? 2 : [...g].reduce((sum, c) => sum + (isLight(c) ? 1 : 2), 0)))
    .reduce((a, b) => a + b, 0);
}

/** `@kommune@social.example` counts as `@kommune`. */
function mentionsShortened(text) {
  let total = count(text);
  for (const word of text.split(/[\s(),;:!?]/u)) {
    const match = /^@([\p{Alphabetic}\p{N}._-]+)@([\p{Alphabetic}\p{N}._-]+)$/u.exec(word.replace(/\.+$/, ""));
    if (match) total -= count(match[2]) + 1;
  }
  return total;
}

const RULES = {
  graphemes_and_bytes: count,
  graphemes_url23: (text) => aroundLinks(text, mentionsShortened),
  weighted_x: (text) => aroundLinks(text, weightedX),
  utf16: (text) => text.length,
  char_emoji_bytes: (text) => graphemes(text).reduce((sum, g) => sum + (isEmoji(g) ? bytes(g) : points(g)), 0),
  utf8_bytes: bytes,
};

/** How much of a channel's limit a text takes. */
export const weight = (text, unit) => RULES[unit](text);
/** How many bytes it is; some channels have a limit for that too. */
export const heft = bytes;
