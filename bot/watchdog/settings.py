"""The settings of the watchdog (bot giám sát): another program, on another machine.

Each is TRUCBAN_WATCHDOG_ plus the name. bot/environment.py reads them, `.env.example` explains.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.config import Cure

PREFIX: Final = "TRUCBAN_WATCHDOG_"
Seconds = Cure("Ghi số giây, ví dụ 60", "Give seconds, such as 60")
Minutes = Cure("Ghi số phút, ví dụ 60", "Give minutes, such as 60")


def _wrong(vi: str, en: str) -> PydanticCustomError:
    return PydanticCustomError("wrong", "{en}", {"vi": vi, "en": en})


class WatchdogSettings(BaseSettings):
    """What is watched, who is called, and by which means."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        str_strip_whitespace=True,
    )

    heartbeat: Annotated[
        str | None,
        Cure(
            "Ví dụ http://10.0.0.5:8081/healthz (máy chạy Trực Ban, TRUCBAN_HEALTH_LISTEN)",
            "Such as http://10.0.0.5:8081/healthz (where TRUCBAN_HEALTH_LISTEN listens)",
        ),
    ] = None
    heartbeat_seconds: Annotated[float, Field(ge=0.05, le=3600), Seconds] = 60.0
    token: Annotated[
        SecretStr | None,
        Cure(
            "Chép nguyên mã của bot giám sát, dạng 123456:ABC…; phải là bot khác bot Trực Ban",
            "Copy the token of the watchdog's own bot, 123456:ABC…; another one than the program's",
        ),
    ] = None
    api: Annotated[
        str | None,
        Cure("Ví dụ https://botapi.co-quan.vn", "Such as https://botapi.agency.example"),
    ] = None
    chat: Annotated[
        int | None,
        Field(lt=0),
        Cure(
            "Ghi số (âm) của nhóm có cả hai bot, ví dụ -1001234567890",
            "Give the number (below zero) of the group where both bots are, as -1001234567890",
        ),
    ] = None
    bot: Annotated[
        str | None,
        Cure("Ghi tên bot Trực Ban, ví dụ @trucban_bot", "Give the program's bot, as @trucban_bot"),
    ] = None
    page_minutes: Annotated[float, Field(ge=0.001, le=1440), Minutes] = 60.0
    patience_seconds: Annotated[float, Field(ge=0.1, le=600), Seconds] = 120.0
    duty: Annotated[
        str,
        Cure(
            "Ghi các số trò chuyện cách nhau bằng dấu phẩy; xem số: python -m bot watchdog --try",
            "Give numbers of chats with commas between; python -m bot watchdog --try shows them",
        ),
    ] = ""
    apprise: Annotated[
        SecretStr | None,
        Cure(
            "Ghi các địa chỉ của apprise cách nhau bằng dấu cách, ví dụ mailtos://…",
            "Give apprise URLs with blanks between, such as mailtos://…",
        ),
    ] = None
    again_minutes: Annotated[float, Field(ge=0.01, le=1440), Minutes] = 15.0
    ping: Annotated[
        SecretStr | None,
        Cure("Ví dụ https://hc.co-quan.vn/ping/…", "Such as https://hc.agency.example/ping/…"),
    ] = None
    state: Annotated[
        str, Cure("Ghi đường dẫn tệp, ví dụ data/watchdog.json", "Give the path of a file")
    ] = "data/watchdog.json"
    language: Annotated[Literal["vi", "en"], Cure("Chọn vi hoặc en", "Choose vi or en")] = "vi"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments only, as of the program's own settings."""
        return (init_settings,)

    @property
    def duty_chats(self) -> tuple[int, ...]:
        return tuple(int(one) for one in re.split(r"[\s,;]+", self.duty) if one)

    @property
    def others(self) -> tuple[str, ...]:
        """The addresses of the other means."""
        return tuple(self.apprise.get_secret_value().split()) if self.apprise else ()

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must stand in no log."""
        given = (self.token, self.ping)
        return (*(one.get_secret_value() for one in given if one), *self.others)

    def lacking(self) -> Iterator[str]:
        """What makes no sense without another setting; one line each."""
        if self.heartbeat is None and self.chat is None:
            yield _line(
                "HEARTBEAT",
                "chưa có gì để giám sát: đặt địa chỉ này, hoặc cả CHAT, BOT và TOKEN",
                "there is nothing to watch: set this, or CHAT, BOT and TOKEN together",
            )
        if self.chat is not None and not (self.token and self.bot):
            yield _line(
                "CHAT",
                "cần thêm TOKEN (mã bot giám sát) và BOT (tên bot Trực Ban)",
                "needs TOKEN (of the watchdog's bot) and BOT (the program's) beside it",
            )
        if self.duty and not self.token:
            yield _line("DUTY", "cần thêm TOKEN của bot giám sát", "needs the watchdog's TOKEN")
        if not self.duty and not self.others:
            yield _line(
                "DUTY",
                "chưa có cách báo cho ai: đặt số trò chuyện của trực ban, hoặc APPRISE",
                "there is nobody to call: set the duty officers' chats, or APPRISE",
            )

    @field_validator("language", mode="before")
    @classmethod
    def _in_any_case(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value

    @field_validator("token")
    @classmethod
    def _shaped_as_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"\d+:[^\s:,;]+", value.get_secret_value(), re.ASCII):
            raise _wrong("không đúng dạng mã của một bot", "is not shaped as one bot's token")
        return value

    @field_validator("bot")
    @classmethod
    def _a_username(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"@?[A-Za-z][A-Za-z0-9_]{3,31}", value):
            raise _wrong("không phải là tên của một bot", "is not the name of a bot")
        return value.removeprefix("@") if value else value

    @field_validator("duty")
    @classmethod
    def _numbers_of_chats(cls, value: str) -> str:
        if not re.fullmatch(r"[\s,;]*(-?\d{1,18}([\s,;]+|$))*", value, re.ASCII):
            raise _wrong("không phải là các số trò chuyện", "is not numbers of chats")
        return value

    @field_validator("heartbeat", "api")
    @classmethod
    def _an_address(cls, value: str | None) -> str | None:
        return value.rstrip("/") if value and _is_web(value) else value

    @field_validator("ping")
    @classmethod
    def _a_secret_address(cls, value: SecretStr | None) -> SecretStr | None:
        if value:
            _is_web(value.get_secret_value())
        return value


def _is_web(value: str) -> bool:
    try:
        parts = urlsplit(value)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise _wrong("không phải là địa chỉ http(s)", "is not an http(s) address")
    return True


def _line(name: str, vi: str, en: str) -> str:
    return f"{PREFIX}{name}: {vi} · {en}"
