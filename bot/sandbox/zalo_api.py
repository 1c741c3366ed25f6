"""Zalo's door: token, method, faults on order, the envelope, and the list of calls."""

from collections.abc import Callable
from http import HTTPStatus
from json import JSONDecodeError
from typing import Any

from aiohttp import web

from bot.sandbox.answers import said, spoilt
from bot.sandbox.calls import Call
from bot.sandbox.chats import ZALO
from bot.sandbox.faults import Fault
from bot.sandbox.messages import Message
from bot.sandbox.refusals import ApiRefusal
from bot.sandbox.world import World
from bot.sandbox.zalo_messages import send_chat_action, send_message, send_photo, send_sticker
from bot.sandbox.zalo_refusals import ZaloBadRequest, ZaloRefusal
from bot.sandbox.zalo_updates import get_updates
from bot.sandbox.zalo_webhook import delete_webhook, get_webhook_info, set_webhook

Json = dict[str, Any]


def get_me(world: World, given: Json) -> Json:
    bot = world.zalo_bot
    assert bot is not None, "only a bot that is there can ask"
    return {
        "id": str(bot.id),
        "account_name": bot.name,
        "account_type": "BASIC",
        "can_join_groups": True,
    }


PLAYED: dict[str, Callable[[World, Json], Any]] = {
    "getMe": get_me,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendSticker": send_sticker,
    "sendChatAction": send_chat_action,
}
METHODS = ("getUpdates", *PLAYED)


class ZaloApi:
    def __init__(self, world: World, token: str) -> None:
        self._world, self._token = world, token

    def routes(self) -> list[web.RouteDef]:
        path = "/zalo/bot{token:[^/]*}/{method:.*}"
        return [web.get(path, self.answer), web.post(path, self.answer)]

    async def answer(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        if not self._token or request.match_info["token"] != self._token:
            return said(ZaloRefusal(HTTPStatus.UNAUTHORIZED))
        if name not in METHODS or request.method != "POST":
            return said(ZaloRefusal(HTTPStatus.NOT_FOUND))
        given = await _given(request)
        place = self._world.chats.of_zalo(str((given or {}).get("chat_id")))
        meant = {**(given or {}), "chat_id": place.id if place else None}
        fault = self._world.faults.take(ZALO, name, meant)

        async def answered() -> web.Response:
            return await self._answered(name, given, fault, place.id if place else None)

        return await spoilt(self._world, request, ZALO, fault, answered)

    async def _answered(
        self, name: str, given: Json | None, fault: Fault | None, chat: int | None
    ) -> web.Response:
        try:
            if fault is not None and (refusal := fault.refusal(ZALO)) is not None:
                raise refusal
            if given is None:
                raise ZaloBadRequest("the body is not a JSON object")
            if name == "getUpdates":
                return await self._event(given, fault)
            return said(self._played(name, given, chat))
        except ApiRefusal as refusal:
            if name != "getUpdates":
                self._note(Call(name, chat, None, refusal.code, refusal.description, ZALO))
            return said(refusal)

    async def _event(self, given: Json, fault: Fault | None) -> web.Response:
        letter = await get_updates(self._world, given)
        if fault is not None and fault.drop and not letter.handed:
            with self._world.step():  # it is out, and nobody has it
                self._world.lose(letter.message_id)
        return said(letter.event)

    def _played(self, name: str, given: Json, chat: int | None) -> Any:
        with self._world.step():
            result = PLAYED[name](self._world, given)
            sent = result if isinstance(result, Message) else None
            self._note(Call(name, chat, sent.id if sent else None, network=ZALO))
        if sent is None:
            return result
        return {"message_id": sent.own["zalo_id"], "date": sent.own["milliseconds"]}

    def _note(self, call: Call) -> None:
        with self._world.store.step():
            self._world.calls.note(call)


async def _given(request: web.Request) -> Json | None:
    """The body; an empty one has no arguments. None: it is no JSON object."""
    try:
        body = await request.json() if request.can_read_body else {}
    except (JSONDecodeError, UnicodeDecodeError):
        return None
    return body if isinstance(body, dict) else None
