// The phones side by side, and the row of names that leads to each: on a narrow screen it is the
// switcher between phones, of which one is in sight.

import { calm, el, shortName } from "/page/dom.js";
import { badge, face, Phone } from "/page/phone.js";
import { t } from "/page/words.js";

export class Desk {
  constructor(feed, place, switcher) {
    Object.assign(this, { feed, place, switcher });
    this.phones = new Map();
    this.wide = window.matchMedia("(min-width: 900px)");
    this.chosen = Number(sessionStorage.getItem("phone"));
    this.wide.addEventListener("change", () => this.show());
    document.addEventListener("visibilitychange", () => {
      for (const phone of this.phones.values()) phone.markRead();
    });
    place.addEventListener("focusin", (event) => {
      const id = Number(event.target.closest(".phone")?.id.slice("phone-".length));
      if (id && id !== this.chosen) this.take(id);
    });
    feed.on((kind, body) => {
      if (kind === "state") this.draw();
      else for (const phone of this.phones.values()) phone.heard(kind, body);
      if (["message", "read", "person"].includes(kind)) this.drawSwitcher();
    });
  }

  inSight(id) { return this.wide.matches || id === this.chosen; }
  get phone() { return this.phones.get(this.chosen); }

  draw() {
    const { people } = this.feed;
    for (const [id, phone] of this.phones) {
      if (!people.has(id)) { phone.element.remove(); this.phones.delete(id); }
    }
    for (const id of people.keys()) {
      const phone = this.phones.get(id);
      if (phone) { phone.draw(); continue; }
      this.phones.set(id, new Phone(this.feed, id, () => this.inSight(id)));
      this.place.append(this.phones.get(id).element);
    }
    this.place.querySelector(".nobody")?.remove();
    if (!people.size) this.place.append(el("p", { class: "nobody" }, t("page.nobody")));
    if (!people.has(this.chosen)) this.chosen = people.keys().next().value;
    this.show();
  }

  show() {
    for (const [id, phone] of this.phones) {
      phone.element.classList.toggle("chosen", id === this.chosen);
      phone.speaks(id === this.chosen);
      if (this.inSight(id)) { phone.toEnd(); phone.markRead(); }
    }
    this.drawSwitcher();
  }

  drawSwitcher() {
    const held = this.switcher.contains(document.activeElement) && document.activeElement.dataset.person;
    this.switcher.replaceChildren(...[...this.feed.people.values()].map((person) => {
      const unread = this.feed.unreadOf(person.id);
      const network = this.feed.wordFor(person);
      return el(
        "button",
        {
          type: "button", "data-person": person.id, "aria-current": person.id === this.chosen && "true",
          title: person.name, onclick: () => this.choose(person.id),
        },
        face(person), el("span", { class: "title" }, shortName(person.name)),
        network && el("span", { class: "network" }, network), unread ? badge(unread) : null,
      );
    }));
    if (held) this.switcher.querySelector(`[data-person="${held}"]`)?.focus();
  }

  // Makes it the phone that is in use; where only one fits it is the one that is seen.
  take(id) {
    this.chosen = id;
    sessionStorage.setItem("phone", String(id));
    for (const [other, phone] of this.phones) {
      phone.element.classList.toggle("chosen", other === id);
      phone.speaks(other === id);
    }
    this.drawSwitcher();
  }

  choose(id) {
    this.take(id);
    const phone = this.phones.get(id);
    if (!this.wide.matches) { phone.toEnd(); phone.markRead(); }
    const behavior = calm() ? "auto" : "smooth";
    this.glide(this.place, phone.element, behavior);
    this.glide(this.switcher, this.switcher.querySelector("[aria-current]"), behavior);
  }

  // Scrolls sideways, and only the one row.
  glide(row, item, behavior) {
    const box = row.getBoundingClientRect();
    const at = item.getBoundingClientRect();
    if (at.left >= box.left && at.right <= box.right) return;
    row.scrollBy({ left: at.left + at.width / 2 - box.left - box.width / 2, behavior });
  }

  // To one message, on the phone in use if it has that chat.
  jump(chat, message) {
    const has = (id) => this.feed.chatsOf(id).some((one) => one?.id === chat);
    const id = has(this.chosen) ? this.chosen : [...this.feed.people.keys()].find(has);
    if (id === undefined) return;
    this.choose(id);
    const phone = this.phones.get(id);
    if (phone.chat !== chat) phone.open(chat);
    phone.reveal(message);
    phone.log.focus({ preventScroll: true });
  }
}
