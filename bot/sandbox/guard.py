"""Keeps other sites' pages out: the Host header, the Origin, and the type of what is posted."""

import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox.refusals import PeopleRefusal

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _from_here(authority: str) -> bool:
    try:
        return is_loopback(urlsplit(f"//{authority}").hostname or "")
    except ValueError:
        return False


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every refusal of the people's side is said here, as JSON."""
    try:
        _check(request)
        return await handler(request)
    except PeopleRefusal as refusal:
        return web.json_response(refusal.body(), status=refusal.status)


def _check(request: web.Request) -> None:
    if not _from_here(request.host):
        raise PeopleRefusal(
            403,
            "Host",
            "Chỉ dùng được qua địa chỉ của chính máy này (127.0.0.1)",
            "only through this machine's own address",
        )
    if not request.path.startswith("/sandbox"):
        return
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise PeopleRefusal(
            403, "Origin", "Không nhận lệnh từ trang web khác", "not from another site's page"
        )
    if request.method == "POST" and request.content_type != "application/json":
        raise PeopleRefusal(
            415,
            "Content-Type",
            "Phải gửi Content-Type: application/json",
            "Content-Type: application/json is needed",
        )
