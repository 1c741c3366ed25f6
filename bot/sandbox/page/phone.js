// One person's phone: chats as tabs, messages, the typing field, and a small menu.

import { post } from "/page/api.js";
import { composer } from "/page/composer.js";
import { arrows, button, el, shortName } from "/page/dom.js";
import { bubble } from "/page/message.js";
import { dayOf } from "/page/time.js";

export class Phone {
  constructor(feed, person, shown) {
    this.feed = feed;
    this.id = person;
    this.shown = shown; // () => whether this phone is in sight
    this.chat = person;
    this.replying = null;
    this.typed = new Map(); // what stands unsent in the field, by chat
    this.tabs = el("div", { class: "chats", role: "tablist" });
    arrows(this.tabs);
    this.list = el("ol");
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0" }, this.list);
    this.toasts = el("div", { class: "toasts", role: "status" });
    this.head = el("header", { class: "owner" });
    this.foot = el("footer", {});
    this.element = el(
      "section",
      { class: "phone", id: `phone-${person}` },
      this.head, this.tabs, el("div", { class: "middle" }, this.log, this.toasts), this.foot,
    );
    this.draw();
  }

  get person() { return this.feed.people.get(this.id); }
  get current() { return this.feed.chats.get(this.chat); }

  draw() {
    if (!this.feed.chatsOf(this.id).includes(this.current)) this.chat = this.id;
    this.drawHead();
    this.drawTabs();
    this.drawLog();
    this.drawFoot();
  }

  drawHead() {
    const { name, username, blocked, started } = this.person;
    this.element.setAttribute("aria-label", `Điện thoại của ${name}`);
    this.log.setAttribute("aria-label", `Tin nhắn trên điện thoại của ${name}`);
    const standing = blocked ? "đã chặn bot" : started ? username && `@${username}` : "chưa bấm Bắt đầu";
    const letters = shortName(name).split(/\s+/).slice(-2).map((word) => word[0]).join("");
    const menu = el(
      "details", { class: "menu" },
      el("summary", { "aria-label": `Việc khác trên điện thoại của ${name}` }, "⋮"),
      el(
        "div", { class: "choices" },
        this.choice("Gửi nhãn dán 👍", { sticker: "👍" }),
        this.choice("Gửi một ảnh", { photo: true }),
        this.choice("Gửi một tệp", { document: "bao-cao.docx" }),
        button(blocked ? "Bỏ chặn bot" : "Chặn bot", {
          class: blocked ? null : "grave",
          onclick: () => this.try(() => post(`people/${this.id}/${blocked ? "unblock" : "block"}`)),
        }),
      ),
    );
    menu.addEventListener("focusout", (event) => {
      if (!menu.contains(event.relatedTarget)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { menu.open = false; menu.firstElementChild.focus(); }
    });
    this.head.replaceChildren(
      el("span", { class: "face", "aria-hidden": "true" }, letters),
      el("div", { class: "who" }, el("h2", {}, name), el("p", {}, standing || "")),
      menu,
    );
  }

  choice(label, body) {
    return button(label, { onclick: () => this.send(body) });
  }

  drawTabs() {
    const chats = this.feed.chatsOf(this.id);
    const held = this.tabs.contains(document.activeElement);
    this.tabs.hidden = chats.length < 2;
    this.tabs.setAttribute("aria-label", `Các đoạn chat của ${this.person.name}`);
    this.tabs.replaceChildren(...chats.map((chat) => {
      const unread = chat.unread[this.id] ?? 0;
      const selected = chat.id === this.chat;
      return el(
        "button",
        {
          type: "button", role: "tab", "aria-selected": String(selected),
          tabindex: selected ? "0" : "-1", onclick: () => this.open(chat.id),
        },
        el("span", { class: "title" }, chat.type === "private" ? this.feed.bot.name : chat.title),
        unread ? el("span", { class: "unread" }, el("span", {}, String(unread)), el("span", { class: "aside" }, " tin chưa đọc")) : null,
      );
    }));
    if (held) this.tabs.querySelector("[aria-selected=true]")?.focus();
  }

  open(chat) {
    this.chat = chat;
    this.replying = null;
    this.draw();
    this.markRead();
  }

  drawLog() {
    this.day = null;
    const items = this.current.messages.flatMap((message) => this.items(message));
    const empty = el("li", { class: "service" }, "Chưa có tin nào");
    this.list.replaceChildren(...(items.length ? items : [empty]));
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
    this.foot.replaceChildren(...composer(this, focus || held));
  }

  // What the feed has heard, where it touches this phone.
  heard(kind, body) {
    if (kind === "person" && body.id === this.id) {
      this.drawHead();
      this.drawFoot();
    } else if (kind === "message" && body.chat === this.chat) {
      const near = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 160;
      if (this.current.messages.length === 1) this.list.replaceChildren();
      this.list.append(...this.items(body));
      if (near || body.from.id === this.id) this.toEnd();
      if (body.reply_keyboard) this.drawFoot();
    } else if (kind === "edit" && body.chat === this.chat) {
      const near = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 160;
      this.list.querySelector(`[data-id="${body.id}"]`)?.replaceWith(...this.items(body, true));
      if (near) this.toEnd();
    } else if (kind === "callback" && body.person === this.id && body.text) {
      this.toast(body.text, body.show_alert);
    }
    if (kind === "message" || kind === "read") {
      this.drawTabs();
      this.markRead();
    }
  }

  toEnd() { this.log.scrollTop = this.log.scrollHeight; }

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
    if (key.copy) { this.toast(`Chép: ${key.copy}`); return; }
    element.setAttribute("aria-busy", "true");
    const body = { chat: this.chat, message: message.id, data: key.data };
    const said = await this.try(() => post(`people/${this.id}/tap`, body));
    element.removeAttribute("aria-busy");
    if (said && !said.answered) this.toast("Bot chưa trả lời lần bấm này.");
  }

  async try(act) {
    try {
      return await act();
    } catch (error) {
      this.toast(error.message);
      return null;
    }
  }

  toast(text, alert = false) {
    const said = el("div", { class: alert ? "toast alert" : "toast" }, el("p", {}, text));
    if (alert) said.append(button("Đã hiểu", { onclick: () => said.remove() }));
    else setTimeout(() => said.remove(), 4000 + 50 * text.length);
    this.toasts.append(said);
  }
}
