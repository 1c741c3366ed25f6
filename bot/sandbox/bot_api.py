"""The Bot API's door: token, method, arguments, faults on order, answer, and the list of calls."""

import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.sandbox.bot_callbacks import answer_callback_query
from bot.sandbox.bot_commands import get_me, get_my_commands, set_my_commands
from bot.sandbox.bot_messages import edit_message_text, send_message
from bot.sandbox.bot_updates import get_updates
from bot.sandbox.bot_webhook import delete_webhook, get_webhook_info, set_webhook
from bot.sandbox.callbacks import Answer
from bot.sandbox.calls import Call
from bot.sandbox.fields import METHODS
from bot.sandbox.refusals import ApiRefusal, BadRequest
from bot.sandbox.validation import arguments, integer
from bot.sandbox.world import World

Method = Callable[[World, dict[str, Any]], Any]

PLAYED: dict[str, Method] = {
    "getMe": get_me,
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "answerCallbackQuery": answer_callback_query,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
NAMES = {name.lower(): name for name in METHODS}


class BotApi:
    def __init__(self, world: World, token: str) -> None:
        self._world, self._token = world, token

    def routes(self) -> list[web.RouteDef]:
        path = "/bot{token:[^/]*}/{method:.*}"
        return [web.get(path, self.answer), web.post(path, self.answer)]

    async def answer(self, request: web.Request) -> web.Response:
        name = NAMES.get(request.match_info["method"].lower())
        if request.match_info["token"] != self._token:
            return _said(ApiRefusal(401, "Unauthorized"))
        if name is None:
            return _said(ApiRefusal(404, "Not Found"))
        given = await _given(request)
        fault = self._world.faults.take(name, given or {})
        if fault is not None and fault.lose and request.transport is not None:
            request.transport.abort()
            return web.Response()
        said = await self._executed(name, given, fault.refusal() if fault else None)
        if fault is not None:
            await self._world.bell.pause(fault.delay_seconds)
            if fault.drop and request.transport is not None:
                request.transport.abort()
        return said

    async def _executed(
        self, name: str, given: dict[str, Any] | None, ordered: ApiRefusal | None
    ) -> web.Response:
        read: dict[str, Any] = {}
        try:
            if ordered is not None:
                raise ordered
            if given is None:
                raise BadRequest("can't parse the body of the request")
            read = arguments(name, given)
            if name == "getUpdates":
                return _ok(await get_updates(self._world, read))
            return _ok(self._played(name, read))
        except ApiRefusal as refusal:
            if name != "getUpdates":
                chat = integer((given or {}).get("chat_id"))
                self._note(name, chat, read.get("message_id"), refusal)
            return _said(refusal)

    def _played(self, name: str, read: dict[str, Any]) -> Any:
        world = self._world
        with world.step():
            result = PLAYED[name](world, read)
            chat, message = read.get("chat_id"), read.get("message_id")
            if isinstance(result, Answer):
                chat = result.chat_id
            elif isinstance(result, dict):
                message = result.get("message_id")
            self._note(name, chat, message, None)
        if isinstance(result, Answer):
            world.callbacks.tell(result)
            return True
        return result

    def _note(self, name: str, chat: Any, message: Any, refusal: ApiRefusal | None) -> None:
        call = Call(
            name,
            chat if isinstance(chat, int) else None,
            message if isinstance(message, int) else None,
            refusal.code if refusal else None,
            refusal.description if refusal else None,
        )
        with self._world.store.step():
            self._world.calls.note(call)


async def _given(request: web.Request) -> dict[str, Any] | None:
    """The arguments as they came: query, JSON or form. None: the body cannot be read."""
    given: dict[str, Any] = dict(request.query)
    try:
        if request.content_type == "application/json":
            body = await request.json() if request.can_read_body else {}
            if not isinstance(body, dict):
                return None
            given.update(body)
        elif request.method == "POST":
            for name, value in (await request.post()).items():
                given[name] = value if isinstance(value, str) else ""
    except ValueError:
        return None
    return given


def _ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result}, dumps=_dumps)


def _said(refusal: ApiRefusal) -> web.Response:
    return web.json_response(refusal.body(), status=refusal.code)


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
