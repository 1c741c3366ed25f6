"""The people's side of groups: found, bring in, let go, throw the bot out, invite it again."""

from aiohttp import web

from bot.sandbox import gather, networks, topics
from bot.sandbox.body import Body, number_of
from bot.sandbox.chats import KICKED, MEMBER, ZALO
from bot.sandbox.refusals import conflict, wrong
from bot.sandbox.shut import MUTED
from bot.sandbox.world import World


class GroupRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        group = "/sandbox/groups/{id}"
        return [
            web.post("/sandbox/groups", self.found),
            web.post(f"{group}/members", self.members),
            web.post(f"{group}/kick", self.kick),
            web.post(f"{group}/invite", self.invite),
            web.post(f"{group}/mute", self.mute),
            web.post(f"{group}/upgrade", self.upgrade),
            web.post(f"{group}/topics", self.topic),
        ]

    async def found(self, request: web.Request) -> web.Response:
        body = await Body.of(request, "title", "members", "id", "with_bot", "network")
        title, group_id = body.text("title", 128), body.maybe_integer("id", most=-1)
        members, with_bot = body.integers("members"), body.flag("with_bot", usual=True)
        world, network = self._world, networks.of_group(self._world, body, members)
        with world.step():
            if group_id is not None and world.chats.group(group_id) is not None:
                world.chats.rename_group(group_id, title)
                told = world.group_told(world.group(group_id))
                world.events.tell("group", told)
                return web.json_response(told)
            group = gather.found(world, title, members, group_id, network, with_bot=with_bot)
        return web.json_response(world.group_told(group), status=201)

    async def members(self, request: web.Request) -> web.Response:
        body = await Body.of(request, "add", "remove")
        group = self._world.group(number_of(request))
        add, remove = body.integers("add"), body.integers("remove")
        with self._world.step():
            group = gather.change_members(self._world, group, add, remove)
        return web.json_response(self._world.group_told(group))

    async def kick(self, request: web.Request) -> web.Response:
        return await self._move(request, KICKED)

    async def invite(self, request: web.Request) -> web.Response:
        return await self._move(request, MEMBER)

    async def mute(self, request: web.Request) -> web.Response:
        body = await Body.of(request, "on")
        world, on = self._world, body.flag("on", usual=True)
        group = world.group(number_of(request))
        with world.step():
            if on:
                world.shut.put(group.id, MUTED)
            elif world.shut.why(group.id) == MUTED:
                world.shut.lift(group.id)
        return web.json_response({**world.group_told(group), "muted": on})

    async def upgrade(self, request: web.Request) -> web.Response:
        body = await Body.of(request, "to")
        group = self._world.group(number_of(request))
        with self._world.step():
            group = gather.upgrade(self._world, group, body.maybe_integer("to"))
        return web.json_response(self._world.group_told(group))

    async def topic(self, request: web.Request) -> web.Response:
        """A new one by its name, or what is done to one by its number."""
        body = await Body.of(request, "name", "topic", "do")
        world = self._world
        group = world.group(number_of(request))
        if group.network == ZALO:
            raise conflict("id", "Nhóm Zalo không có chủ đề", "a Zalo group has no topics")
        with world.step():
            if "name" in body:
                topic = topics.make(world, group, body.text("name", 128))
            else:
                old, do = topics.the(world, group.id, body.integer("topic", 1)), body.text("do")
                if do not in ("close", "reopen", "delete"):
                    raise wrong("do", "cần close, reopen, delete", "close, reopen or delete")
                topic = topics.change(world, group, old, do)
        return web.json_response(topic.told())

    async def _move(self, request: web.Request, status: str) -> web.Response:
        body = await Body.of(request, "by")
        world = self._world
        group = world.group(number_of(request))
        by = world.person(body.integer("by"), "by") if "by" in body else None
        with world.step():
            group = gather.move_bot(world, group, status, by)
        return web.json_response(world.group_told(group))
