"""What people do with groups: found one, bring somebody in, let somebody go, throw the bot out."""

from typing import Any

from bot.sandbox.chats import (
    KICKED,
    MEMBER,
    NEVER,
    SUPERGROUPS,
    TELEGRAM,
    ZALO,
    Group,
    Person,
    new_zalo_id,
)
from bot.sandbox.messages import Content
from bot.sandbox.refusals import conflict, wrong
from bot.sandbox.shut import MOVED
from bot.sandbox.talk import changed
from bot.sandbox.world import World


def found(
    world: World,
    title: str,
    members: list[int],
    group_id: int | None,
    network: str = TELEGRAM,
    *,
    with_bot: bool,
) -> Group:
    """A new group; the first member is its founder."""
    people = [world.person(member, "members") for member in members]
    if not people:
        raise wrong("members", "cần ít nhất một người", "at least one person is needed")
    if group_id is not None and group_id >= 0:
        raise wrong("id", "số của nhóm phải âm", "the id of a group is below zero")
    _of_one_network(people, network, "members")
    zalo_id = new_zalo_id() if network == ZALO else None
    number = world.chats.add_group(title, MEMBER if with_bot else NEVER, group_id, zalo_id)
    for person in people:
        world.chats.join(number, person.id)
    group = world.group(number)
    if with_bot:
        _bot_moved(world, group, people[0], NEVER, MEMBER)
    _moved(world, group, people[0], {"group_chat_created": True})
    world.events.tell("group", world.group_told(group))
    return group


def change_members(world: World, group: Group, add: list[int], remove: list[int]) -> Group:
    """Who comes and who goes, each told in the group. The last one cannot go."""
    coming = [world.person(number, "add") for number in add]
    _of_one_network(coming, group.network, "add")
    for person in coming:
        if person.id not in group.members:
            world.chats.join(group.id, person.id)
            _moved(world, group, host(world, group), {"new_chat_members": [person.user()]})
    for person in [world.person(number, "remove") for number in remove]:
        group = world.group(group.id)
        if group.members == (person.id,):
            raise conflict("remove", "Nhóm phải còn một người", "the last member has to stay")
        if person.id in group.members:
            world.chats.leave(group.id, person.id)
            _moved(world, group, person, {"left_chat_member": person.user()})
    group = world.group(group.id)
    world.events.tell("group", world.group_told(group))
    return group


def move_bot(world: World, group: Group, status: str, by: Person | None) -> Group:
    """Kicked or invited; the bot is told as the real one is, when it changes something."""
    if group.bot_status != status:
        actor = by or host(world, group)
        world.chats.set_bot_status(group.id, status)
        after = world.group(group.id)
        _bot_moved(world, after, actor, group.bot_status, status)
        what = "left_chat_member" if status == KICKED else "new_chat_members"
        bot = world.bot.user()
        _moved(world, after, actor, {what: bot if status == KICKED else [bot]})
        world.events.tell("group", world.group_told(after))
    return world.group(group.id)


def upgrade(world: World, group: Group, to: int | None) -> Group:
    """The group becomes a supergroup under another id; what was said stays in the old one."""
    if group.network == ZALO:
        raise conflict("id", "Nhóm Zalo không đổi mã", "a Zalo group keeps its id")
    if world.shut.why(group.id) == MOVED:
        raise conflict("id", "Nhóm này đã đổi mã", "this group has another id already")
    number = SUPERGROUPS + group.id if to is None else to
    if number >= SUPERGROUPS or world.chats.group(number) is not None:
        raise wrong("to", f"cần một số mới dưới {SUPERGROUPS}", f"a new id below {SUPERGROUPS}")
    world.chats.add_group(group.title, group.bot_status, number)
    for member in group.members:
        world.chats.join(number, member)
    by, after = host(world, group), world.group(number)
    said = "Nhóm đã thành siêu nhóm"
    service(world, group, by, said, {"migrate_to_chat_id": number})
    world.shut.put(group.id, MOVED, number)
    service(world, after, by, said, {"migrate_from_chat_id": group.id})
    world.events.tell("group", world.group_told(after))
    return after


def _of_one_network(people: list[Person], network: str, field: str) -> None:
    for person in people:
        if person.network != network:
            vietnamese = f"{person.name} không dùng mạng của nhóm này ({network})"
            raise conflict(field, vietnamese, f"{person.name} is not on {network}")


def host(world: World, group: Group) -> Person:
    return world.person(group.members[0])


def _bot_moved(world: World, group: Group, by: Person, before: str, after: str) -> None:
    world.update(group, "my_chat_member", changed(world, group.chat(), by, before, after))


def service(world: World, group: Group, by: Person, words: str, what: dict[str, Any]) -> None:
    """A line of the group itself, seen by the bot while it is a member."""
    content = Content(words, kind="service", extra=what)
    message = world.messages.post(group.id, by.id, content)
    world.tell_message("message", message)
    if world.group(group.id).bot_status == MEMBER:
        world.update(group, "message", world.messages.for_bot(message))


def _moved(world: World, group: Group, by: Person, what: dict[str, Any]) -> None:
    """Somebody came or went."""
    service(world, group, by, _words(what, by), what)


def _words(service: dict[str, Any], by: Person) -> str:
    """The line as the page shows it."""
    if "group_chat_created" in service:
        return f"{by.name} đã lập nhóm"
    if "left_chat_member" in service:
        return f"{service['left_chat_member']['first_name']} đã ra khỏi nhóm"
    names = ", ".join(user["first_name"] for user in service["new_chat_members"])
    return f"{names} đã vào nhóm"
