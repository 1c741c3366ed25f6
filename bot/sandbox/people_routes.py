"""The people's side, person by person: join, say, tap, read, block (docs/sandbox.md)."""

import re
from typing import Any

from aiohttp import web

from bot.sandbox import contents, networks, talk, topics
from bot.sandbox.body import Body, number_of
from bot.sandbox.chats import ZALO, Group, Person, new_zalo_id
from bot.sandbox.refusals import conflict, unknown, wrong
from bot.sandbox.shut import DEACTIVATED
from bot.sandbox.world import World

PATIENCE = 10.0  # seconds a tap waits for the bot's answer


class PeopleRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        person = "/sandbox/people/{id}"
        return [
            web.get("/sandbox/state", self.state),
            web.get("/sandbox/chats/{id}/messages", self.messages),
            web.post("/sandbox/chats/{id}/delete", self.delete),
            web.post("/sandbox/people", self.join),
            web.post(f"{person}/say", self.say),
            web.post(f"{person}/tap", self.tap),
            web.post(f"{person}/read", self.read),
            web.post(f"{person}/block", self.block),
            web.post(f"{person}/unblock", self.unblock),
            web.post(f"{person}/deactivate", self.deactivate),
        ]

    async def state(self, request: web.Request) -> web.Response:
        body = Body.of_query(request, "messages")
        last = body.integer("messages", 0, 1000) if "messages" in body else 200
        world = self._world
        people, groups = world.chats.people(), world.chats.groups()
        chats: list[dict[str, Any]] = [
            {
                "id": person.id,
                "type": "private",
                "title": person.name,
                "members": [person.id],
                "network": person.network,
                "zalo_id": person.zalo_id,
            }
            for person in people
        ]
        chats += [_group_chat(world, group) for group in groups]
        for chat in chats:
            chat["unread"] = {
                str(member): world.chats.unread(member, chat["id"]) for member in chat["members"]
            }
            told = world.messages.of_chat(chat["id"], last=last)
            chat["messages"] = [world.messages.for_people(message) for message in told]
        return web.json_response(
            {
                "world": world.store.fact("world"),
                "event": world.events.last(),
                "bot": {
                    "id": world.bot.id,
                    "name": world.bot.name,
                    "username": world.bot.username,
                },
                "bots": networks.bots_told(world),
                "clock": world.clock.face(),
                "people": world.people_now(),
                "chats": chats,
            }
        )

    async def messages(self, request: web.Request) -> web.Response:
        chat_id = number_of(request)
        body = Body.of_query(request, "after", "last")
        if self._world.chats.person(chat_id) is None:
            self._world.group(chat_id)
        after = body.maybe_integer("after", 0) or 0
        last = body.integer("last", 1, 1000) if "last" in body else 200
        told = self._world.messages.of_chat(chat_id, after, last)
        shown = [self._world.messages.for_people(message) for message in told]
        return web.json_response({"messages": shown})

    async def delete(self, request: web.Request) -> web.Response:
        chat_id, world = number_of(request), self._world
        body = await Body.of(request, "message")
        message = world.messages.find(chat_id, body.integer("message", 1))
        if message is None:
            raise unknown("message", "tin nhắn", body.integer("message"))
        told = {"chat": chat_id, "message": message.id}
        with world.step():
            world.messages.delete(message)
            world.events.tell("delete", told)
        return web.json_response(told)

    async def join(self, request: web.Request) -> web.Response:
        body = await Body.of(request, "name", "username", "id", "network")
        name, person_id = body.text("name", 64), body.maybe_integer("id", 1)
        username = body.maybe_text("username", 32)
        if username is not None and not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{2,31}", username):
            raise wrong("username", "3–32 chữ Latinh, số, _", "3 to 32 of A-Z a-z 0-9 _")
        world = self._world
        same = world.chats.named(username) if username else None
        if same is not None and same.id != person_id:
            raise conflict("username", "Tên người dùng đã có người dùng", "username is taken")
        if person_id is not None and world.is_bot(person_id):
            raise conflict("id", "Số này là của bot", "this is the bot's id")
        old = world.chats.person(person_id) if person_id is not None else None
        network, new = networks.of_person(world, body, old), old is None
        zalo_id = new_zalo_id() if network == ZALO else None
        with world.step():
            person = world.chats.save_person(name, username, person_id, zalo_id)
            told = world.person_told(person)
            world.events.tell("person", told)
        return web.json_response(told, status=201 if new else 200)

    async def say(self, request: web.Request) -> web.Response:
        person = self._person(request)
        body = await Body.of(request, "chat", "reply_to", "topic", *contents.FIELDS)
        chat_id = talk.where(self._world, person, body.maybe_integer("chat"))
        reply_to = body.maybe_integer("reply_to", 1)
        topic = body.maybe_integer("topic", 1)
        with self._world.step():
            said = contents.content_of(self._world, body)
            content = topics.for_person(self._world, chat_id, topic, said)
            message = talk.say(self._world, person, chat_id, content, reply_to)
        return web.json_response(self._world.messages.for_people(message), status=201)

    async def tap(self, request: web.Request) -> web.Response:
        person = self._person(request)
        body = await Body.of(request, "chat", "message", "data", "label", "stale", "wait")
        chat_id = talk.where(self._world, person, body.maybe_integer("chat"))
        message = self._world.messages.find(chat_id, body.integer("message", 1))
        if message is None:
            raise unknown("message", "tin nhắn", body.integer("message"))
        if ("data" in body) == ("label" in body):
            raise wrong("data", 'cần "data" hoặc "label"', 'either "data" or "label" is needed')
        name = "data" if "data" in body else "label"
        wanted, stale = {name: body.text(name)}, body.flag("stale")
        patience = body.seconds("wait", PATIENCE)
        with self._world.step():
            pressed = talk.tap(self._world, person, message, wanted, stale=stale)
        if "query" not in pressed:
            return web.json_response({"answered": False, "text": None, **pressed})
        answer = await self._world.callbacks.wait(pressed["query"], patience)
        told = {
            "query": pressed["query"],
            "answered": answer is not None,
            "text": answer.text if answer else None,
            "show_alert": answer.show_alert if answer else False,
        }
        return web.json_response(told)

    async def read(self, request: web.Request) -> web.Response:
        person = self._person(request)
        body = await Body.of(request, "chat", "message")
        chat_id = talk.where(self._world, person, body.maybe_integer("chat"))
        message_id = body.maybe_integer("message", 0)
        with self._world.step():
            newest = self._world.messages.newest(chat_id)
            self._world.chats.see(person.id, chat_id, newest if message_id is None else message_id)
            told = {"person": person.id, "chat": chat_id}
            told["unread"] = self._world.chats.unread(person.id, chat_id)
            self._world.events.tell("read", told)
        return web.json_response(told)

    async def block(self, request: web.Request) -> web.Response:
        return await self._blocked(request, blocked=True)

    async def unblock(self, request: web.Request) -> web.Response:
        return await self._blocked(request, blocked=False)

    async def deactivate(self, request: web.Request) -> web.Response:
        person = self._person(request)
        await Body.of(request)
        with self._world.step():
            self._world.shut.put(person.id, DEACTIVATED)
        return web.json_response(self._world.person_told(person))

    async def _blocked(self, request: web.Request, *, blocked: bool) -> web.Response:
        person = self._person(request)
        await Body.of(request)
        with self._world.step():
            person = talk.block(self._world, person, blocked=blocked)
        return web.json_response(self._world.person_told(person))

    def _person(self, request: web.Request) -> Person:
        return self._world.person(number_of(request))


def _group_chat(world: World, group: Group) -> dict[str, Any]:
    menus = {str(member): world.commands.shown(group.id, member) for member in group.members}
    return {**world.group_told(group), "type": "group", "commands": menus}
