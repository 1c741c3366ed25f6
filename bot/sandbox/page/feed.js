// What the page knows, kept up by server-sent events. Goes on by itself after a restart.

import { get } from "/page/api.js";

const KINDS = ["message", "edit", "callback", "person", "group", "clock", "read", "tap"];

export class Feed {
  constructor(heard) {
    this.heard = heard; // heard(kind, body) after the model has changed
    this.people = new Map();
    this.chats = new Map();
    this.world = null;
    this.last = 0;
  }

  async start() {
    try {
      await this.load();
    } catch {
      this.heard("lost");
      setTimeout(() => this.start(), 1000);
      return;
    }
    this.listen();
  }

  async load() {
    const state = await get("state");
    this.world = state.world;
    this.last = state.event;
    this.bot = state.bot;
    this.people = new Map(state.people.map((person) => [person.id, person]));
    this.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
    this.heard("clock", state.clock);
    this.heard("state");
  }

  listen() {
    const source = new EventSource(`/sandbox/events?after=${this.last}`);
    const again = async () => {
      source.close();
      await this.start();
    };
    source.addEventListener("hello", (event) => {
      this.heard("connected");
      if (JSON.parse(event.data).world !== this.world) again();
    });
    source.addEventListener("reset", again);
    source.addEventListener("commands", again);
    source.onerror = () => {
      this.heard("lost");
      if (source.readyState === EventSource.CLOSED) setTimeout(again, 1000);
    };
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => {
        this.last = Number(event.lastEventId);
        const body = JSON.parse(event.data);
        if (this.take(kind, body) === false) again();
        else this.heard(kind, body);
      });
    }
  }

  // Changes the model; false when only a fresh state can help.
  take(kind, body) {
    if (kind === "message" || kind === "edit") {
      const chat = this.chats.get(body.chat);
      if (!chat) return false;
      const at = chat.messages.findIndex((message) => message.id === body.id);
      if (at >= 0) chat.messages[at] = body;
      else chat.messages.push(body);
      if (kind === "message" && at < 0) this.count(chat, body.from.id);
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

  chatsOf(person) {
    const groups = [...this.chats.values()].filter((chat) => chat.type === "group");
    return [this.chats.get(person), ...groups.filter((group) => group.members.includes(person))];
  }

  unreadOf(person) {
    return this.chatsOf(person).reduce((sum, chat) => sum + (chat.unread[person] ?? 0), 0);
  }
}
