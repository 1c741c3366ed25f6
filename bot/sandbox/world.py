"""Everything that the sandbox is made of, in one place, and the step that changes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.sandbox.bell import Bell
from bot.sandbox.callbacks import Callbacks
from bot.sandbox.calls import Calls
from bot.sandbox.chats import BotAccount, Chats, Group, Person
from bot.sandbox.clock import SandboxClock
from bot.sandbox.commands import Commands
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.limits import Gauge, Limits
from bot.sandbox.messages import Message, Messages
from bot.sandbox.refusals import unknown
from bot.sandbox.rig import Rig
from bot.sandbox.shut import Shut
from bot.sandbox.store import Store
from bot.sandbox.updates import Updates
from bot.sandbox.webhooks import Webhooks


class World:
    def __init__(self, path: Path, bot: BotAccount) -> None:
        self.bot = bot
        self.bell = Bell()
        self.store = Store(path)
        self.clock = SandboxClock(self.store)
        self.chats = Chats(self.store)
        self.messages = Messages(self.store, self.clock, self.chats, bot)
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
        self.poller = 0  # the number of the newest getUpdates

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

    def tell_message(self, kind: str, message: Message) -> dict[str, Any]:
        """Told to whoever watches: kind "message" or "edit". The people's shape of the message."""
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
            "commands": self.commands.shown(person.id, person.id),
        }

    def group_told(self, group: Group) -> dict[str, Any]:
        return {
            "id": group.id,
            "title": group.title,
            "members": list(group.members),
            "bot": group.bot_status,
        }
