"""What people do in a chat: write, send a picture, tap a button, block the bot."""

from typing import Any

from bot.sandbox.chats import MEMBER, TELEGRAM, ZALO, Person
from bot.sandbox.entities import piece
from bot.sandbox.messages import Content, Message
from bot.sandbox.refusals import PeopleRefusal, conflict, unknown
from bot.sandbox.shut import DEACTIVATED, MOVED
from bot.sandbox.world import World
from bot.sandbox.zalo_talk import arrives

Json = dict[str, Any]


def where(world: World, person: Person, chat_id: int | None) -> int:
    """The chat in which the person may write. PeopleRefusal: unknown, or not a member."""
    if chat_id is None or chat_id == person.id:
        return person.id
    if world.chats.person(chat_id) is not None:
        raise PeopleRefusal(
            403,
            "chat",
            "Đây là đoạn chat riêng của người khác",
            "this is somebody else's private chat",
        )
    if person.id not in world.group(chat_id, "chat").members:
        raise PeopleRefusal(
            403, "chat", f"{person.name} không ở trong nhóm này", "not a member of this group"
        )
    return chat_id


def say(
    world: World, person: Person, chat_id: int, content: Content, reply_to: int | None
) -> Message:
    """A message of a person, and the update that the bot gets where it may see it."""
    if (why := world.shut.why(chat_id)) in (DEACTIVATED, MOVED):
        raise conflict("chat", "Không còn nơi này", f"this chat is no more ({why})")
    if chat_id == person.id:
        _not_blocked(person)
        if not person.started:
            world.chats.mark(person, started=True, blocked=False)
            world.events.tell("person", world.person_told(world.person(person.id)))
    if reply_to is not None and world.messages.find(chat_id, reply_to) is None:
        raise unknown("reply_to", "tin nhắn", reply_to)
    post = world.messages.post if person.network == TELEGRAM else world.post_on_zalo
    message = post(chat_id, person.id, content, reply_to=reply_to)
    world.chats.see(person.id, chat_id, message.id)
    world.tell_message("message", message)
    if person.network == ZALO:
        arrives(world, message)
    elif bot_sees(world, message):
        world.updates.add("message", world.messages.for_bot(message))
    return world.messages.the(message.id)


def _not_blocked(person: Person) -> None:
    if person.blocked:
        raise conflict(
            "chat",
            f"{person.name} đã chặn bot: bỏ chặn trước",
            "the bot is blocked: unblock it first",
        )


def bot_sees(world: World, message: Message) -> bool:
    """Privacy mode: of a group the bot sees commands, its name, replies to it, and services."""
    if message.chat_id > 0:
        return True
    if world.group(message.chat_id).bot_status != MEMBER:
        return False
    if message.kind == "service":
        return True
    if message.reply_to is not None:
        answered = world.messages.find(message.chat_id, message.reply_to)
        if answered is not None and answered.sender_id == world.bot.id:
            return True
    return any(_means_bot(world, message.text, entity) for entity in message.entities)


def _means_bot(world: World, text: str, entity: Json) -> bool:
    words = piece(text, entity).lower()
    mine = f"@{world.bot.username.lower()}"
    if entity["type"] == "mention":
        return words == mine
    return entity["type"] == "bot_command" and ("@" not in words or words.endswith(mine))


def tap(world: World, person: Person, message: Message, wanted: Json, *, stale: bool) -> Json:
    """The button that was tapped: `{"query": id}`, or `{"url": …}` for one that opens a page.

    `wanted` is `{"data": …}` or `{"label": …}`. PeopleRefusal 409: it is not shown (any more).
    """
    if person.network == ZALO:
        raise conflict("message", "Zalo không có nút bấm", "Zalo has no buttons")
    if message.chat_id == person.id:
        _not_blocked(person)
    elif world.group(message.chat_id).bot_status != MEMBER:
        raise conflict("chat", "Bot không còn ở trong nhóm", "the bot is not in this group")
    shown = world.messages.for_people(message)["buttons"]
    fits = (
        button
        for row in shown
        for button in row
        if all(button.get(key) == value for key, value in wanted.items())
    )
    button = next(fits, None)
    if button is None:
        if not (stale and "data" in wanted):
            raise conflict(
                next(iter(wanted)),
                "Nút này không còn trên tin nhắn",
                "this button is not shown on the message (any more)",
            )
        button = wanted
    if "data" not in button:
        return {"url": button.get("url"), "copy": button.get("copy")}
    return {"query": _press(world, person, message, button["data"])}


def _press(world: World, person: Person, message: Message, data: str) -> str:
    query = world.callbacks.tapped(person.id, message.chat_id, message.id, data)
    world.chats.see(person.id, message.chat_id, message.id)
    world.updates.add(
        "callback_query",
        {
            "id": query,
            "from": person.user(),
            "message": world.messages.for_bot(message),
            "chat_instance": str(abs(message.chat_id) * 7919),
            "data": data,
        },
    )
    place = {"person": person.id, "chat": message.chat_id, "message": message.id}
    world.events.tell("tap", {"query": query, **place, "data": data})
    return query


def block(world: World, person: Person, *, blocked: bool) -> Person:
    """The bot is told as the real one is, when it changes something."""
    if person.blocked != blocked:
        world.chats.mark(person, started=person.started, blocked=blocked)
        world.events.tell("person", world.person_told(world.person(person.id)))
        if person.started:
            standing = ("member", "kicked") if blocked else ("kicked", "member")
            body = changed(world, person.chat(), person, *standing)
            world.update(person, "my_chat_member", body)
    return world.person(person.id)


def changed(world: World, chat: Json, by: Person, before: str, after: str) -> Json:
    """The Bot API's ChatMemberUpdated for the bot itself."""

    def standing(status: str) -> Json:
        member: Json = {"user": world.bot.user(), "status": status}
        return {**member, "until_date": 0} if status == "kicked" else member

    return {
        "chat": chat,
        "from": by.user(),
        "date": world.clock.stamp(),
        "old_chat_member": standing(before),
        "new_chat_member": standing(after),
    }
