"""The settings of one deployment, and the only place that reads them (cài đặt).

What is given is checked whole before anything starts: a misspelt name, a value out of range, a
pushed clock beside a real platform. Nothing is read behind the caller's back: `Settings(...)` takes
nothing but its arguments; bot/environment.py reads them from the environment.
`.env.example` explains every setting to the people who run the bot.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.gateways import fault

PREFIX: Final = "TRUCBAN_"


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
ZALO_SECRET = 8  # characters at least


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
    zalo_token: Annotated[
        SecretStr | None,
        Cure(
            "Chép nguyên mã Zalo Bot cấp, dạng 123456:abc…; nhiều bot thì cách nhau bằng dấu phẩy",
            "Copy the Zalo bot's token, 123456:abc…; several bots with commas between",
        ),
    ] = None
    zalo_api: Annotated[
        str | None,
        Cure("Ví dụ https://zalo.co-quan.vn", "Such as https://zalo.agency.example"),
    ] = None
    gateways: Annotated[
        SecretStr | None,
        Cure(
            "Ghi địa chỉ kiểu apprise, ví dụ mailtos://bot:mat-khau@mail.co-quan.vn?to={email};"
            " nhiều địa chỉ thì cách nhau bằng dấu cách",
            "Give addresses of apprise, such as mailtos://bot:word@mail.agency.example?to={email};"
            " several with spaces between",
        ),
    ] = None
    zalo_monthly: Annotated[
        int,
        Field(ge=0, le=10_000_000),
        Cure("Ghi số tin một tháng, 0 là không giới hạn", "Give messages a month, 0 for no limit"),
    ] = 3000
    zalo_reserved: Annotated[
        int,
        Field(ge=0, le=90),
        Cure("Ghi số phần trăm nguyên từ 0 đến 90", "Give whole percent from 0 to 90"),
    ] = 20
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
            "Dùng 1–256 ký tự A-Z a-z 0-9 _ - (có Zalo: từ 8); để trống thì mỗi lần chạy tự tạo",
            "Use 1 to 256 of A-Z a-z 0-9 _ - (with Zalo from 8); left out, one is made each start",
        ),
    ] = None
    watch_seconds: Annotated[
        float,
        Field(ge=0.05, le=3600),
        Cure("Ghi số giây từ 0.05 đến 3600", "Give seconds from 0.05 to 3600"),
    ] = 120.0
    health_listen: Annotated[str | None, LISTEN] = None
    watch_bot: Annotated[
        int | None,
        Field(ge=1, le=2**52),
        Cure(
            "Ghi số đứng trước dấu hai chấm trong mã của bot giám sát",
            "Give the number before the colon in the token of the watchdog's bot",
        ),
    ] = None
    public_url: Annotated[
        str | None,
        Cure(
            "Ví dụ https://trucban.co-quan.vn; để trống thì theo TRUCBAN_WEBHOOK_URL, nếu có",
            "Such as https://trucban.agency.example; left out, TRUCBAN_WEBHOOK_URL if there is one",
        ),
    ] = None
    file_mb: Annotated[
        int,
        Field(ge=1, le=50),
        Cure("Ghi số nguyên từ 1 đến 50", "Give a whole number from 1 to 50"),
    ] = 20
    upload_mb: Annotated[
        int,
        Field(ge=1, le=200),
        Cure("Ghi số nguyên từ 1 đến 200", "Give a whole number from 1 to 200"),
    ] = 50
    zalo_media_hosts: Annotated[
        str,
        Cure(
            "Ghi các tên miền cách nhau, ví dụ zdn.vn zadn.vn", "Give names, such as zdn.vn zadn.vn"
        ),
    ] = "zdn.vn zadn.vn"
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
    ] = 30
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

    @property
    def pages(self) -> str:
        """Where people open the program's own pages; "": it serves none."""
        return self.public_url or self.webhook_url or ""

    @property
    def zalo_tokens(self) -> tuple[str, ...]:
        """Of the bots on Zalo."""
        return () if self.zalo_token is None else _tokens(self.zalo_token)

    @field_validator("gateways")
    @classmethod
    def _ways_that_apprise_knows(cls, value: SecretStr | None) -> SecretStr | None:
        wrong = fault(value.get_secret_value()) if value else None
        if wrong:
            raise _wrong(*wrong)
        return value

    @field_validator("telegram_token", "zalo_token")
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
        given = info.data
        on_telegram = bool(given.get("telegram_token")) or not given.get("zalo_token")
        on_telegram = on_telegram and given.get("telegram_api") is None
        if on_telegram and (parts.port or 443) not in WEBHOOK_PORTS:
            raise _wrong(
                "Telegram chỉ gửi đến cổng 443, 80, 88 hoặc 8443",
                "Telegram only delivers to the ports 443, 80, 88 and 8443",
            )
        return address

    @field_validator("public_url")
    @classmethod
    def _an_address_to_open(cls, value: str | None) -> str | None:
        address = None if value is None else _web_address(value)
        if address and not _on_loopback(address) and urlsplit(address).scheme != "https":
            raise _wrong("phải là https", "must be https")
        return address

    @field_validator("zalo_media_hosts")
    @classmethod
    def _names_of_hosts(cls, value: str) -> str:
        if not all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", one) for one in value.split()):
            raise _wrong("không phải là các tên miền", "is not names of hosts")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _a_secret_of_webhooks(
        cls, value: SecretStr | None, info: ValidationInfo
    ) -> SecretStr | None:
        if value and info.data.get("zalo_token") and len(value.get_secret_value()) < ZALO_SECRET:
            raise _wrong(
                f"Zalo cần ít nhất {ZALO_SECRET} ký tự", f"Zalo needs {ZALO_SECRET} characters"
            )
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

    @field_validator("telegram_api", "zalo_api", "clock_url")
    @classmethod
    def _an_address(cls, value: str | None) -> str | None:
        return None if value is None else _web_address(value)

    @field_validator("clock_url")
    @classmethod
    def _a_pushed_clock_stays_at_home(cls, value: str | None, info: ValidationInfo) -> str | None:
        """A clock that others can push must never decide when real people are paged."""
        if value is None or "telegram_api" not in info.data or "zalo_api" not in info.data:
            return value
        given = info.data
        used = [given["zalo_api"]] if given.get("zalo_token") else []
        used += [given["telegram_api"]] if given.get("telegram_token") or not used else []
        if not all(map(_on_loopback, (value, *used))):
            raise _wrong(
                "cần TRUCBAN_TELEGRAM_API (và TRUCBAN_ZALO_API nếu dùng Zalo), mọi địa chỉ phải ở"
                " chính máy này (127.0.0.1)",
                "needs TRUCBAN_TELEGRAM_API (and TRUCBAN_ZALO_API with Zalo), all of them on this"
                " machine (127.0.0.1)",
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
