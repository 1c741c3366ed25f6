// Stories on the page: a dialog to choose one, and the bar that tells it and can hold it.

import { answered } from "/page/api.js";
import { button, el } from "/page/dom.js";
import { icon } from "/page/icons.js";
import { Pace, Stopped, Story } from "/page/story.js";
import { many, said, t } from "/page/words.js";

const SPEEDS = { slow: 0.6, normal: 1, fast: 2, fastest: 6 };
SPEEDS.fastest = Number(new URLSearchParams(location.search).get("fastest")) || SPEEDS.fastest; // e.g. for tests

export class Player {
  constructor(feed, desk, pushes, bar, dialog) {
    Object.assign(this, { feed, desk, pushes, bar, dialog });
    this.speed = "normal";
    this.caption = el("p", { class: "caption", role: "status" });
    this.title = el("p", { class: "title" });
    this.meter = el("progress", { max: "1", value: "0" });
    this.controls = el("div", { class: "controls" });
    bar.append(this.meter, el("div", { class: "told" }, this.title, this.caption), this.controls);
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  }

  get state() { return this.bar.dataset.state; } // playing, stuck, over

  async choose() {
    let stories = [];
    let why = "";
    try {
      stories = await answered(await fetch("/page/stories.json"));
    } catch (error) {
      why = error.message;
    }
    this.dialog.replaceChildren(
      el("h2", { id: "stories-title" }, t("story.choose")),
      el("p", {}, why ? t("story.none", { why }) : t("story.about")),
      el("ul", {}, ...stories.map((story) => this.offer(story))),
      button(t("story.leave"), { class: "quiet", onclick: () => this.dialog.close() }),
    );
    this.dialog.showModal();
  }

  offer(story) {
    const play = () => { this.dialog.close(); this.play(story); };
    return el(
      "li", {},
      el("div", {},
        el("h3", {}, said(story.title)),
        el("p", {}, said(story.about), " ", el("span", { class: "length" }, many("story.minutes", story.minutes)))),
      button(t("story.play"), { class: "strong", onclick: play, "aria-label": `${t("story.play")}: ${said(story.title)}` }, icon("play")),
    );
  }

  async play(story) {
    if (this.pace) this.pace.stopped = true;
    const pace = new Pace();
    Object.assign(this, { story, pace, step: null, at: 0 });
    pace.speed = SPEEDS[this.speed];
    document.body.classList.add("playing");
    this.bar.hidden = false;
    this.enter("playing");
    this.controls.querySelector("button")?.focus();
    const { feed, desk, pushes } = this;
    const shows = (step, phone) => this.shows(step, phone);
    const asks = (sentence) => this.asks(sentence);
    try {
      await new Story(story, { feed, desk, pushes, pace, shows, asks }).play();
      if (pace === this.pace) this.end("story.ended");
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      if (pace === this.pace) this.end("story.stopped");
    }
  }

  shows(step, phone) {
    this.step = step;
    this.at = this.story.steps.indexOf(step);
    if (step.caption) this.told = step.caption;
    this.lights(phone);
    this.draw();
  }

  lights(phone) {
    for (const one of this.desk.phones.values()) one.element.classList.toggle("acting", one === phone);
  }

  // A step cannot be done: the person before the page decides.
  asks(sentence) {
    this.sentence = sentence;
    this.enter("stuck");
    return new Promise((answer, stopped) => {
      this.answer = (word) => { this.enter("playing"); answer(word); };
      this.abandon = () => stopped(new Stopped());
    });
  }

  stop() {
    this.pace.stopped = true;
    if (this.state === "stuck") this.abandon();
  }

  end(how) {
    this.how = how;
    this.lights(null);
    this.enter("over");
  }

  leave() {
    this.bar.hidden = true;
    document.body.classList.remove("playing");
    document.getElementById("tell").focus();
  }

  enter(state) {
    this.bar.dataset.state = state;
    this.draw();
  }

  draw() {
    if (this.bar.hidden) return;
    const { state, story, pace } = this;
    const done = state === "over" && this.how === "story.ended" ? 1 : this.at / story.steps.length;
    this.meter.value = done;
    this.meter.setAttribute("aria-label", t("story.progress", { step: this.at + 1, steps: story.steps.length }));
    this.title.textContent = pace.paused ? `${said(story.title)} · ${t("story.paused")}` : said(story.title);
    const text = { playing: said(this.told), stuck: this.sentence, over: this.how && t(this.how) }[state] ?? "";
    if (this.caption.textContent !== text) this.caption.textContent = text;
    const held = this.controls.contains(document.activeElement) && document.activeElement.dataset.does;
    this.controls.replaceChildren(...this.buttons(state, pace));
    if (held) (this.controls.querySelector(`[data-does="${held}"]`) ?? this.controls.querySelector("button"))?.focus();
  }

  buttons(state, pace) {
    if (state === "over") return [this.button("leave", "close", () => this.leave(), true)];
    const stop = this.button("stop", "stop", () => this.stop());
    if (state === "stuck") {
      return [
        this.button("again", "again", () => this.answer("again"), true),
        this.button("skip", "next", () => this.answer("next"), true), stop,
      ];
    }
    const hold = () => { pace.paused = !pace.paused; this.draw(); };
    return [
      pace.paused ? this.button("continue", "play", hold, true) : this.button("pause", "pause", hold, true),
      this.button("skip", "next", () => pace.skip()), stop, this.speeds(),
    ];
  }

  button(does, sign, act, named = false) {
    const label = t(`story.${does}`);
    const props = { type: "button", class: named ? "strong" : "quiet round", "data-does": does === "continue" ? "pause" : does, onclick: act };
    if (!named) Object.assign(props, { "aria-label": label, title: label });
    return el("button", props, icon(sign), named ? label : null);
  }

  speeds() {
    const chosen = el("select", { "data-does": "speed", "aria-label": t("story.speed") },
      ...Object.keys(SPEEDS).map((name) => el("option", { value: name, selected: name === this.speed }, t(`story.${name}`))));
    chosen.addEventListener("change", () => {
      this.speed = chosen.value;
      this.pace.speed = SPEEDS[this.speed];
    });
    return chosen;
  }
}
