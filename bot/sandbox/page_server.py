"""The web page: plain files of the folder page/, under a policy that lets nothing else in."""

import asyncio
from pathlib import Path

from aiohttp import web

from bot.sandbox.story_files import StoryBroken, as_json, load_stories

FOLDER = Path(__file__).parent / "page"
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
        " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class PageServer:
    """Reads the files once: what is served is what was there at the start.

    The stories are read whenever they are asked for, so that one who writes them sees them at once.
    """

    def __init__(self) -> None:
        self._files = {
            path.name: (path.read_bytes(), TYPES[path.suffix])
            for path in FOLDER.iterdir()
            if path.suffix in TYPES
        }

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self.index),
            web.get("/page/stories.json", self.stories),
            web.get("/page/{name}", self.file),
        ]

    async def index(self, request: web.Request) -> web.Response:
        return self._served("index.html")

    async def file(self, request: web.Request) -> web.Response:
        return self._served(request.match_info["name"])

    async def stories(self, request: web.Request) -> web.Response:
        try:
            stories = await asyncio.to_thread(load_stories)
        except StoryBroken as error:
            return web.json_response({"error": str(error)}, status=500, headers=HEADERS)
        return web.json_response(body=as_json(stories), headers=HEADERS)

    def _served(self, name: str) -> web.Response:
        if name not in self._files:
            raise web.HTTPNotFound
        body, kind = self._files[name]
        return web.Response(body=body, content_type=kind, charset="utf-8", headers=HEADERS)
