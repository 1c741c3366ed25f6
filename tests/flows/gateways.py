"""What stands at the other end of a deployment's gateways: a real mail server, and one for SMS."""

import asyncio
import email
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from typing import Any

from aiohttp import web
from aiosmtpd.smtp import SMTP

from tests.flows.person import PATIENCE

WORD = "mat-khau-khong-ai-thay"  # of the gateways: it may stand nowhere


@dataclass
class Post:
    """`mails` and `texts` as they came in; `fails`: nothing is taken."""

    mails: list[EmailMessage] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)
    fails: bool = False
    tried: int = 0
    came: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802
        async with self.came:
            self.tried += 1
            if not self.fails:
                self.mails.append(email.message_from_bytes(envelope.content, policy=policy.default))
            self.came.notify_all()
        return "451 later" if self.fails else "250 taken"

    async def take_text(self, request: web.Request) -> web.Response:
        async with self.came:
            self.tried += 1
            if not self.fails:
                self.texts.append(await request.json())
            self.came.notify_all()
        return web.Response(status=503 if self.fails else 200)

    async def until(self, holds: Callable[[], Any]) -> Any:
        async with asyncio.timeout(PATIENCE), self.came:
            await self.came.wait_for(holds)
            return holds()

    async def mail(self, number: int = 1) -> EmailMessage:
        """The n-th that came."""
        await self.until(lambda: len(self.mails) >= number)
        return self.mails[number - 1]

    async def text(self, number: int = 1) -> dict[str, Any]:
        await self.until(lambda: len(self.texts) >= number)
        return self.texts[number - 1]


@asynccontextmanager
async def post_office() -> AsyncIterator[tuple[Post, str, str]]:
    """The post, and the addresses of its mail and of its SMS gateway as a setting names them."""
    post, loop = Post(), asyncio.get_running_loop()
    mail = await loop.create_server(lambda: SMTP(post, loop=loop), "127.0.0.1", 0)
    app = web.Application()
    app.router.add_post("/gui", post.take_text)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    at_mail, at_sms = mail.sockets[0].getsockname()[1], runner.addresses[0][1]
    smtp = f"mailto://127.0.0.1:{at_mail}?from=trucban@co-quan.example.vn&to={{email}}"
    try:
        yield post, smtp, f"json://127.0.0.1:{at_sms}/gui?:to={{phone}}&:key={WORD}"
    finally:
        mail.close()
        await mail.wait_closed()
        await runner.cleanup()
