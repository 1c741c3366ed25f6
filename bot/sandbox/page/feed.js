// What the page knows, kept up by server-sent events. Goes on by itself after a restart.
//
// A message carries two marks of ours: `turn`, a number that grows with every change, so that one
// can ask what came after a moment; and `before`, the text that its last edit replaced.

import { get } from "/page/api.js";
import { nameOf, networkOf, wordOf } from "/page/network.js";

const KINDS = ["message", "edit", "lost", "delete", "callback", "person", "group", "clock", "read", "tap"];

export class Feed {
  constructor() {
    this.listeners = [];
    this.people = new Map();
    this.chats = new Map();
    this.world = null;
    this.last = 0;
    this.turn = 0;
  }

  // heard(kind, body) after the model has changed
  on(heard) { this.listeners.push(heard); }

  tell(kind, body) {
    for (const heard of this.listeners) heard(kind, body);
  }

  async start() {
    try {
      await this.load();
    } catch {
      this.tell("cut");
      setTimeout(() => this.start(), 1000);
      return;
    }
    this.listen();
  }

  async load() {
    const state = await get("state");
    const known = this.world === state.world ? this.chats : new Map();
    this.world = state.world;
    this.last = state.event;
    this.bots = { telegram: state.bot, ...state.bots };
    this.people = new Map(state.people.map((person) => [person.id, person]));
    this.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
    for (const chat of this.chats.values()) this.mark(chat.messages, known.get(chat.id)?.messages);
    this.tell("clock", state.clock);
    this.tell("state");
  }

  mark(messages, old) {
    const marks = new Map((old ?? []).map((message) => [message.id, message]));
    for (const message of messages) {
      const seen = marks.get(message.id);
      if (seen && seen.edits === message.edits) Object.assign(message, { turn: seen.turn, before: seen.before });
      else Object.assign(message, { turn: old ? ++this.turn : 0, before: seen?.text });
    }
  }

  listen() {
    const source = new EventSource(`/sandbox/events?after=${this.last}`);
    const again = async () => {
      source.close();
      await this.start();
    };
    source.addEventListener("hello", (event) => {
      this.tell("connected");
      if (JSON.parse(event.data).world !== this.world) again();
    });
    source.addEventListener("reset", again);
    source.addEventListener("commands", again);
    source.addEventListener("delete", again);
    source.onerror = () => {
      this.tell("cut");
      if (source.readyState === EventSource.CLOSED) setTimeout(again, 1000);
    };
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => {
        this.last = Number(event.lastEventId);
        const body = JSON.parse(event.data);
        if (this.take(kind, body) === false) again();
        else this.tell(kind, body);
      });
    }
  }

  // Changes the model; false when only a fresh state can help.
  take(kind, body) {
    if (["message", "edit", "lost"].includes(kind)) {
      const chat = this.chats.get(body.chat);
      if (!chat) return false;
      const at = chat.messages.findIndex((message) => message.id === body.id);
      body.turn = ++this.turn;
      body.before = chat.messages[at]?.text;
      if (at >= 0) chat.messages[at] = body;
      else chat.messages.push(body);
      if (kind === "message" && at < 0) this.count(chat, body.from.id);
    } else if (kind === "delete") {
      const chat = this.chats.get(body.chat);
      if (chat) chat.messages = chat.messages.filter((message) => message.id !== body.message);
    } else if (kind === "person") {
      if (!this.people.has(body.id)) return false;
      this.people.set(body.id, body);
    } else if (kind === "group") {
      return false;
    } else if (kind === "read") {
      const chat = this.chats.get(body.chat);
      if (chat) chat.unread[body.person] = body.unread;
    }
    return true;
  }

  count(chat, sender) {
    for (const member of chat.members) {
      chat.unread[member] = member === sender ? 0 : (chat.unread[member] ?? 0) + 1;
    }
  }

  botOf(chat) { return this.bots[nameOf(chat)] ?? this.bots.telegram; }

  // The network's word: on every phone of Zalo; on those of Telegram only where there are both.
  wordFor(person) {
    const all = [...this.people.values()].every((one) => networkOf(one).buttons);
    return all ? "" : wordOf(person);
  }

  chatsOf(person) {
    const groups = [...this.chats.values()].filter((chat) => chat.type === "group");
    return [this.chats.get(person), ...groups.filter((group) => group.members.includes(person))];
  }

  unreadOf(person) {
    return this.chatsOf(person).reduce((sum, chat) => sum + (chat.unread[person] ?? 0), 0);
  }
}
