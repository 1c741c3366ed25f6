"""Asks the program that runs how it does (python -m bot health). Imports little: it is asked often.

One line and an exit code: 0 when all is well, 1 when something is not, or nobody answers.
"""

import json
import urllib.request
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.error import HTTPError

from bot.config import Settings, listen
from bot.environment import BadSettings, load_settings

PATH = "/healthz"
PATIENCE = 10.0  # seconds
LARGEST = 10_000  # characters of an answer
PARTS = {
    "store": "cơ sở dữ liệu không trả lời",
    "outbox": "việc gửi tin bị dừng",
    "updates": "không nhận được tin từ nền tảng",
    "audit": "có tin khẩn bị tắc, hoặc việc tự kiểm tra đã dừng",
    "ticks": "có việc định kỳ (nhắc việc, nhắc thời hạn, lịch trực) bị lỗi liên tục",
}


def ask(environ: Mapping[str, str]) -> int:
    try:
        address = _address(load_settings(environ))
    except BadSettings as error:
        return _said("\n".join(error.messages), 1)
    if address is None:
        return _said("Chưa đặt TRUCBAN_HEALTH_LISTEN nên không hỏi được.", 1)
    try:
        told = _asked(address)
    except (OSError, ValueError) as error:
        return _said(f"Bot không trả lời ở {address} ({type(error).__name__}).", 1)
    wrong = [said for part, said in PARTS.items() if not told.get(part)]
    if wrong:
        return _said(f"Không ổn: {', '.join(wrong)}.", 1)
    return _said("Ổn: cơ sở dữ liệu trả lời, tin vẫn gửi và nhận.", 0)


def _address(settings: Settings) -> str | None:
    where = settings.health_listen
    if where is None and settings.webhook_url is not None:
        where = settings.webhook_listen
    if where is None:
        return None
    host, port = listen(where)
    host = _reached(host)
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{PATH}"


def _reached(host: str) -> str:
    """Where one that listens on every address of the machine is asked."""
    try:
        address = ip_address(host)
    except ValueError:
        return host  # a name
    if not address.is_unspecified:
        return host
    return "::1" if address.version == 6 else "127.0.0.1"


def _asked(address: str) -> Mapping[str, bool]:
    """OSError: nobody answers. ValueError: what answers is not the program."""
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with straight.open(address, timeout=PATIENCE) as answer:
            told = json.loads(answer.read(LARGEST))
    except HTTPError as error:
        told = json.loads(error.read(LARGEST))
    if not isinstance(told, dict):
        raise ValueError(address)
    return told


def _said(line: str, code: int) -> int:
    print(line)  # noqa: T201 (what the command says)
    return code
