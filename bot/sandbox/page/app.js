// The page: the clock on top, the phones, and the switcher where only one fits.

import { post } from "/page/api.js";
import { arrows, el, shortName } from "/page/dom.js";
import { Feed } from "/page/feed.js";
import { Phone } from "/page/phone.js";
import { Clock } from "/page/time.js";

const place = document.getElementById("phones");
const switcher = document.getElementById("switcher");
const connection = document.getElementById("connection");
const clock = new Clock(document.getElementById("clock"));
const wide = window.matchMedia("(min-width: 900px)");
const phones = new Map();
let chosen = Number(sessionStorage.getItem("phone"));

const feed = new Feed((kind, body) => {
  if (kind === "lost") connection.textContent = "Mất kết nối, đang nối lại…";
  else if (kind === "connected") connection.textContent = "";
  else if (kind === "clock") clock.set(body.now);
  else if (kind === "state") drawAll();
  else for (const phone of phones.values()) phone.heard(kind, body);
  if (["message", "read", "person"].includes(kind)) drawSwitcher();
});

function inSight(id) {
  return wide.matches || id === chosen;
}

function drawAll() {
  connection.textContent = "";
  for (const [id, phone] of phones) {
    if (!feed.people.has(id)) { phone.element.remove(); phones.delete(id); }
  }
  for (const id of feed.people.keys()) {
    const phone = phones.get(id);
    if (phone) { phone.draw(); continue; }
    phones.set(id, new Phone(feed, id, () => inSight(id)));
    place.append(phones.get(id).element);
  }
  place.classList.toggle("empty", phones.size === 0);
  if (!feed.people.has(chosen)) chosen = feed.people.keys().next().value;
  show();
}

function show() {
  for (const [id, phone] of phones) {
    phone.element.classList.toggle("chosen", id === chosen);
    if (inSight(id)) { phone.toEnd(); phone.markRead(); }
  }
  drawSwitcher();
}

function drawSwitcher() {
  const held = switcher.contains(document.activeElement);
  switcher.replaceChildren(...[...feed.people.values()].map((person) => {
    const unread = feed.unreadOf(person.id);
    const selected = person.id === chosen;
    return el(
      "button",
      {
        type: "button", role: "tab", "aria-selected": String(selected), tabindex: selected ? "0" : "-1",
        "aria-controls": `phone-${person.id}`, onclick: () => choose(person.id),
      },
      el("span", { class: "title", title: person.name }, shortName(person.name)),
      unread ? el("span", { class: "unread" }, el("span", {}, String(unread)), el("span", { class: "aside" }, " tin chưa đọc")) : null,
    );
  }));
  const selected = switcher.querySelector("[aria-selected=true]");
  if (held) selected?.focus();
}

function choose(id) {
  chosen = id;
  sessionStorage.setItem("phone", String(id));
  show();
  switcher.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest", inline: "center" });
}

for (const push of document.querySelectorAll("[data-minutes]")) {
  push.addEventListener("click", async () => {
    try {
      await post("clock/push", { minutes: Number(push.dataset.minutes) });
    } catch (error) {
      connection.textContent = error.message;
    }
  });
}

arrows(switcher);
wide.addEventListener("change", show);
document.addEventListener("visibilitychange", () => {
  for (const phone of phones.values()) phone.markRead();
});
feed.start();
