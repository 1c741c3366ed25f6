// A message as a bubble: text by its entities, buttons, and the line under it.

import { changes, mark } from "/page/changed.js";
import { button, el } from "/page/dom.js";
import { icon } from "/page/icons.js";
import { hourOf } from "/page/time.js";
import { t } from "/page/words.js";

const DOTS = { "🟢": "green", "🟡": "yellow", "🔴": "red" };
const VIETNAMESE = /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i;

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s",
  code: "code", pre: "pre", blockquote: "blockquote", expandable_blockquote: "blockquote",
};

// acts: { say(text), tap(message, button, element), reply(message) }
export function bubble(message, { own, group, answered, acts, edited }) {
  if (message.kind === "service") return el("li", { class: "service", "data-id": message.id }, message.text);
  const parts = el("div", { class: "bubble" });
  if (group && !own) parts.append(el("p", { class: "sender" }, message.from.name));
  if (answered) parts.append(el("p", { class: "answered" }, line(answered)));
  parts.append(...attached(message));
  if (message.text) parts.append(words(message, acts));
  if (message.lost) parts.append(el("p", { class: "unheard" }, icon("block"), t("message.lost")));
  parts.append(meta(message, group && !own && message.from.is_bot ? acts : null));
  const item = el("li", { class: own ? "own" : "theirs", "data-id": message.id }, parts);
  if (message.lost) item.classList.add("lost");
  if (message.buttons.length) item.append(rows(message, acts));
  if (edited) item.classList.add("edited");
  return item;
}

export const tongue = (text) => (VIETNAMESE.test(text) ? "vi" : null);

export function line(message) {
  return `${message.from.name}: ${beginning(message, 60)}`;
}

const fileOf = (message) => message.document ?? message.file?.name;

export function beginning(message, length) {
  const text = message.text || (message.picture ? "" : fileOf(message)) || message.sticker || t("message.photo");
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

// Signal dots are drawn, so that they look the same where no font has them.
export function dots(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const node of texts) {
    const parts = node.data.split(/(🟢|🟡|🔴)/u);
    if (parts.length === 1) continue;
    node.replaceWith(...parts.filter(Boolean).map((part) => (DOTS[part] ? el("span", { class: `dot ${DOTS[part]}` }, part) : part)));
  }
}

// The text, with what its last edit has changed.
function words(message, acts) {
  const text = el("div", { class: "text", lang: tongue(message.text) }, ...pieces(message, acts));
  dots(text);
  if (message.edited && message.before) mark(text, changes(message.before, message.text));
  return text;
}

function attached(message) {
  if (message.sticker) return [el("p", { class: "sticker", role: "img", "aria-label": t("message.sticker", { emoji: message.sticker }) }, message.sticker)];
  if (message.picture) return [picture(message)];
  if (message.kind === "photo") return [el("p", { class: "attachment" }, icon("photo"), t("message.photo"))];
  const name = fileOf(message);
  if (name) return [el(message.file ? "a" : "p", { class: "attachment", href: message.file?.address, download: message.file && name }, icon("file"), name)];
  return [];
}

// The page shows pictures of this server only; another's is a link.
function picture(message) {
  const ours = message.picture.startsWith("/");
  const link = { class: ours ? "picture" : "attachment", href: message.picture, target: "_blank", rel: "noopener noreferrer" };
  if (!ours) return el("a", link, icon("photo"), t("message.photo"));
  return el(
    "a", link,
    el("img", { src: message.picture, alt: t("message.photo_of", { name: message.from.name }) }),
  );
}

function meta(message, acts) {
  return el(
    "p", { class: "meta" },
    acts && button(t("message.reply"), { class: "reply", onclick: () => acts.reply(message) }, icon("reply")),
    message.edited && el("span", { class: "when edit" }, icon("pencil"), t("message.edited", { time: hourOf(message.edit_date) })),
    message.silent && el("span", { class: "when", title: t("message.silent") }, icon("silent"), el("span", { class: "aside" }, t("message.silent"))),
    el("span", { class: "when" }, hourOf(message.date)),
  );
}

function rows(message, acts) {
  const keyboard = el("div", { class: "keyboard", role: "group", "aria-label": t("message.buttons") });
  for (const row of message.buttons) {
    const shown = row.map((key) => key.url && !key.data
      ? link(key.url, key.label, acts, "key")
      : button(key.label, { class: "key", onclick: (event) => acts.tap(message, key, event.currentTarget) }));
    keyboard.append(el("div", { class: "row" }, ...shown));
  }
  return keyboard;
}

function link(url, label, acts, look) {
  const start = /^(?:https?:\/\/)?t\.me\/(\w+)\?start=([\w-]{1,64})$/.exec(url);
  if (start) return button(label, { class: look, onclick: () => acts.say(`/start ${start[2]}`) });
  const safe = /^https?:\/\//i.test(url) ? url : `https://${url}`;
  return el("a", { class: look, href: safe, target: "_blank", rel: "noopener noreferrer" }, label);
}

function pieces(message, acts) {
  return between(message.text, 0, message.text.length, message.entities, acts);
}

// Entities are sorted by offset, the longer first: what lies inside another comes after it.
function between(text, begin, end, entities, acts) {
  const nodes = [];
  let at = begin;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    if (entity.offset < at) continue;
    if (entity.offset >= end) break;
    const stop = Math.min(entity.offset + entity.length, end);
    const inside = entities.slice(index + 1).filter((other) => other.offset < stop);
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    nodes.push(styled(entity, text.slice(entity.offset, stop), between(text, entity.offset, stop, inside, acts), acts));
    at = stop;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function styled(entity, words, inside, acts) {
  switch (entity.type) {
    case "bot_command":
      return button(words, { class: "command", onclick: () => acts.say(words) });
    case "text_link":
      return link(entity.url, words, acts, "link");
    case "url":
      return link(words, words, acts, "link");
    case "spoiler": {
      const hidden = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": t("message.hidden") }, ...inside);
      const show = () => { hidden.classList.add("shown"); hidden.removeAttribute("aria-label"); };
      hidden.addEventListener("click", show);
      hidden.addEventListener("keydown", (event) => { if (event.key === "Enter") show(); });
      return hidden;
    }
    default:
      return TAGS[entity.type] ? el(TAGS[entity.type], {}, ...inside) : el("span", { class: entity.type }, ...inside);
  }
}
