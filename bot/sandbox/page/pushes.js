// The buttons that push the clock, and below them what came of it: messages and edits of the bot.

import { post } from "/page/api.js";
import { button, el, shortName } from "/page/dom.js";
import { icon } from "/page/icons.js";
import { beginning, tongue } from "/page/message.js";
import { called } from "/page/network.js";
import { many, t } from "/page/words.js";

const WINDOW = 12_000; // milliseconds in which what comes is taken to come from the push
const QUIET = 3_000; // without anything for so long, nothing more is expected

export class Pushes {
  // place: where it is shown; jump(chat, message); failed(sentence)
  constructor(feed, place, jump, failed) {
    Object.assign(this, { feed, place, jump, failed });
    this.minutes = 0;
    this.items = []; // { chat, message, edited }, in the order in which they came
    feed.on((kind, body) => this.heard(kind, body));
  }

  async push(minutes) {
    if (!this.open) { this.minutes = 0; this.items = []; }
    this.minutes += minutes;
    this.open = true;
    this.until = performance.now() + WINDOW;
    this.place.hidden = false;
    this.waits();
    this.draw();
    try {
      return await post("clock/push", { minutes });
    } catch (error) {
      this.close();
      this.failed(error.message);
      return null;
    }
  }

  heard(kind, body) {
    if (!this.open) return;
    if (kind === "tap" || (kind === "message" && !body.from.is_bot)) this.done(); // somebody acts
    else if (kind === "message" || kind === "edit") this.take(body, kind === "edit");
  }

  take(message, edited) {
    const same = this.items.find((item) => item.message === message.id && item.chat === message.chat);
    if (!same) this.items.push({ chat: message.chat, message: message.id, edited });
    this.waits();
    this.draw();
  }

  waits() {
    clearTimeout(this.timer);
    const left = this.until - performance.now();
    if (left <= 0) this.done();
    else this.timer = setTimeout(() => this.done(), this.items.length ? Math.min(QUIET, left) : left / 2);
  }

  done() {
    clearTimeout(this.timer);
    this.open = false;
    this.draw();
  }

  close() {
    this.done();
    this.place.hidden = true;
  }

  draw() {
    if (this.place.hidden) return;
    this.summary ??= el("p", { class: "sum", role: "status" });
    const text = `${t("push.minutes", { minutes: this.minutes })}: ${this.count()}`;
    if (this.summary.textContent !== text) this.summary.textContent = text;
    this.list ??= el("ul");
    this.list.replaceChildren(...this.items.map((item) => this.line(item)));
    this.list.hidden = !this.items.length;
    this.away ??= el("button", { type: "button", class: "quiet round", onclick: () => this.close() }, icon("close"));
    this.away.setAttribute("aria-label", t("push.close"));
    if (!this.summary.isConnected) this.place.append(this.summary, this.list, this.away);
  }

  count() {
    const edits = this.items.filter((item) => item.edited).length;
    const messages = this.items.length - edits;
    const parts = [messages && many("push.messages", messages), edits && many("push.edits", edits)].filter(Boolean);
    if (parts.length) return parts.join(", ");
    return t(this.open ? "push.waiting" : "push.nothing");
  }

  line({ chat, message, edited }) {
    const there = this.feed.chats.get(chat)?.messages.find((one) => one.id === message);
    const text = there ? beginning(there, 90).split("\n")[0].replace(/^(🟢|🟡|🔴) /u, "") : "";
    const person = this.feed.people.get(chat);
    const where = person ? called({ ...person, name: shortName(person.name) }) : this.feed.chats.get(chat)?.title ?? "";
    return el("li", {}, button("", { onclick: () => this.jump(chat, message) },
      el("strong", {}, where),
      el("span", { lang: tongue(text) }, edited ? t("push.edited", { text }) : text)));
  }
}
