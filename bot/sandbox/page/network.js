// Telegram and Zalo: what a phone of each is called and can do.

import { t } from "/page/words.js";

const NETWORKS = {
  telegram: { word: "phone.telegram", longest: 4096, starts: true, buttons: true },
  zalo: { word: "phone.zalo", longest: 2000, starts: false, buttons: false },
};

export const nameOf = (thing) => thing.network ?? "telegram";
export const networkOf = (thing) => NETWORKS[nameOf(thing)];
export const wordOf = (thing) => t(networkOf(thing).word);

// A person as the phone is called aloud: two of the same name are told apart.
export const called = (person) => (
  networkOf(person).buttons ? person.name : t("phone.on", { name: person.name, network: wordOf(person) })
);
