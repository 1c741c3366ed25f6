"""The bytes of pictures and files: for people, for the Telegram bot, and at Zalo's addresses."""

from pathlib import PurePosixPath
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.answers import said
from bot.sandbox.files import LARGEST_DOWNLOAD, File
from bot.sandbox.refusals import ApiRefusal, unknown
from bot.sandbox.world import World

SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp")  # anything else is downloaded
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


class FileRoutes:
    def __init__(self, world: World, token: str) -> None:
        self._world, self._token = world, token

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/sandbox/files/{id}", self.for_people),
            web.get("/zalo/media/{id}", self.of_zalo),
            web.get("/file/bot{token:[^/]*}/{path:.+}", self.for_bot),
        ]

    async def for_people(self, request: web.Request) -> web.Response:
        file = self._world.files.find(request.match_info["id"])
        if file is None or file.body is None:
            raise unknown("id", "tệp", request.match_info["id"])
        return _served(file)

    async def of_zalo(self, request: web.Request) -> web.Response:
        """For anybody who knows the address, as the real ones."""
        file = self._world.files.find(request.match_info["id"])
        if file is None or file.body is None or file.kind == "document":
            raise web.HTTPNotFound
        return _served(file)

    async def for_bot(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self._token:
            return said(ApiRefusal(401, "Unauthorized"))
        path = request.match_info["path"]
        file = self._world.files.find(PurePosixPath(path).stem)
        if file is None or file.path != path or file.body is None or file.size > LARGEST_DOWNLOAD:
            return said(ApiRefusal(404, "Not Found"))
        return web.Response(body=file.body, content_type="application/octet-stream")


def _served(file: File) -> web.Response:
    headers = dict(HEADERS)
    if file.type not in SHOWN:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
    return web.Response(body=file.body, content_type=file.type, headers=headers)
