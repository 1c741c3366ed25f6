"""Settings: what is refused, in which words, and .env.example held to the class."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.config import PREFIX, Settings, listen
from bot.environment import BadSettings, load, load_settings
from bot.watchdog import settings as watchdog
from bot.watchdog.settings import WatchdogSettings

ROOT = Path(__file__).parents[2]
TOKEN = "123456:a-secret-nobody-may-see"
LOOPBACK = "http://127.0.0.1:8081"


def refused(environ: dict[str, str], env_file: Path | None = None) -> tuple[str, ...]:
    with pytest.raises(BadSettings) as caught:
        load_settings(environ, env_file)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    assert all(line.count("\n") == 0 and " · " in line for line in caught.value.messages)
    return caught.value.messages


def test_nothing_set_is_the_defaults_whatever_the_process_has(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(os.environ, "TRUCBAN_POLL_TIMEOUT", "7")
    assert load_settings({}, None) == Settings()
    assert Settings().poll_timeout == 25
    assert Settings().database == "sqlite:///data/trucban.db"


def test_what_is_set_is_taken():
    settings = load_settings(
        {
            "TRUCBAN_TELEGRAM_TOKEN": TOKEN,
            "TRUCBAN_TELEGRAM_API": f"{LOOPBACK}/",
            "TRUCBAN_CLOCK_URL": "http://localhost:8082",
            "TRUCBAN_LOG_LEVEL": " DEBUG ",
            "TRUCBAN_SWEEP_SECONDS": "0.25",
            "PATH": "/usr/bin",
        },
        None,
    )
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert settings.telegram_api == LOOPBACK
    assert settings.clock_url == "http://localhost:8082"
    assert (settings.log_level, settings.sweep_seconds) == ("debug", 0.25)
    with pytest.raises(ValidationError):
        settings.poll_timeout = 3


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("POLL_TIMEOUT", "abc", "không phải là số"),
        ("POLL_TIMEOUT", "51", "từ 0 đến 50"),
        ("POLL_TIMEOUT", "-1", "ngoài khoảng"),
        ("SWEEP_SECONDS", "0", "ngoài khoảng"),
        ("SWEEP_SECONDS", "nan", "ngoài khoảng"),
        ("SEAL_MINUTES", "1441", "ngoài khoảng"),
        ("MESSAGES_PER_SECOND", "31", "ngoài khoảng"),
        ("PER_GROUP_MINUTE", "0", "ngoài khoảng"),
        ("LOG_LEVEL", "loud", "Chọn debug"),
        ("LOG_FORMAT", "xml", "Chọn text"),
        ("LANGUAGE", "fr", "Chọn vi"),
        ("TELEGRAM_TOKEN", "no-colon", "không đúng dạng"),
        ("TELEGRAM_TOKEN", "12:with space", "không đúng dạng"),
        ("TELEGRAM_TOKEN", "x12:abc", "không đúng dạng"),
        ("TELEGRAM_TOKEN", "12:abc, 13", "mã thứ 2 không đúng dạng"),
        ("TELEGRAM_TOKEN", "12:abc13:def", "mã thứ 1 không đúng dạng"),
        ("TELEGRAM_TOKEN", "12:abc\n13:abc\n12:def", "bot số 12 có hai lần"),
        ("WEBHOOK_URL", "trucban.example", "không phải là địa chỉ"),
        ("WEBHOOK_URL", "http://trucban.example", "phải là https"),
        ("WEBHOOK_URL", "https://trucban.example:8080", "443, 80, 88 hoặc 8443"),
        ("WEBHOOK_LISTEN", "8080", "địa chỉ:cổng"),
        ("WEBHOOK_LISTEN", "127.0.0.1", "địa chỉ:cổng"),
        ("WEBHOOK_LISTEN", "127.0.0.1:0", "địa chỉ:cổng"),
        ("WEBHOOK_LISTEN", "127.0.0.1:65536", "địa chỉ:cổng"),
        ("WEBHOOK_LISTEN", "http://127.0.0.1:80", "địa chỉ:cổng"),
        ("HEALTH_LISTEN", "::1:8080", "địa chỉ:cổng"),
        ("WEBHOOK_SECRET", "có dấu", "ký tự không dùng được"),
        ("WEBHOOK_SECRET", "a" * 257, "quá dài"),
        ("WATCH_SECONDS", "0", "ngoài khoảng"),
        ("TELEGRAM_API", "botapi.example", "không phải là địa chỉ"),
        ("TELEGRAM_API", "ftp://botapi.example", "không phải là địa chỉ"),
        ("TELEGRAM_API", "http://host:99999", "không phải là địa chỉ"),
        ("TELEGRAM_API", "http://a b", "không phải là địa chỉ"),
        ("TELEGRAM_API", "http://me:word@host", "mật khẩu"),
        ("TELEGRAM_API", "http://host/?a=b", "dấu ?"),
        ("DATABASE", "postgresql://me:word@host/db", "PostgreSQL"),
        ("DATABASE", "mysql://host/db", "SQLite"),
        ("DATABASE", "data/trucban.db", "SQLite"),
        ("DATABASE", "sqlite://", "SQLite"),
        ("DATABASE", "sqlite:///", "một tệp"),
        ("DATABASE", "sqlite:///:memory:", "một tệp"),
        ("DATABASE", "sqlite:///a.db?mode=ro", "một tệp"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_its_cure(name: str, value: str, says: str):
    (line,) = refused({PREFIX + name: value})
    assert line.startswith(f"{PREFIX}{name}: ")
    assert says in line


@pytest.mark.parametrize("between", [",", " ", "\n", ";", " ,\r\n"])
def test_several_bots_have_their_tokens_in_one_place(between: str):
    several = load_settings({"TRUCBAN_TELEGRAM_TOKEN": f"12:ab{between}13:cd,"}, None)
    assert several.tokens == ("12:ab", "13:cd")
    assert Settings().tokens == ()


@pytest.mark.parametrize(
    ("url", "api"),
    [
        ("https://trucban.example", None),
        ("https://trucban.example:8443/bot", None),
        ("https://trucban.example:9000", "https://botapi.example"),
        ("http://127.0.0.1:8080", None),
    ],
)
def test_where_updates_may_be_posted_to(url: str, api: str | None):
    environ = {"TRUCBAN_WEBHOOK_URL": f"{url}/", "TRUCBAN_WEBHOOK_LISTEN": "[::1]:8080"}
    environ |= {"TRUCBAN_TELEGRAM_API": api} if api else {}
    settings = load_settings(environ | {"TRUCBAN_WEBHOOK_SECRET": "aA0_-"}, None)
    assert settings.webhook_url == url
    assert listen(settings.webhook_listen) == ("::1", 8080)


@pytest.mark.parametrize("edge", ["sqlite:////var/lib/t.db", "sqlite:///../t.db"])
def test_a_file_of_sqlite_may_lie_anywhere(edge: str):
    assert load_settings({"TRUCBAN_DATABASE": edge}, None).database == edge


@pytest.mark.parametrize(
    ("api", "clock"),
    [
        (None, LOOPBACK),
        ("https://api.example", LOOPBACK),
        (LOOPBACK, "http://10.0.0.1:8082"),
        (LOOPBACK, "http://127.0.0.1.example"),
        ("http://127.0.0.1.example", LOOPBACK),
    ],
)
def test_a_pushed_clock_is_refused_beside_anything_but_loopback(api: str | None, clock: str):
    environ = {"TRUCBAN_CLOCK_URL": clock} | ({"TRUCBAN_TELEGRAM_API": api} if api else {})
    (line,) = refused(environ)
    assert line.startswith("TRUCBAN_CLOCK_URL: ")
    assert "127.0.0.1" in line


def test_a_broken_api_address_is_told_once_and_not_blamed_on_the_clock():
    (line,) = refused({"TRUCBAN_CLOCK_URL": LOOPBACK, "TRUCBAN_TELEGRAM_API": "nowhere"})
    assert line.startswith("TRUCBAN_TELEGRAM_API: ")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("TRUCBAN_TELEGRAM_TOKN", "TRUCBAN_TELEGRAM_TOKEN?"),
        ("trucban_data_base", "TRUCBAN_DATABASE?"),
        ("TRUCBANLOG_LEVEL", "TRUCBAN_LOG_LEVEL?"),
        ("TRUCBAN_QQQQQQQQQQQQQQQQQQQQ", ".env.example"),
    ],
)
def test_a_misspelt_name_is_refused_with_the_nearest(name: str, hint: str):
    (line,) = refused({name: ""})
    assert line.startswith(f"{name.upper()}: ")
    assert hint in line


def test_all_faults_are_told_at_once_and_no_value_is_ever_shown():
    leak = "nobody-may-see-this"
    environ = {PREFIX + field.upper(): f"{leak}:{leak}" for field in Settings.model_fields}
    with pytest.raises(BadSettings) as caught:
        load_settings(environ | {"TRUCBAN_TOKEN": leak}, None)
    assert len(caught.value.messages) == len(Settings.model_fields) + 1
    assert leak not in str(caught.value)
    assert leak not in repr(load_settings({"TRUCBAN_TELEGRAM_TOKEN": f"1:{leak}"}, None))
    with pytest.raises(ValidationError) as direct:
        Settings(database=leak)
    assert leak not in str(direct.value)


def test_env_file_is_read_and_the_environment_goes_before_it(tmp_path: Path):
    env_file = tmp_path / ".env"
    env_file.write_text(
        "\ufeff# ghi chú\n"
        "export TRUCBAN_LOG_FORMAT='json'  # comment\n"
        "TRUCBAN_POLL_TIMEOUT=5\n"
        f"TRUCBAN_TELEGRAM_TOKEN={TOKEN}\n"
        "TZ=Asia/Ho_Chi_Minh\n",
        encoding="utf-8",
    )
    environ = {"TRUCBAN_POLL_TIMEOUT": "6", "TRUCBAN_TELEGRAM_TOKEN": ""}
    settings = load_settings(environ, env_file)
    assert settings.log_format == "json"
    assert settings.poll_timeout == 6
    assert settings.telegram_token is None
    assert load_settings({}, tmp_path / "absent") == Settings()


def test_a_broken_env_file_is_told_with_its_line(tmp_path: Path):
    env_file = tmp_path / ".env"
    env_file.write_text(
        f"\n\nTRUCBAN_TELEGRAM_TOKEN {TOKEN}\nTRUCBAN_DATABASE\nTRUCBAN_LOGLEVEL=info\n",
        encoding="utf-8",
    )
    third, fourth, unknown = refused({}, env_file)
    assert ".env, dòng 3: " in third
    assert ".env, dòng 4: " in fourth
    assert "TRUCBAN_LOG_LEVEL?" in unknown
    assert TOKEN not in third
    env_file.write_bytes(b"TRUCBAN_LOG_LEVEL=\xff\n")
    (line,) = refused({}, env_file)
    assert "UTF-8" in line


def test_env_example_names_every_setting_once_with_its_default_and_a_comment():
    example = ROOT / ".env.example"
    lines = example.read_text(encoding="utf-8").splitlines()
    named = [
        (at, *line.split("=", 1)) for at, line in enumerate(lines) if line[:1] not in {"", "#"}
    ]
    fields = {PREFIX + name.upper(): one for name, one in Settings.model_fields.items()}
    of_watchdog = WatchdogSettings.model_fields.items()
    fields |= {f"{watchdog.PREFIX}{name.upper()}": one for name, one in of_watchdog}
    assert [name for _, name, _ in named] == list(fields)
    assert all(lines[at - 1].startswith("# ") for at, _, _ in named)
    for (_, name, value), default in zip(
        named, (field.default for field in fields.values()), strict=True
    ):
        assert value == ("" if default is None else str(default)), name
    assert load_settings({}, example) == Settings()
    assert load(WatchdogSettings, watchdog.PREFIX, {}, example) == WatchdogSettings()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("TOKEN", "12:ab, 13:cd", "không đúng dạng"),
        ("HEARTBEAT", "10.0.0.5:8081", "không phải là địa chỉ"),
        ("PING", "hc", "không phải là địa chỉ"),
        ("CHAT", "1001", "ngoài khoảng"),
        ("CHAT", "@nhom", "không phải là số"),
        ("BOT", "trực ban", "tên của một bot"),
        ("DUTY", "anh Bình", "số trò chuyện"),
        ("PATIENCE_SECONDS", "0", "ngoài khoảng"),
        ("LANGUAGE", "fr", "Chọn vi"),
    ],
)
def test_a_setting_of_the_watchdog_is_named_with_its_cure(name: str, value: str, says: str):
    with pytest.raises(BadSettings) as caught:
        load(WatchdogSettings, watchdog.PREFIX, {watchdog.PREFIX + name: value}, None)
    (line,) = caught.value.messages
    assert line.startswith(f"TRUCBAN_WATCHDOG_{name}: ")
    assert says in line


def test_the_two_programs_leave_each_other_their_settings():
    both = {"TRUCBAN_WATCHDOG_DUTY": "104, 105", "TRUCBAN_LANGUAGE": "en"}
    assert load_settings(both, None).language == "en"
    dog = load(WatchdogSettings, watchdog.PREFIX, both, None)
    assert (dog.duty_chats, dog.language) == ((104, 105), "vi")
    with pytest.raises(BadSettings, match="TRUCBAN_WATCHDOG_DUTY"):
        load(WatchdogSettings, watchdog.PREFIX, {"TRUCBAN_WATCHDOG_DUTI": "104"}, None)


@pytest.mark.parametrize(
    ("given", "lacks"),
    [
        ({}, ["HEARTBEAT", "DUTY"]),
        ({"duty": "104"}, ["HEARTBEAT", "DUTY"]),
        ({"heartbeat": LOOPBACK, "apprise": "json://localhost"}, []),
        ({"chat": -1, "token": "1:a", "duty": "104"}, ["CHAT"]),
        ({"chat": -1, "token": "1:a", "bot": "@trucban_bot", "duty": "104"}, []),
    ],
)
def test_what_the_watchdog_cannot_do_without_is_named(given: dict[str, str], lacks: list[str]):
    lines = list(WatchdogSettings.model_validate(given).lacking())
    assert [line.partition(":")[0].removeprefix(watchdog.PREFIX) for line in lines] == lacks
