// Where there are no buttons: what can be typed in answer, read from the bot's own words, and the
// row that types it for whoever has asked for that.

import { button, el } from "/page/dom.js";
import { icon } from "/page/icons.js";
import { everywhere, keep, t } from "/page/words.js";

// "1 Có", "7 = Tôi tiếp nhận xử lý" · "Gõ: quay lại · để sau" · "Đúng thì gõ GỬI."
const OPTION = /^(\d{1,2})( =)? (\S.*)$/;
const WORDS = new RegExp(`^(?:${everywhere("write.offers").join("|")}): (.+)$`);
const CAPITALS = new RegExp(`(?:${everywhere("write.types").join("|").toLowerCase()}) (\\p{Lu}+(?: \\p{Lu}+)*)(?=[.,]|$)`, "u");

// What one message offers: [{ types, label }].
function offers(text) {
  const found = [];
  let next = 1; // a line that begins with any other number is only a sentence
  for (const line of text.split("\n")) {
    const [, number, reserved, label] = OPTION.exec(line) ?? [];
    if (number && (reserved || Number(number) === next)) {
      found.push({ types: number, label });
      next += 1;
    }
    const words = [CAPITALS.exec(line)?.[1], ...(WORDS.exec(line)?.[1].split(" · ") ?? [])];
    found.push(...words.filter(Boolean).map((types) => ({ types, label: "" })));
  }
  return found;
}

// What the bot has offered since this person answered last; of the same number or word the newest.
// In a group one answers one message, by a reply: only the bot's newest counts, since what it asked
// before may have been answered by somebody else.
export function answers(messages, person) {
  const own = (message) => message.chat === person;
  const answer = (message) => message.from.id === person && !message.lost && (own(message) || message.reply_to);
  const since = messages.slice(messages.findLastIndex(answer) + 1).filter((message) => message.from.is_bot);
  const found = new Map();
  for (const message of since.every(own) ? since : since.slice(-1)) {
    for (const offer of offers(message.text)) {
      found.delete(offer.types);
      found.set(offer.types, { ...offer, message });
    }
  }
  return [...found.values()];
}

// The switch for it. Zalo has no such thing, so it is off until somebody wants it.
export function hand() {
  const root = document.documentElement;
  const draw = (one) => one.setAttribute("aria-pressed", String("hand" in root.dataset));
  const turn = () => {
    keep("hand", root.toggleAttribute("data-hand") ? "on" : "off");
    document.querySelectorAll(".hand").forEach(draw);
  };
  const turned = button("", { class: "hand", "aria-label": t("write.hand"), title: t("write.hand_about"), onclick: turn }, icon("keyboard"));
  draw(turned);
  return turned;
}

export function chips(offered, type) {
  return offered.map((offer) => el(
    "button", { type: "button", class: "chip", onclick: () => type(offer) },
    el("span", { class: "aside" }, `${t("write.types")} `), el("b", {}, offer.types), offer.label && ` ${offer.label}`,
  ));
}
