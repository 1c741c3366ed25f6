// The page's own words, in the language that was chosen. What the bot writes is the bot's.

import en from "/page/words.en.js";
import vi from "/page/words.vi.js";

const WORDS = { vi, en };
const listeners = [];

export const language = () => document.documentElement.lang;

export function t(key, facts = {}) {
  return WORDS[language()][key].replace(/\{(\w+)\}/g, (_, name) => facts[name]);
}

// A count in words: "1 tin", "3 tin".
export function many(key, count) {
  return t(count === 1 ? `${key}.one` : key, { count });
}

// What is given in both languages: { vi, en }, or one string for both.
export const said = (both) => (typeof both === "string" ? both : both?.[language()] ?? "");
export const either = (both) => (typeof both === "string" ? [both] : Object.values(both));

// One word in every language: the bot's is not always the page's.
export const everywhere = (key) => Object.values(WORDS).map((words) => words[key]);

export function speak(next) {
  document.documentElement.lang = next;
  keep("language", next);
  translate();
  for (const heard of listeners) heard();
}

export function onLanguage(heard) {
  listeners.push(heard);
}

// The words that stand in index.html: data-words is the text, data-label the accessible name.
export function translate() {
  document.title = t("page.title");
  for (const node of document.querySelectorAll("[data-words]")) {
    node.textContent = t(node.dataset.words, node.dataset);
  }
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", t(node.dataset.label, node.dataset));
  }
}

export function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch { /* not allowed here: it is asked again next time */ }
}
