"""Everything that the sandbox is made of, in one place, and the step that changes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.sandbox.bell import Bell
from bot.sandbox.callbacks import Callbacks
from bot.sandbox.calls import Calls
from bot.sandbox.chats import TELEGRAM, BotAccount, Chats, Group, Person, new_zalo_id
from bot.sandbox.clock import SandboxClock
from bot.sandbox.commands import Commands
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.limits import Gauge, Limits
from bot.sandbox.messages import OWN, Content, Message, Messages
from bot.sandbox.refusals import unknown
from bot.sandbox.rig import Rig
from bot.sandbox.shut import Shut
from bot.sandbox.store import Store
from bot.sandbox.updates import Updates
from bot.sandbox.webhooks import Webhooks
from bot.sandbox.zalo_mail import ZaloMail
from bot.sandbox.zalo_webhooks import ZaloWebhooks


class World:
    def __init__(self, path: Path, bot: BotAccount, zalo_bot: BotAccount | None = None) -> None:
        self.bot, self.zalo_bot = bot, zalo_bot
        bots = [each for each in (bot, zalo_bot) if each is not None]
        self.address = ""  # known once the server listens
        self.bell = Bell()
        self.store = Store(path)
        self.clock = SandboxClock(self.store)
        self.chats = Chats(self.store)
        self.files = Files(self.store)
        self.messages = Messages(self.store, self.clock, self.chats, bots)
        self.updates = Updates(self.store, self.clock)
        self.webhooks = Webhooks(self.store, self.clock)
        self.callbacks = Callbacks(self.store, self.clock)
        self.commands = Commands(self.store)
        self.events = Events(self.store)
        self.calls = Calls(self.store, self.clock)
        self.faults = Faults()
        self.rig = Rig()
        self.shut = Shut(self.store)
        self.gauge = Gauge()
        self.limits = Limits.kept(self.store)
        self.zalo_rig = Rig()
        self.mail = ZaloMail(self.store, self.zalo_rig)
        self.zalo_webhook = ZaloWebhooks(self.store)
        self.poller = 0  # the number of the newest getUpdates
        self.beside: list[World] = []  # see beside.py
        self.bot_to_bot = False  # the bot's mode, of which only BotFather's owner can say

    @contextmanager
    def step(self) -> Iterator[None]:
        """One change, on disk when it ends; then everybody who waits looks again."""
        with self.store.step():
            yield
        self.bell.ring()

    def stop(self) -> None:
        """Ends every waiting call at once."""
        self.bell.stop()
        self.callbacks.stop()

    def person(self, person_id: int, field: str = "id") -> Person:
        """PeopleRefusal 404: nobody of this id."""
        person = self.chats.person(person_id)
        if person is None:
            raise unknown(field, "người", person_id)
        return person

    def group(self, group_id: int, field: str = "id") -> Group:
        """PeopleRefusal 404: no group of this id."""
        group = self.chats.group(group_id)
        if group is None:
            raise unknown(field, "nhóm", group_id)
        return group

    def is_bot(self, sender_id: int) -> bool:
        return sender_id == self.bot.id or (
            self.zalo_bot is not None and sender_id == self.zalo_bot.id
        )

    def update(self, place: Person | Group, kind: str, body: dict[str, Any]) -> None:
        """For the Telegram bot. Zalo tells its own of messages only (zalo_talk.py)."""
        if place.network == TELEGRAM:
            self.updates.add(kind, body)

    def post_on_zalo(
        self, chat_id: int, sender_id: int, content: Content, reply_to: int | None = None
    ) -> Message:
        """With the id and the date that Zalo's wire tells of it."""
        extra = dict(content.extra or {})
        known = {"zalo_id": new_zalo_id(), "milliseconds": self.clock.milliseconds()}
        extra[OWN] = {**extra.get(OWN, {}), **known}
        numbered = replace(content, extra=extra)
        return self.messages.post(chat_id, sender_id, numbered, reply_to=reply_to)

    def zalo_listens(self) -> bool:
        """Whether the Zalo bot has a webhook, polls, or has just polled."""
        grace = self.limits.zalo_poll_grace_seconds
        return self.zalo_webhook.now is not None or self.mail.patience(grace) > 0

    def lose(self, message_id: int) -> None:
        """It will never reach the Zalo bot; whoever watches is told."""
        message = self.messages.lose(message_id)
        if message is not None:
            self.tell_message("lost", message)

    def tell_message(self, kind: str, message: Message) -> dict[str, Any]:
        """The people's shape of the message, told to whoever watches: "message", "edit", "lost"."""
        told = self.messages.for_people(message)
        self.events.tell(kind, told)
        return told

    def people_now(self) -> list[dict[str, Any]]:
        return [self.person_told(person) for person in self.chats.people()]

    def person_told(self, person: Person) -> dict[str, Any]:
        return {
            "id": person.id,
            "name": person.name,
            "username": person.username,
            "started": person.started,
            "blocked": person.blocked,
            "network": person.network,
            "zalo_id": person.zalo_id,
            "commands": self.commands.shown(person.id, person.id),
        }

    def group_told(self, group: Group) -> dict[str, Any]:
        return {
            "id": group.id,
            "title": group.title,
            "members": list(group.members),
            "bot": group.bot_status,
            "network": group.network,
            "zalo_id": group.zalo_id,
        }
