"""Topics (chủ đề) of a group: made, closed, reopened, deleted; and which one a message stands in.

The general topic has the number 1; what is said there carries no number, as in Telegram.
"""

from dataclasses import dataclass, replace
from typing import Any

from bot.sandbox.chats import Group, Person
from bot.sandbox.gather import host, service
from bot.sandbox.messages import Content
from bot.sandbox.refusals import BadRequest, conflict, unknown
from bot.sandbox.world import World

GENERAL = 1
OPEN, CLOSED = "open", "closed"
DOES = {"close": CLOSED, "reopen": OPEN}


@dataclass(frozen=True, slots=True)
class Topic:
    group: int
    id: int
    name: str
    state: str

    def told(self) -> dict[str, Any]:
        return {"group": self.group, "id": self.id, "name": self.name, "state": self.state}


def make(world: World, group: Group, name: str) -> Topic:
    """Its number is that of the line which says that it was made. The first one brings topics."""
    if find(world, group.id, GENERAL) is None:
        _keep(world, Topic(group.id, GENERAL, "Chung", OPEN))
    topic = Topic(group.id, world.messages.next_number(), name, OPEN)
    _keep(world, topic)
    made = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
    _say(world, group, topic, f"Đã lập chủ đề “{name}”", made)
    return topic


def change(world: World, group: Group, topic: Topic, do: str) -> Topic:
    """close, reopen, or delete with whatever was said in it. PeopleRefusal: not the general one."""
    if do == "delete":
        if topic.id == GENERAL:
            raise conflict("topic", "Không xóa được chủ đề chung", "the general topic stays")
        world.store.run("DELETE FROM topics WHERE group_id = ? AND id = ?", group.id, topic.id)
        for message in world.messages.of_topic(group.id, topic.id):
            world.messages.delete(message)
            world.events.tell("delete", {"chat": group.id, "message": message.id})
        return replace(topic, state="deleted")
    changed = replace(topic, state=DOES[do])
    _keep(world, changed)
    what = "đóng" if do == "close" else "mở lại"
    key = "forum_topic_closed" if do == "close" else "forum_topic_reopened"
    _say(world, group, changed, f"Đã {what} chủ đề “{topic.name}”", {key: {}})
    return changed


def find(world: World, group_id: int, number: int) -> Topic | None:
    row = world.store.one("SELECT * FROM topics WHERE group_id = ? AND id = ?", group_id, number)
    return None if row is None else Topic(group_id, number, row["name"], row["state"])


def the(world: World, group_id: int, number: int) -> Topic:
    """PeopleRefusal 404: the group has no such topic."""
    topic = find(world, group_id, number)
    if topic is None:
        raise unknown("topic", "chủ đề", number)
    return topic


def for_bot(world: World, chat_id: int, number: int | None) -> dict[str, Any]:
    """What a message of the bot carries there. BadRequest: the topic is closed, or not there."""
    topic = find(world, chat_id, number or GENERAL)
    if number is not None and (topic is None or number == GENERAL):
        raise BadRequest("message thread not found")
    if topic is not None and topic.state == CLOSED:
        raise BadRequest("TOPIC_CLOSED")
    return _mark(number)


def for_person(world: World, chat_id: int, number: int | None, content: Content) -> Content:
    """What a person says, in its topic. PeopleRefusal: there is none, or it is closed."""
    if number is not None:
        the(world, chat_id, number)
    topic = find(world, chat_id, number or GENERAL)
    if topic is not None and topic.state == CLOSED:
        raise conflict("topic", "Chủ đề này đã đóng", "this topic is closed")
    return replace(content, extra={**(content.extra or {}), **_mark(number)})


def _mark(number: int | None) -> dict[str, Any]:
    if number is None or number == GENERAL:
        return {}
    return {"message_thread_id": number, "is_topic_message": True}


def _keep(world: World, topic: Topic) -> None:
    world.store.run(
        "INSERT OR REPLACE INTO topics VALUES (?, ?, ?, ?)",
        *(topic.group, topic.id, topic.name, topic.state),
    )


def _say(world: World, group: Group, topic: Topic, words: str, what: dict[str, Any]) -> None:
    by: Person = host(world, group)
    service(world, world.group(group.id), by, words, {**what, **_mark(topic.id)})
