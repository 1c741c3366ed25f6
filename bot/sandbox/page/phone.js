// One person's phone: chats as tabs, messages, the typing field, and a small menu.

import { post } from "/page/api.js";
import { composer } from "/page/composer.js";
import { arrows, button, calm, el, menu, shortName } from "/page/dom.js";
import { icon } from "/page/icons.js";
import { bubble, dots } from "/page/message.js";
import { called, nameOf, networkOf } from "/page/network.js";
import { attachment, picture } from "/page/sending.js";
import { dayOf } from "/page/time.js";
import { answers, chips } from "/page/typing.js";
import { many, t } from "/page/words.js";

const NEAR = 160; // pixels from the end, within which the log goes on by itself

export class Phone {
  constructor(feed, person, shown) {
    this.feed = feed;
    this.id = person;
    this.shown = shown; // () => whether this phone is in sight
    this.chat = person;
    this.replying = null;
    this.unread = 0; // how many messages were new when the chat was opened
    this.typed = new Map(); // what stands unsent in the field, by chat
    this.tabs = el("div", { class: "chats", role: "tablist" });
    arrows(this.tabs);
    this.list = el("ol");
    this.list.addEventListener("animationend", ({ target }) => { // not once more when it is shown again
      target.closest("li").classList.remove("come", "edited", "lit");
    });
    this.log = el("div", { class: "log", role: "log", tabindex: "0" }, this.list);
    this.log.addEventListener("scroll", () => { this.ended = this.atEnd(); });
    new ResizeObserver(() => { if (this.ended !== false) this.toEnd(); }).observe(this.log);
    this.toasts = el("div", { class: "toasts", role: "status" });
    this.middle = el("div", { class: "middle", role: "tabpanel", id: `chat-${person}` }, this.log, this.toasts);
    this.head = el("header", { class: "owner" });
    this.hour = el("span", { class: "hour" });
    this.foot = el("footer", {});
    this.chips = el("div", { class: "chips", role: "group" });
    this.screen = el("div", { class: "screen" }, this.top(), this.head, this.tabs, this.middle, this.foot);
    this.element = el("section", { class: "phone", id: `phone-${person}`, "data-network": nameOf(this.person) }, this.screen);
    this.draw();
  }

  get person() { return this.feed.people.get(this.id); }
  get network() { return networkOf(this.person); }
  get called() { return called(this.person); }
  get bot() { return this.feed.botOf(this.person); }
  get current() { return this.feed.chats.get(this.chat); }
  get commands() {
    return (this.chat === this.id ? this.person.commands : this.current.commands?.[this.id]) ?? [];
  }

  // The strip above everything, as phones have it.
  top() {
    return el(
      "div", { class: "top", "aria-hidden": "true" },
      this.hour, el("span", { class: "island" }), el("span", { class: "signs" }, icon("signal"), icon("battery")),
    );
  }

  draw() {
    if (!this.feed.chatsOf(this.id).includes(this.current)) this.chat = this.id;
    this.drawHead();
    this.drawTabs();
    this.drawLog();
    this.drawFoot();
  }

  drawHead() {
    const { name, username, blocked, started } = this.person;
    this.element.setAttribute("aria-label", t("phone.name", { name: this.called }));
    this.log.setAttribute("aria-label", t("phone.messages", { name: this.called }));
    const about = name.split(" – ")[1] ?? (username && `@${username}`) ?? "";
    const standing = blocked ? t("phone.blocked") : started ? about : t(this.network.starts ? "phone.not_started" : "phone.not_written");
    this.head.replaceChildren(
      face(this.person),
      el("div", { class: "who" }, el("h2", { title: name }, el("span", {}, shortName(name)), this.sign()), el("p", { title: standing }, standing)),
      menu(
        "down", t("phone.more", { name: this.called }), icon("more"),
        this.choice("sticker", t("phone.sticker"), () => ({ sticker: "👍" })),
        this.choice("photo", t("phone.photo"), picture),
        this.choice("file", t("phone.file"), attachment),
        button(t(blocked ? "phone.unblock" : "phone.block"), {
          class: blocked ? null : "grave",
          onclick: () => this.try(() => post(`people/${this.id}/${blocked ? "unblock" : "block"}`)),
        }, icon("block")),
      ),
    );
  }

  sign() {
    const word = this.feed.wordFor(this.person);
    return word && el("span", { class: "network" }, !this.network.buttons && icon("chat"), word);
  }

  // made: what is to be sent, or nothing when somebody thinks better of it
  choice(sign, label, made) {
    const act = async () => {
      const body = await this.try(made);
      if (body) await this.send(body);
    };
    return button(label, { onclick: act }, icon(sign));
  }

  drawTabs() {
    const chats = this.feed.chatsOf(this.id);
    const held = this.tabs.contains(document.activeElement);
    this.tabs.hidden = chats.length < 2;
    this.tabs.setAttribute("aria-label", t("phone.chats", { name: this.called }));
    this.middle.setAttribute("aria-label", this.titleOf(this.current));
    this.tabs.replaceChildren(...chats.map((chat) => {
      const unread = chat.unread[this.id] ?? 0;
      const selected = chat.id === this.chat;
      return el(
        "button",
        {
          type: "button", role: "tab", "aria-selected": String(selected), "aria-controls": this.middle.id,
          tabindex: selected ? "0" : "-1", onclick: () => this.open(chat.id),
        },
        el("span", { class: "title" }, this.titleOf(chat)),
        unread ? badge(unread) : null,
      );
    }));
    if (held) this.tabs.querySelector("[aria-selected=true]")?.focus();
  }

  titleOf(chat) { return chat.type === "private" ? this.bot.name : chat.title; }

  open(chat) {
    if (chat !== this.chat) this.replying = null;
    this.chat = chat;
    this.unread = this.current.unread[this.id] ?? 0;
    this.draw();
    this.markRead();
  }

  drawLog() {
    this.day = null;
    const { messages } = this.current;
    const items = messages.flatMap((message) => this.items(message));
    const first = this.unread && messages[messages.length - this.unread];
    if (first) {
      const at = items.findIndex((item) => item.dataset.id === String(first.id));
      items.splice(at, 0, el("li", { class: "service new" }, t("chat.new")));
    }
    this.list.replaceChildren(...(items.length ? items : [el("li", { class: "service" }, t("chat.empty"))]));
    this.toEnd();
  }

  items(message, edited = false) {
    const day = dayOf(message.date);
    const items = day === this.day || edited ? [] : [el("li", { class: "service day" }, day)];
    if (!edited) this.day = day;
    const answered = message.reply_to && this.current.messages.find((other) => other.id === message.reply_to);
    items.push(bubble(message, {
      own: message.from.id === this.id,
      group: this.chat < 0,
      answered,
      edited,
      acts: {
        say: (text) => this.send({ text }),
        tap: (on, key, element) => this.tap(on, key, element),
        reply: (to) => { this.replying = to; this.drawFoot(true); },
      },
    }));
    return items;
  }

  drawFoot(focus = false) {
    const held = this.foot.contains(document.activeElement);
    this.drawChips();
    this.foot.replaceChildren(...composer(this, focus || held));
  }

  drawChips() {
    const offered = this.network.buttons ? [] : answers(this.current.messages, this.id);
    this.chips.setAttribute("aria-label", t("write.hand"));
    this.chips.replaceChildren(...chips(offered, ({ types, message }) => {
      this.foot.querySelector("textarea").focus();
      this.send({ text: types, ...(this.chat === this.id ? {} : { reply_to: message.id }) });
    }));
  }

  // What the feed has heard, where it touches this phone.
  heard(kind, body) {
    if (kind === "person" && body.id === this.id) {
      this.drawHead();
      this.drawFoot();
    } else if (kind === "message" && body.chat === this.chat) {
      const near = this.atEnd();
      if (this.current.messages.length === 1) this.list.replaceChildren();
      const items = this.items(body);
      if (this.shown()) items.at(-1).classList.add("come");
      this.list.append(...items);
      if (near || body.from.id === this.id) this.toEnd();
      if (body.reply_keyboard) this.drawFoot();
      this.drawChips();
    } else if ((kind === "edit" || kind === "lost") && body.chat === this.chat) {
      const near = this.atEnd();
      this.item(body.id)?.replaceWith(...this.items(body, true));
      if (near) this.toEnd();
      this.drawChips();
    } else if (kind === "delete" && body.chat === this.chat) {
      this.item(body.message)?.remove();
    } else if (kind === "callback" && body.person === this.id && body.text) {
      this.toast(body.text, body.show_alert);
    }
    if (kind === "message" || kind === "read") {
      this.drawTabs();
      this.markRead();
    }
  }

  item(message) { return this.list.querySelector(`[data-id="${message}"]`); }
  atEnd() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR; }
  toEnd() { this.log.scrollTop = this.log.scrollHeight; this.ended = true; }

  // Brings a message into view and lights it up for a moment; of a long one, the given part.
  reveal(message, part = null) {
    const item = this.item(message);
    if (!item) return;
    const log = this.log.getBoundingClientRect();
    const { top, bottom } = (part ?? item).getBoundingClientRect();
    const over = Math.max(bottom + 12 - log.bottom, 0);
    const long = bottom - top + 24 > log.height;
    this.log.scrollTop += top - 12 < log.top || long ? top - 12 - log.top : over;
    item.classList.remove("lit");
    void item.offsetWidth; // so that the light begins anew
    item.classList.add("lit");
  }

  // Only one phone speaks to a screen reader: else a message to a group is read once for each.
  speaks(aloud) { this.log.setAttribute("aria-live", aloud ? "polite" : "off"); }

  markRead() {
    if (this.reading || document.hidden || !this.shown() || !this.current.unread[this.id]) return;
    this.reading = true;
    post(`people/${this.id}/read`, { chat: this.chat })
      .catch(() => {}) // what is not marked now is marked with the next message
      .finally(() => { this.reading = false; });
  }

  async send(body) {
    const reply = this.replying ? { reply_to: this.replying.id } : {};
    const sent = await this.try(() => post(`people/${this.id}/say`, { chat: this.chat, ...reply, ...body }));
    if (sent && this.replying) { this.replying = null; this.drawFoot(true); }
    return sent;
  }

  async tap(message, key, element) {
    if (key.copy) { this.toast(t("phone.copied", { text: key.copy })); return null; }
    element.setAttribute("aria-busy", "true");
    const body = { chat: this.chat, message: message.id, data: key.data };
    const told = await this.try(() => post(`people/${this.id}/tap`, body));
    element.removeAttribute("aria-busy");
    if (told && !told.answered) this.toast(t("phone.no_answer"));
    return told;
  }

  // Shows words in the field as if they were typed, with a rest after each letter.
  async type(text, rest) {
    const field = this.foot.querySelector("textarea");
    if (!field) return;
    for (let at = calm() ? text.length : 1; at <= text.length; at += 1) {
      field.value = text.slice(0, at);
      field.dispatchEvent(new Event("input"));
      await rest();
    }
    field.value = "";
    field.dispatchEvent(new Event("input"));
  }

  async try(act) {
    try {
      return await act();
    } catch (error) {
      this.failure = error.message;
      this.toast(error.message);
      return null;
    }
  }

  // Closes what stands over the chat until somebody has read it.
  understands() {
    for (const one of this.toasts.querySelectorAll(".alert")) one.remove();
  }

  toast(text, alert = false) {
    const told = el("p", {}, text);
    dots(told);
    const shown = el("div", { class: alert ? "toast alert" : "toast" }, told);
    if (alert) shown.append(button(t("phone.understood"), { onclick: () => shown.remove() }));
    else setTimeout(() => shown.remove(), 4000 + 50 * text.length);
    this.toasts.append(shown);
  }
}

export function badge(count) {
  return el(
    "span", { class: "unread" },
    el("span", { "aria-hidden": "true" }, String(count)), el("span", { class: "aside" }, many("phone.unread", count)),
  );
}

// A person's initials on a colour of their own.
export function face(person) {
  const letters = shortName(person.name).split(/\s+/).slice(-2).map((word) => word[0]).join("");
  return el("span", { class: `face hue-${person.id % 8}`, "aria-hidden": "true" }, letters);
}
