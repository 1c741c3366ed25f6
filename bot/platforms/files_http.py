"""Evidence over the program's own HTTP side: one file handed in, a list downloaded, a code typed.

Whoever holds the word in the address acts as whom it was given to, and the gate is asked each time
(bot/services/passes.py). No word of an address is logged; an upload is read as it comes, so that
a slow one holds up nobody.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import structlog
from aiohttp import ClientError, web

from bot.domain.errors import EmptyFile, FileTooBig, PassOver, Refusal, SecretMarking
from bot.domain.evidence import Given, written
from bot.domain.people import NOBODY, Act, Person, bearer
from bot.platforms.guesses import Guesses
from bot.services import evidence, figures, handing_out, joining
from bot.services.desk import Desk
from bot.services.file_outcomes import Kept
from bot.services.ports.store import StoreDown
from bot.views import file_pages
from bot.views.figures import counted as figure_screen
from bot.views.refusals import words
from bot.views.screen import plain
from bot.views.voice import Voice

FOLDER = Path(__file__).parent / "page"
STATIC = {"upload.js": "text/javascript", "pages.css": "text/css"}
MB = 1024 * 1024
SILENCE = 30.0  # seconds without a byte
WHOLE = 900.0  # seconds for an upload
AT_ONCE = 3  # uploads; each is held whole until it is on disk
FORM = 4096  # bytes of a form with a code
NAME = "X-File-Name"  # a header: the file's name, percent-encoded
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
        " img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store",
}
STATUS: Mapping[type[Refusal], int] = {
    PassOver: 410,
    FileTooBig: 413,
    EmptyFile: 422,
    SecretMarking: 422,
}


class Trouble(Exception):
    """An upload that does not get through now: which words, and the status."""

    def __init__(self, key: str, status: int) -> None:
        super().__init__(key)
        self.key, self.status = key, status


class FilePages:
    """`most`: MB of an upload. `base`: the public address, whose path stands before ours."""

    def __init__(
        self,
        desk: Desk,
        now: Callable[[], datetime],
        base: str,
        most: int,
        language: str,
        silence: float = SILENCE,
    ) -> None:
        self._desk, self._now, self._most, self._language = desk, now, most, language
        self._base = urlsplit(base).path.rstrip("/")
        self._silence = silence
        self._static = {name: (FOLDER / name).read_bytes() for name in STATIC}
        self._running: dict[str, web.Request] = {}
        self._guesses = Guesses(now, timedelta(minutes=15))
        self._log = structlog.get_logger("pages")

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/gui/{word}", self.upload_page),
            web.put("/gui/{word}", self.upload),
            web.get("/tep/{word}", self.listing),
            web.post("/tep/{word}/{number:[0-9]{1,9}}", self.download),
            web.get("/thongke/{word}", self.figures_page),
            web.post("/thongke/{word}", self.figures_picture),
            web.get("/ma", self.code_page),
            web.post("/ma", self.code),
            web.get("/static/{name}", self.static),
        ]

    @property
    def under_way(self) -> int:
        """Uploads that are being read."""
        return len(self._running)

    async def upload_page(self, request: web.Request) -> web.Response:
        word = request.match_info["word"]
        try:
            done = await self._desk.look(evidence.upload_page, self._act(word), word)
        except (Refusal, StoreDown) as error:
            return await self._refused(error, word)
        voice = self._voice(done.person)
        if isinstance(done.value, Kept):
            return _html(file_pages.uploaded(done.value, self._base, voice))
        return _html(file_pages.upload(done.value, self._most, self._base, voice))

    async def upload(self, request: web.Request) -> web.Response:
        """The body is the file. The word stays good until the file is on disk."""
        word, name = request.match_info["word"], unquote(request.headers.get(NAME, ""))
        act = self._act(word)
        person = NOBODY
        try:
            person = (await self._desk.look(evidence.admit_upload, act, word, name)).person
            given = Given(name, await self._body(request, word))
            done = await self._desk.do(evidence.hand_in, act, word, given)
        except Trouble as trouble:
            said = self._voice(person).plain(f"files.web.{trouble.key}")
            return _json({"said": said}, trouble.status)
        except (OSError, ClientError, web.RequestPayloadError):  # gone in the middle
            return web.Response(status=400)
        except (Refusal, StoreDown) as error:
            said, status, _ = await self._said(error, word)
            return _json({"said": plain(said)}, status)
        shown = file_pages.receipt(done.value, self._voice(done.person))
        return _json({"receipt": shown, "sha256": done.value.file.sha256})

    async def listing(self, request: web.Request) -> web.Response:
        word = request.match_info["word"]
        try:
            done = await self._desk.look(handing_out.page, self._act(word), word)
        except (Refusal, StoreDown) as error:
            return await self._refused(error, word)
        return _html(file_pages.listed(done.value, self._base, self._voice(done.person)))

    async def download(self, request: web.Request) -> web.Response:
        """By a press of its button: a chat that looks what is behind a link downloads nothing."""
        word, number = request.match_info["word"], int(request.match_info["number"])
        try:
            done = await self._desk.do(handing_out.download, self._act(word), word, number)
        except (Refusal, StoreDown) as error:
            return await self._refused(error, word)
        file = done.value.file
        name = f"attachment; filename*=UTF-8''{quote(file.saved_as, safe='')}"
        headers = {**HEADERS, "Content-Disposition": name, "Content-Type": file.media}
        return web.Response(body=done.value.content, headers=headers)

    async def figures_page(self, request: web.Request) -> web.Response:
        word = request.match_info["word"]
        try:
            done = await self._desk.look(figures.page, self._act(word), word)
        except (Refusal, StoreDown) as error:
            return await self._refused(error, word)
        return _html(file_pages.figures(done.value, word, self._base, self._voice(done.person)))

    async def figures_picture(self, request: web.Request) -> web.Response:
        """By a press, as a file is downloaded; drawn in a thread."""
        word = request.match_info["word"]
        try:
            done = await self._desk.look(figures.page, self._act(word), word)
        except (Refusal, StoreDown) as error:
            return await self._refused(error, word)
        drawn = figure_screen(done.value, self._voice(done.person)).draw
        assert drawn is not None
        picture = await asyncio.to_thread(drawn[1])
        return web.Response(body=picture, content_type="image/png", headers=HEADERS)

    async def code_page(self, request: web.Request) -> web.Response:
        return _html(file_pages.code("", self._base, self._voice(NOBODY)))

    async def code(self, request: web.Request) -> web.Response:
        voice, who = self._voice(NOBODY), _asker(request)
        if self._guesses.too_many(who):
            said = voice.plain("files.web.code_later")
            return _html(file_pages.code(said, self._base, voice), 429)
        word = written(await _typed(request))
        try:
            done = await self._desk.do(handing_out.redeem, self._act(word), word)
        except (Refusal, StoreDown) as error:
            if isinstance(error, StoreDown):
                return await self._refused(error, word)
            self._guesses.wrong(who)
            said = voice.plain("files.web.code_wrong")
            return _html(file_pages.code(said, self._base, voice), 422)
        there = {**HEADERS, "Location": f"{self._base}/tep/{done.value}"}
        return web.Response(status=303, headers=there)

    async def static(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in self._static:
            raise web.HTTPNotFound
        body, kind = self._static[name], STATIC[name]
        headers = {**HEADERS, "Cache-Control": "no-cache"}
        return web.Response(body=body, content_type=kind, charset="utf-8", headers=headers)

    async def _body(self, request: web.Request, word: str) -> bytes:
        """FileTooBig as soon as it is; Trouble."""
        if (request.content_length or 0) > self._most * MB:
            raise FileTooBig(most=self._most)
        before = self._running.pop(word, None)
        if before is not None and before.transport is not None:
            before.transport.abort()  # the telephone has begun anew; that one has lost its way
        if len(self._running) >= AT_ONCE:
            raise Trouble("busy", 503)
        self._running[word] = request
        try:
            async with asyncio.timeout(WHOLE):
                return await self._read(request)
        except TimeoutError:
            raise Trouble("slow", 408) from None
        finally:
            if self._running.get(word) is request:
                del self._running[word]

    async def _read(self, request: web.Request) -> bytes:
        content = bytearray()
        while True:
            async with asyncio.timeout(self._silence):
                chunk = await request.content.readany()
            if not chunk:
                return bytes(content)
            content += chunk
            if len(content) > self._most * MB:
                raise FileTooBig(most=self._most)

    def _act(self, word: str) -> Act:
        return Act(bearer(word), self._now())

    def _voice(self, person: Person) -> Voice:
        language = person.language if person.id else self._language
        return Voice(language, self._now())

    async def _refused(self, error: Refusal | StoreDown, word: str) -> web.Response:
        said, status, voice = await self._said(error, word)
        try:
            contact = (await self._desk.look(joining.contact, self._act(word))).value
        except StoreDown:
            contact = None
        return _html(file_pages.refused(said, contact, self._base, voice), status)

    async def _said(self, error: Refusal | StoreDown, word: str) -> tuple[str, int, Voice]:
        """Words as HTML, the status, and how they are said."""
        if isinstance(error, StoreDown):
            self._log.error("pages.store_down")
            voice = self._voice(NOBODY)
            return voice.say("errors.store_down_unread"), 503, voice
        person = error.person if isinstance(error.person, Person) else NOBODY
        voice = self._voice(person)
        if isinstance(error, PassOver):
            return voice.say("files.web.over"), 410, voice
        contact = (await self._desk.look(joining.contact, self._act(word))).value
        return words(error, contact, voice), STATUS.get(type(error), 403), voice


async def _typed(request: web.Request) -> str:
    """The code in a form; nothing more of a large body is read."""
    if (request.content_length or 0) > FORM:
        return ""
    return str((await request.post()).get("code", ""))[:64]


def _asker(request: web.Request) -> str:
    """Who asks; what a proxy of ours says of it counts, what the asker says does not."""
    peer = request.remote or ""
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return told if told and Guesses.is_near(peer) else peer


def _html(page: str, status: int = 200) -> web.Response:
    headers = dict(HEADERS)
    return web.Response(
        text=page, status=status, content_type="text/html", charset="utf-8", headers=headers
    )


def _json(told: dict[str, Any], status: int = 200) -> web.Response:
    return web.json_response(told, status=status, headers=HEADERS)
