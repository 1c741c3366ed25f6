"""The settings of one deployment, and the only place that reads them (cài đặt).

What is given is checked whole before anything starts: a misspelt name, a value out of range, a
pushed clock beside a real platform. Nothing is read behind the caller's back: `load_settings`
takes the environment as a value, `Settings(...)` takes nothing but its arguments.
`.env.example` explains every setting to the people who run the bot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from dotenv.parser import parse_stream
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX: Final = "TRUCBAN_"


class BadSettings(Exception):
    """What was set cannot be used; `messages` holds one line for each fault, never a value.

    A value may be a secret, also one pasted beside the wrong name: only names and cures are told.
    """

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages = tuple(messages)
        super().__init__(" | ".join(self.messages))


@dataclass(frozen=True, slots=True)
class Cure:
    """What to write instead, in Vietnamese and in English."""

    vi: str
    en: str


def _wrong(vi: str, en: str) -> PydanticCustomError:
    return PydanticCustomError("wrong", "{en}", {"vi": vi, "en": en})


def _web_address(value: str) -> str:
    """`http(s)://host[:port][/path]` without the last slash; no name or password in it."""
    try:
        parts = urlsplit(value)
        well_formed = parts.scheme in {"http", "https"} and bool(parts.hostname)
        well_formed = well_formed and parts.port != 0 and not any(map(str.isspace, value))
    except ValueError:
        well_formed = False
    if not well_formed:
        raise _wrong("không phải là địa chỉ http(s)", "is not an http(s) address")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise _wrong(
            "không được kèm tên, mật khẩu, dấu ? hoặc #", "may hold no user, password, ? or #"
        )
    return value.rstrip("/")


LISTEN = Cure("Ghi địa chỉ:cổng, ví dụ 127.0.0.1:8080", "Give address:port, such as 127.0.0.1:8080")
WEBHOOK_PORTS = (443, 80, 88, 8443)


def listen(value: str) -> tuple[str, int]:
    """The host and the port of "127.0.0.1:8080" or "[::1]:8080"."""
    try:
        parts = urlsplit(f"//{value}")
        host, port = parts.hostname or "", parts.port or 0
    except ValueError:
        host, port = "", 0
    if not host or not port or value != f"{f'[{host}]' if ':' in host else host}:{port}":
        raise _wrong("không đúng dạng địa chỉ:cổng", "is not address:port")
    return host, port


def _tokens(several: SecretStr) -> tuple[str, ...]:
    return tuple(re.split(r"[\s,;]+", several.get_secret_value().strip(" \t\r\n,;")))


def _on_loopback(address: str | None) -> bool:
    host = urlsplit(address or "").hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class Settings(BaseSettings):
    """Every setting with its default; the environment calls each TRUCBAN_ plus the name."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        str_strip_whitespace=True,
    )

    telegram_token: Annotated[
        SecretStr | None,
        Cure(
            "Chép nguyên mã BotFather cấp, dạng 123456:ABC…; nhiều bot thì cách nhau bằng dấu phẩy",
            "Copy BotFather's token, 123456:ABC…; several bots with commas between",
        ),
    ] = None
    telegram_api: Annotated[
        str | None,
        Cure("Ví dụ https://botapi.co-quan.vn", "Such as https://botapi.agency.example"),
    ] = None
    webhook_url: Annotated[
        str | None,
        Cure(
            "Ví dụ https://trucban.co-quan.vn; để trống thì bot tự hỏi tin",
            "Such as https://trucban.agency.example; left out, the bot polls",
        ),
    ] = None
    webhook_listen: Annotated[str, LISTEN] = "127.0.0.1:8080"
    webhook_secret: Annotated[
        SecretStr | None,
        Cure(
            "Dùng 1–256 ký tự A-Z a-z 0-9 _ -; để trống thì mỗi lần chạy tự tạo",
            "Use 1 to 256 of A-Z a-z 0-9 _ -; left out, one is made at each start",
        ),
    ] = None
    watch_seconds: Annotated[
        float,
        Field(ge=0.05, le=3600),
        Cure("Ghi số giây từ 0.05 đến 3600", "Give seconds from 0.05 to 3600"),
    ] = 120.0
    health_listen: Annotated[str | None, LISTEN] = None
    database: Annotated[
        str,
        Cure(
            "Ghi sqlite:/// rồi đường dẫn tệp, ví dụ sqlite:///data/trucban.db",
            "Give sqlite:/// and the path of a file, such as sqlite:///data/trucban.db",
        ),
    ] = "sqlite:///data/trucban.db"
    clock_url: Annotated[
        str | None,
        Cure(
            "Chỉ dùng khi chạy thử; máy thật thì bỏ dòng này",
            "For the sandbox only; leave it out everywhere else",
        ),
    ] = None
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"],
        Cure("Chọn debug, info, warning hoặc error", "Choose debug, info, warning or error"),
    ] = "info"
    log_format: Annotated[
        Literal["text", "json"], Cure("Chọn text hoặc json", "Choose text or json")
    ] = "text"
    poll_timeout: Annotated[
        int,
        Field(ge=0, le=50),
        Cure("Ghi số giây nguyên từ 0 đến 50", "Give whole seconds from 0 to 50"),
    ] = 25
    sweep_seconds: Annotated[
        float,
        Field(ge=0.05, le=60),
        Cure("Ghi số giây từ 0.05 đến 60", "Give seconds from 0.05 to 60"),
    ] = 1.0
    seal_minutes: Annotated[
        int,
        Field(ge=1, le=1440),
        Cure("Ghi số phút nguyên từ 1 đến 1440", "Give whole minutes from 1 to 1440"),
    ] = 60
    language: Annotated[Literal["vi", "en"], Cure("Chọn vi hoặc en", "Choose vi or en")] = "vi"
    messages_per_second: Annotated[
        int,
        Field(ge=1, le=30),
        Cure("Ghi số nguyên từ 1 đến 30", "Give a whole number from 1 to 30"),
    ] = 28
    per_group_minute: Annotated[
        int,
        Field(ge=1, le=20),
        Cure("Ghi số nguyên từ 1 đến 20", "Give a whole number from 1 to 20"),
    ] = 18

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments only: `load_settings` hands over what the environment and .env say."""
        return (init_settings,)

    @field_validator("log_level", "log_format", "language", mode="before")
    @classmethod
    def _in_any_case(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value

    @property
    def tokens(self) -> tuple[str, ...]:
        """Of the bots that run, in the order given."""
        return () if self.telegram_token is None else _tokens(self.telegram_token)

    @field_validator("telegram_token")
    @classmethod
    def _shaped_as_tokens(cls, value: SecretStr | None) -> SecretStr | None:
        """What is wrong is named by its place or its number, never by what follows the colon."""
        numbers: set[str] = set()
        for place, token in enumerate(_tokens(value) if value else (), start=1):
            number, _, _ = token.partition(":")
            if not re.fullmatch(r"\d+:[^\s:,;]+", token, re.ASCII):
                raise _wrong(
                    f"mã thứ {place} không đúng dạng mã của bot",
                    f"token {place} is not shaped as a bot's token",
                )
            if number in numbers:
                raise _wrong(f"bot số {number} có hai lần", f"bot {number} is there twice")
            numbers.add(number)
        return value

    @field_validator("webhook_url")
    @classmethod
    def _a_public_address(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None:
            return value
        address = _web_address(value)
        parts = urlsplit(address)
        if _on_loopback(address):
            return address
        if parts.scheme != "https":
            raise _wrong("phải là https", "must be https")
        if info.data.get("telegram_api") is None and (parts.port or 443) not in WEBHOOK_PORTS:
            raise _wrong(
                "Telegram chỉ gửi đến cổng 443, 80, 88 hoặc 8443",
                "Telegram only delivers to the ports 443, 80, 88 and 8443",
            )
        return address

    @field_validator("webhook_secret")
    @classmethod
    def _a_secret_of_telegram(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value(), re.ASCII):
            raise _wrong(
                "có ký tự không dùng được, hoặc quá dài", "has other characters, or too many"
            )
        return value

    @field_validator("webhook_listen", "health_listen")
    @classmethod
    def _a_host_and_a_port(cls, value: str | None) -> str | None:
        if value is not None:
            listen(value)
        return value

    @field_validator("telegram_api", "clock_url")
    @classmethod
    def _an_address(cls, value: str | None) -> str | None:
        return None if value is None else _web_address(value)

    @field_validator("clock_url")
    @classmethod
    def _a_pushed_clock_stays_at_home(cls, value: str | None, info: ValidationInfo) -> str | None:
        """A clock that others can push must never decide when real people are paged."""
        if value is None or "telegram_api" not in info.data:
            return value
        if not (_on_loopback(value) and _on_loopback(info.data["telegram_api"])):
            raise _wrong(
                "cần TRUCBAN_TELEGRAM_API, và cả hai địa chỉ phải ở chính máy này (127.0.0.1)",
                "needs TRUCBAN_TELEGRAM_API, and both must be on this machine (127.0.0.1)",
            )
        return value

    @field_validator("database")
    @classmethod
    def _a_file_of_sqlite(cls, value: str) -> str:
        kind, separator, path = value.partition(":///")
        if value.startswith("postgres"):
            raise _wrong(
                "PostgreSQL chưa dùng được, sẽ có ở bản sau",
                "PostgreSQL comes in a later version",
            )
        if kind != "sqlite" or not separator:
            raise _wrong("hiện chỉ dùng được SQLite", "can only be SQLite for now")
        if not path or path.startswith(":memory:") or "?" in path:
            raise _wrong("phải chỉ tới một tệp", "must name a file")
        return value


def load_settings(environ: Mapping[str, str], env_file: Path | None = Path(".env")) -> Settings:
    """The settings of `environ` and, for what it leaves out, of `env_file` where there is one.

    An empty value means "not set". A relative SQLite path counts from the current folder; the
    store creates that folder.

    Raises BadSettings with all faults at once.
    """
    faults: list[str] = []
    given: dict[str, str] = {}
    if env_file is not None and env_file.is_file():
        given |= _ours(_read(env_file, faults))
    given |= _ours(environ)
    known = {PREFIX + field.upper(): field for field in Settings.model_fields}
    faults += [_unknown(name, known) for name in given if name not in known]
    values = {known[name]: value for name, value in given.items() if name in known and value}
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        faults += [_told(detail) for detail in error.errors(include_url=False)]
    if faults:
        raise BadSettings(faults)
    return settings


def _ours(variables: Mapping[str, str]) -> dict[str, str]:
    """By upper-case name; the prefix without its underscore is caught too, as a slip."""
    upper = ((name.upper(), value.strip()) for name, value in variables.items())
    return {name: value for name, value in upper if name.startswith(PREFIX.rstrip("_"))}


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


def _told(detail: ErrorDetails) -> str:
    """One line: the variable, what is wrong, the cure; `input` is never looked at."""
    field = str(detail["loc"][0])
    cure = next(c for c in Settings.model_fields[field].metadata if isinstance(c, Cure))
    match detail["type"]:
        case "wrong":
            vi, en = detail["ctx"]["vi"], detail["ctx"]["en"]
        case "literal_error":
            vi, en = "không có trong các lựa chọn", "is none of the choices"
        case "greater_than_equal" | "less_than_equal":
            vi, en = "ngoài khoảng cho phép", "is out of range"
        case _:
            vi, en = "không phải là số phù hợp", "is not a fitting number"
    return f"{PREFIX}{field.upper()}: {vi}. {cure.vi} · {en}. {cure.en}"
