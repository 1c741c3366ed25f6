"""The Bot API's door: token, method, arguments, faults on order, answer, and the list of calls."""

from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.sandbox.answers import said, spoilt
from bot.sandbox.bot_callbacks import answer_callback_query
from bot.sandbox.bot_commands import get_me, get_my_commands, set_my_commands
from bot.sandbox.bot_files import get_file, send_document
from bot.sandbox.bot_messages import edit_message_text, send_message
from bot.sandbox.bot_updates import get_updates
from bot.sandbox.bot_webhook import delete_webhook, get_webhook_info, set_webhook
from bot.sandbox.callbacks import Answer
from bot.sandbox.calls import Call
from bot.sandbox.chats import TELEGRAM
from bot.sandbox.fields import METHODS
from bot.sandbox.files import Upload
from bot.sandbox.refusals import ApiRefusal, BadRequest
from bot.sandbox.validation import arguments, integer
from bot.sandbox.world import World

Method = Callable[[World, dict[str, Any]], Any]

PLAYED: dict[str, Method] = {
    "getMe": get_me,
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "sendDocument": send_document,
    "getFile": get_file,
    "answerCallbackQuery": answer_callback_query,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
ATTACHED = "attach://"
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
            return said(ApiRefusal(401, "Unauthorized"))
        if name is None:
            return said(ApiRefusal(404, "Not Found"))
        given = await _given(request)
        fault = self._world.faults.take(TELEGRAM, name, given or {})
        refusal = fault.refusal(TELEGRAM) if fault else None
        return await spoilt(
            self._world, request, TELEGRAM, fault, lambda: self._executed(name, given, refusal)
        )

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
                return said(await get_updates(self._world, read))
            return said(self._played(name, read))
        except ApiRefusal as refusal:
            if name != "getUpdates":
                chat = integer((given or {}).get("chat_id"))
                self._note(name, chat, read.get("message_id"), refusal)
            return said(refusal)

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
            form = dict(await request.post())
            given.update({name: _part(value, form) for name, value in form.items()})
    except ValueError:
        return None
    return given


def _part(value: str | bytes | bytearray | web.FileField, form: dict[str, Any]) -> str | Upload:
    """A part of a form; "attach://NAME" is the part of that name."""
    if isinstance(value, str):
        meant = form.get(value.removeprefix(ATTACHED)) if value.startswith(ATTACHED) else None
        return _part(meant, {}) if isinstance(meant, web.FileField) else value
    if isinstance(value, web.FileField):
        return Upload(value.filename, value.content_type, value.file.read())
    return ""
