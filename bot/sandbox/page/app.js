// The page: the clock on top, the phones, what a push caused, and the stories.

import { Desk } from "/page/desk.js";
import { Feed } from "/page/feed.js";
import { icon } from "/page/icons.js";
import { Player } from "/page/player.js";
import { Pushes } from "/page/pushes.js";
import { Clock } from "/page/time.js";
import { keep, language, onLanguage, speak, t, translate } from "/page/words.js";

const at = (id) => document.getElementById(id);
const root = document.documentElement;
const connection = at("connection");
const tells = (sentence) => { connection.textContent = sentence; };

const feed = new Feed();
const desk = new Desk(feed, at("phones"), at("switcher"));
const pushes = new Pushes(feed, at("caused"), (chat, message) => desk.jump(chat, message), tells);
const player = new Player(feed, desk, pushes, at("player"), at("stories"));
const clock = new Clock((hour, day) => {
  at("hour").textContent = hour;
  at("day").textContent = day;
  for (const phone of desk.phones.values()) phone.hour.textContent = hour;
});

feed.on((kind, body) => {
  if (kind === "cut") tells(t("page.lost"));
  else if (kind === "connected" || kind === "state") tells("");
  if (kind === "clock") clock.set(body.now);
  if (kind === "state") { clock.last = null; clock.draw(); }
});

for (const push of document.querySelectorAll("[data-minutes]")) {
  push.addEventListener("click", () => pushes.push(Number(push.dataset.minutes)));
}
at("tell").prepend(icon("play"));
at("tell").addEventListener("click", () => player.choose());
at("language").addEventListener("click", () => speak(language() === "vi" ? "en" : "vi"));

// Light or dark: what the device prefers, until somebody chooses.
const prefers = window.matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : prefers.matches);
const drawTheme = () => at("theme").setAttribute("aria-pressed", String(isDark()));
at("theme").append(icon("moon"));
at("theme").addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  keep("theme", root.dataset.theme);
  drawTheme();
});
prefers.addEventListener("change", drawTheme);

onLanguage(() => {
  at("language").lang = language() === "vi" ? "en" : "vi";
  tells("");
  desk.draw();
  pushes.draw();
  player.draw();
});
at("language").lang = language() === "vi" ? "en" : "vi";
translate();
drawTheme();
feed.start();
