// The foot of a phone: what one can type or choose there now.

import { post } from "/page/api.js";
import { button, el, menu } from "/page/dom.js";
import { icon } from "/page/icons.js";
import { line } from "/page/message.js";
import { hand } from "/page/typing.js";
import { t } from "/page/words.js";

export function composer(phone, focus) {
  const { blocked, started } = phone.person;
  const { network, called: name } = phone;
  const own = phone.chat === phone.id;
  if (own && blocked) {
    return [instead(t("phone.unblock"), () => phone.try(() => post(`people/${phone.id}/unblock`)))];
  }
  const parts = [];
  if (own && !started && network.starts) parts.push(instead(t("write.start"), () => phone.send({ text: "/start" })));
  if (phone.replying) parts.push(quoted(phone));
  const labels = replyKeyboard(phone);
  if (labels.length) parts.push(keyboard(phone, labels));
  const field = el("textarea", {
    rows: "1", maxlength: network.longest, placeholder: t(own ? "write.to_bot" : "write.to_group"),
    "aria-label": t("write.field", { name }),
  });
  const beside = network.buttons ? commands(phone) : [hand()];
  const form = el("form", { class: "composer" }, ...beside, field, el("button", { class: "send", "aria-label": t("write.send") }, icon("send")));
  const grow = () => {
    phone.typed.set(phone.chat, field.value);
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight + 2, 140)}px`;
  };
  field.value = phone.typed.get(phone.chat) ?? "";
  field.addEventListener("input", grow);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value;
    if (!text.trim()) return;
    field.value = "";
    grow();
    if (!(await phone.send({ text })) && !field.value) {
      field.value = text;
      grow();
    }
  });
  if (!network.buttons) parts.push(phone.chips);
  if (!network.buttons && !own) parts.push(heard(phone, field));
  parts.push(form);
  if (focus) queueMicrotask(() => field.focus());
  return parts;
}

// What the bot hears in such a group, and the name that makes it listen.
function heard(phone, field) {
  const hint = el("p", { id: `heard-${phone.id}` }, t("write.heard", { bot: phone.bot.name }));
  field.setAttribute("aria-describedby", hint.id);
  return el("div", { class: "heard" }, hint, button(`@${phone.bot.name}`, {
    class: "chip", "aria-label": t("write.mention", { bot: phone.bot.name }),
    onclick: () => mention(field, `@${phone.bot.name} `),
  }));
}

function mention(field, name) {
  const { selectionStart: at, selectionEnd: end, value } = field;
  field.setRangeText(at && !/\s/.test(value[at - 1]) ? ` ${name}` : name, at, end, "end");
  field.dispatchEvent(new Event("input"));
  field.focus();
}

function instead(label, act) {
  return button(label, { class: "instead", onclick: act });
}

function quoted(phone) {
  return el(
    "div", { class: "quoted" },
    el("p", {}, t("write.replying", { line: line(phone.replying) })),
    el("button", {
      type: "button", "aria-label": t("write.no_reply"),
      onclick: () => { phone.replying = null; phone.drawFoot(true); },
    }, icon("close")),
  );
}

function replyKeyboard(phone) {
  const said = phone.current.messages.filter((message) => message.reply_keyboard);
  return said.length ? said[said.length - 1].reply_keyboard : [];
}

function keyboard(phone, labels) {
  return el("div", { class: "keyboard under" }, ...labels.map((row) =>
    el("div", { class: "row" }, ...row.map((text) => button(text, { class: "key", onclick: () => phone.send({ text }) })))));
}

function commands(phone) {
  const known = phone.commands;
  if (!known.length) return [];
  return [menu("up", t("write.commands", { name: phone.called }), icon("commands"), ...known.map(({ command, description }) =>
    button(description, { title: `/${command}`, onclick: () => phone.send({ text: `/${command}` }) })))];
}
