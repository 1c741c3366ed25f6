// A story: data (bot/sandbox/stories) played on the phones as a person would, by what is to be seen
// on them. docs/sandbox.md says what a step can hold.

import { shortName } from "/page/dom.js";
import { either, language, said, t } from "/page/words.js";

export class Stopped extends Error {}
class Stuck extends Error {} // its message is a sentence for people
class Skipped extends Error {} // somebody did not want to wait for it

// The time of a story: its rests can be paused, hastened, cut short, or ended by stopping.
export class Pace {
  speed = 1;
  paused = false;
  stopped = false;
  hurried = false; // the rests of this step are cut short
  givenUp = false; // what is waited for is not waited for any longer

  skip() {
    if (this.waiting) this.givenUp = true;
    else this.hurried = true;
  }

  async rest(milliseconds) {
    for (let left = milliseconds; (left > 0 || this.paused) && !this.hurried;) {
      const begun = performance.now();
      await this.tick(this.paused ? 50 : Math.min(left / this.speed, 50));
      if (!this.paused) left -= (performance.now() - begun) * this.speed;
    }
  }

  // What `find` finds, as soon as it finds something; undefined when given up or out of time.
  async until(find, seconds) {
    this.waiting = true;
    this.givenUp = false;
    let found;
    for (const end = performance.now() + seconds * 1000; performance.now() < end && !this.givenUp;) {
      found = find();
      if (found) break;
      await this.tick(80);
    }
    this.waiting = false;
    return found;
  }

  async tick(milliseconds) {
    await new Promise((done) => { setTimeout(done, milliseconds); });
    if (this.stopped) throw new Stopped();
  }
}

export class Story {
  // shows(step, phone): a step begins; asks(sentence) -> "again" or "next", when one cannot be done
  constructor(data, { feed, desk, pushes, pace, shows, asks }) {
    Object.assign(this, { data, feed, desk, pushes, pace, shows, asks });
    this.noted = {};
  }

  async play() {
    this.begun = this.feed.turn;
    for (const step of this.data.steps) await this.safely(step);
  }

  async safely(step) {
    for (let answer = "again"; answer === "again";) {
      this.pace.hurried = false;
      try {
        await this.step(step);
        return;
      } catch (error) {
        if (error instanceof Skipped) return;
        if (!(error instanceof Stuck)) throw error;
        answer = await this.asks(error.message);
      }
    }
  }

  async step(step) {
    const phone = step.who && this.phoneOf(step.who);
    const chat = phone && this.chatOf(phone, step);
    if (!this.isWanted(step, phone, chat)) return;
    if (step.caption) this.pushes.close();
    if (phone) this.turnTo(phone, chat);
    this.shows(step, phone);
    await this.pace.rest(reading(said(step.caption)));
    for (const one of this.desk.phones.values()) one.understands();
    const since = this.feed.turn;
    await this.act(step, phone, chat);
    const acted = step.say || step.tap || step.command || step.push;
    const seen = step.sees && await this.sees(step, chat, acted ? since : this.begun);
    if (seen) {
      for (const [name, pattern] of Object.entries(step.note ?? {})) this.note(name, pattern, seen.text);
      this.desk.phones.get(phone.id).reveal(seen.id);
    }
    await this.pace.rest(step.push ? 3000 : step.brief ? 350 : 900);
  }

  async act(step, phone, chat) {
    if (step.push) await this.pushes.push(step.push);
    if (step.command) await this.done(phone.send({ text: `/${said(step.command)}` }));
    if (step.say) await this.write(phone, chat, step);
    if (step.tap) await this.press(phone, chat, step);
  }

  async write(phone, chat, step) {
    const text = this.filled(said(step.say));
    if (step.answering) phone.replying = this.fromBot(chat).at(-1) ?? null;
    await phone.type(text, () => this.pace.rest(28));
    await this.done(phone.send({ text }));
  }

  async press(phone, chat, step) {
    const found = await this.pace.until(() => this.button(chat, step), step.seconds);
    if (!found) this.lost(step, "story.no_button", step.tap);
    const [message, key] = found;
    const face = [...(phone.item(message.id)?.querySelectorAll(".key") ?? [])]
      .find((one) => one.textContent === key.label);
    phone.reveal(message.id, face);
    face?.classList.add("pressed");
    await this.pace.rest(500);
    await this.done(phone.tap(message, key, face ?? document.createElement("i")));
    face?.classList.remove("pressed");
  }

  // What a phone was asked to do: it has said itself why it could not.
  async done(act) {
    if (!(await act)) throw new Stuck(t("story.refused", { why: this.desk.phone.failure }));
  }

  async sees(step, chat, since) {
    const words = either(step.sees).map((one) => this.filled(one));
    const holds = (message) => message.turn > since && words.some((one) => message.text.includes(one));
    const seen = await this.pace.until(() => this.fromBot(chat).findLast(holds), step.seconds);
    if (!seen) this.lost(step, "story.not_seen", step.sees);
    return seen;
  }

  // Nothing came: a sentence, unless somebody wanted to go on anyway.
  lost(step, key, words) {
    if (this.pace.givenUp) throw new Skipped();
    const who = step.who;
    throw new Stuck(t(key, { seconds: step.seconds, words: this.filled(said(words)), who }));
  }

  // The newest message with this button, and the button.
  button(chat, step) {
    const labels = either(step.tap).map((one) => this.filled(one));
    const about = step.on ? either(step.on).map((one) => this.filled(one)) : [""];
    for (const message of this.fromBot(chat).toReversed()) {
      if (!about.some((one) => message.text.includes(one))) continue;
      const key = message.buttons.flat().find((one) => labels.includes(one.label));
      if (key) return [message, key];
    }
    return null;
  }

  // A "maybe" is only done where its button or command is; "unless" stands for what is there.
  isWanted(step, phone, chat) {
    const newest = chat && this.fromBot(chat).at(-1);
    if (step.unless && either(step.unless).some((one) => newest?.text.includes(this.filled(one)))) return false;
    if (!step.maybe) return true;
    if (step.command) return phone.commands.some(({ command }) => command === said(step.command));
    return Boolean(newest && this.button(chat, step)?.[0] === newest);
  }

  turnTo(phone, chat) {
    if (this.desk.chosen !== phone.id) this.desk.choose(phone.id);
    if (phone.chat !== chat) phone.open(chat);
  }

  // Of one who has two it is the one with buttons.
  phoneOf(who) {
    const theirs = [...this.desk.phones.values()].filter((phone) => shortName(phone.person.name) === who);
    const phone = theirs.find((one) => one.network.buttons) ?? theirs[0];
    if (phone) return phone;
    throw new Stuck(t("story.no_phone", { who }));
  }

  chatOf(phone, step) {
    if (step.in !== "group") return phone.id;
    const group = this.feed.chatsOf(phone.id).find((one) => one.type === "group" && one.bot === "member");
    if (!group) throw new Stuck(t("story.no_chat", { who: step.who }));
    return group.id;
  }

  fromBot(chat) { return this.feed.chats.get(chat).messages.filter((message) => message.from.is_bot); }

  note(name, pattern, text) {
    for (const one of either(pattern)) this.noted[name] = new RegExp(one).exec(text)?.[1] ?? this.noted[name];
  }

  filled(text) { return text.replace(/\{(\w+)\}/g, (all, name) => this.noted[name] ?? all); }
}

// How long a sentence is read, in milliseconds.
const reading = (text) => (text ? Math.min(900 + text.length * 32, 5500) : 200);
