// A message as a bubble: text by its entities, buttons, and the line under it.

import { button, el } from "/page/dom.js";
import { hourOf } from "/page/time.js";

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
  if (message.text) parts.append(el("div", { class: "text" }, ...pieces(message, acts)));
  parts.append(meta(message, group && !own && message.from.is_bot ? acts : null));
  const item = el("li", { class: own ? "own" : "theirs", "data-id": message.id }, parts);
  if (message.buttons.length) item.append(rows(message, acts));
  if (edited) item.classList.add("edited");
  return item;
}

export function line(message) {
  const text = message.text || message.document || message.sticker || "Ảnh";
  return `${message.from.name}: ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`;
}

function attached(message) {
  if (message.sticker) return [el("p", { class: "sticker", role: "img", "aria-label": `Nhãn dán ${message.sticker}` }, message.sticker)];
  if (message.kind === "photo") return [el("p", { class: "attachment" }, "🖼 Ảnh")];
  if (message.document) return [el("p", { class: "attachment" }, `📄 ${message.document}`)];
  return [];
}

function meta(message, acts) {
  const said = [hourOf(message.date)];
  if (message.edited) said.push(`đã sửa ${hourOf(message.edit_date)}`);
  if (message.silent) said.push("không chuông");
  const under = el("p", { class: "meta" }, el("span", {}, said.join(" · ")));
  if (acts) under.append(button("Trả lời", { class: "reply", onclick: () => acts.reply(message) }));
  return under;
}

function rows(message, acts) {
  const keyboard = el("div", { class: "keyboard", role: "group", "aria-label": "Nút của tin này" });
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
      const hidden = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Chữ được che, bấm để xem" }, ...inside);
      const show = () => { hidden.classList.add("shown"); hidden.removeAttribute("aria-label"); };
      hidden.addEventListener("click", show);
      hidden.addEventListener("keydown", (event) => { if (event.key === "Enter") show(); });
      return hidden;
    }
    default:
      return TAGS[entity.type] ? el(TAGS[entity.type], {}, ...inside) : el("span", { class: entity.type }, ...inside);
  }
}
