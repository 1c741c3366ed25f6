"""Reads the settings from the environment and from .env; every fault is told at once.

A value may be a secret: no message holds one.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from dotenv.parser import parse_stream
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings

from bot.config import PREFIX, Cure, Settings

BESIDE = "TRUCBAN_WATCHDOG"  # what another program's settings begin with (bot/watchdog)
S = TypeVar("S", bound=BaseSettings)


class BadSettings(Exception):
    """What was set cannot be used; `messages` holds one line for each fault, never a value.

    A value may be a secret, also one pasted beside the wrong name: only names and cures are told.
    """

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages = tuple(messages)
        super().__init__(" | ".join(self.messages))


def load_settings(environ: Mapping[str, str], env_file: Path | None = Path(".env")) -> Settings:
    """The settings of `environ` and, for what it leaves out, of `env_file` where there is one.

    An empty value means "not set". A relative SQLite path counts from the current folder; the
    store creates that folder.

    Raises BadSettings with all faults at once.
    """
    return load(Settings, PREFIX, environ, env_file, but=BESIDE)


def load(
    kind: type[S],
    prefix: str,
    environ: Mapping[str, str],
    env_file: Path | None = Path(".env"),
    but: str | None = None,
) -> S:
    """The settings of one program. `but`: what begins so is another's, and is left to it."""
    faults: list[str] = []
    given: dict[str, str] = {}
    if env_file is not None and env_file.is_file():
        given |= _ours(_read(env_file, faults), prefix, but)
    given |= _ours(environ, prefix, but)
    known = {prefix + field.upper(): field for field in kind.model_fields}
    faults += [_unknown(name, known) for name in given if name not in known]
    values = {known[name]: value for name, value in given.items() if name in known and value}
    try:
        settings = kind.model_validate(values)
    except ValidationError as error:
        faults += [_told(kind, prefix, detail) for detail in error.errors(include_url=False)]
    if faults:
        raise BadSettings(faults)
    return settings


def _ours(variables: Mapping[str, str], prefix: str, but: str | None) -> dict[str, str]:
    """By upper-case name; the prefix without its underscore is caught too, as a slip."""
    upper = ((name.upper(), value.strip()) for name, value in variables.items())
    ours = {name: value for name, value in upper if name.startswith(prefix.rstrip("_"))}
    return {name: value for name, value in ours.items() if not (but and name.startswith(but))}


def _read(env_file: Path, faults: list[str]) -> dict[str, str]:
    written: dict[str, str] = {}
    try:
        with env_file.open(encoding="utf-8") as stream:
            bindings = list(parse_stream(stream))
    except (OSError, UnicodeDecodeError):
        faults.append(
            f"{env_file.name}: không đọc được. Lưu tệp bằng mã UTF-8 và cho phép đọc"
            " · cannot be read. Save it as UTF-8 and allow reading"
        )
        return written
    for binding in bindings:
        text = binding.original.string
        if binding.error or (binding.key is not None and binding.value is None):
            line = binding.original.line + len(text[: -len(text.lstrip())].splitlines())
            faults.append(
                f"{env_file.name}, dòng {line}: không đúng dạng TÊN=giá trị. Sửa hoặc xóa dòng này"
                f" · line {line} is not NAME=value. Mend it or take it out"
            )
        elif binding.key is not None:
            written[binding.key] = binding.value or ""
    return written


def _unknown(name: str, known: Mapping[str, str]) -> str:
    nearest = get_close_matches(name, known, n=1)
    vi, en = (
        (f"Có phải {nearest[0]}?", f"Did you mean {nearest[0]}?")
        if nearest
        else ("Các tên có trong .env.example", "The names are in .env.example")
    )
    return f"{name}: không có cài đặt này. {vi} · no such setting. {en}"


def _told(kind: type[BaseSettings], prefix: str, detail: ErrorDetails) -> str:
    """One line: the variable, what is wrong, the cure; `input` is never looked at."""
    field = str(detail["loc"][0])
    cure = next(c for c in kind.model_fields[field].metadata if isinstance(c, Cure))
    match detail["type"]:
        case "wrong":
            vi, en = detail["ctx"]["vi"], detail["ctx"]["en"]
        case "literal_error":
            vi, en = "không có trong các lựa chọn", "is none of the choices"
        case "greater_than_equal" | "less_than_equal" | "less_than":
            vi, en = "ngoài khoảng cho phép", "is out of range"
        case _:
            vi, en = "không phải là số phù hợp", "is not a fitting number"
    return f"{prefix}{field.upper()}: {vi}. {cure.vi} · {en}. {cure.en}"
