"""The image and its compose files, held to the tree; its steps are really carried out.

No engine builds it here. What an engine would do, a script does below an empty folder: the COPY
and RUN lines of the Dockerfile itself, then the program from what they have laid there.
"""

import ast
import asyncio
import importlib.metadata
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack, suppress
from pathlib import Path, PurePosixPath
from signal import SIGKILL, SIGTERM
from typing import Any, cast, get_args

import pytest
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from pydantic import SecretStr, ValidationError
from ruamel.yaml import YAML

from bot.commands import app
from bot.config import PREFIX, Settings
from bot.environment import load_settings
from bot.platforms.files_http import FilePages
from bot.platforms.webhook import LARGEST, PATH
from bot.sandbox.server import Sandbox
from tests.contracts.dockerfile import Image, below, ignored, instructions, patterns, script, stages
from tests.contracts.test_makefile import locked
from tests.contracts.tracked import PROGRAM, ROOT, files, python, tree
from tests.faults.processes import Process
from tests.flows.house import TOKEN
from tests.variants import EVERY

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
CADDYFILE = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
IGNORED = patterns((ROOT / ".dockerignore").read_text(encoding="utf-8"))
POLLING, WEBHOOK = "compose.yaml", "compose.webhook.yaml"
BUILD, FINAL = stages(DOCKERFILE)
COMMANDS = {one.name or one.callback.__name__ for one in app.registered_commands if one.callback}
SETTINGS = {PREFIX + field.upper(): field for field in Settings.model_fields}
PATIENCE = 90.0  # seconds; what has been installed this moment starts from a cold disk
STOPPING = 5  # seconds that the program takes at most (docs/operations.md)


def composed(*names: str) -> dict[str, Any]:
    """Compose files laid over one another: maps are joined, anything else is replaced."""
    whole: dict[str, Any] = {}
    for name in names:
        _join(whole, YAML(typ="safe", pure=True).load((ROOT / name).read_text(encoding="utf-8")))
    return whole


def _join(whole: dict[str, Any], above: Mapping[str, Any]) -> None:
    for key, value in above.items():
        if isinstance(value, dict) and isinstance(whole.get(key), dict):
            _join(whole[key], value)
        else:
            whole[key] = value


def port(address: str) -> int:
    return int(address.rpartition(":")[2])


def context() -> list[Path]:
    """What of the project an engine would be handed."""
    return [path for path in files() if not ignored(PurePosixPath(path), IGNORED)]


def ours(environ: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environ.items() if name.startswith(PREFIX)}


def test_only_the_program_and_its_lock_are_handed_over() -> None:
    lock = Path("requirements/run.txt")
    assert context() == [path for path in files() if path == lock or path.parts[0] in PROGRAM]
    outside = (
        *(".env", "data/trucban.db", ".git/config", ".venv/bin/python", "tests/conftest.py"),
        *("sao-luu/trucban.db", "agency.yaml", "requirements/test.txt"),
        *("bot/__pycache__/app.cpython-311.pyc", "storage/tables/__pycache__/log.pyc"),
    )
    assert [one for one in outside if not ignored(PurePosixPath(one), IGNORED)] == []


def test_what_is_copied_is_there() -> None:
    for one in BUILD.all("COPY"):
        for source in one.copied[0]:
            assert any(path.is_relative_to(source) for path in context()), source
    rooms = {into for one in BUILD.all("COPY") for into in [one.copied[1]] if "/app/" in into}
    assert rooms == {f"/app/{room}" for room in PROGRAM}
    made = ("/venv", "/app")
    assert [(one.flags, one.copied) for one in FINAL.all("COPY")] == [
        ({"from": BUILD.name}, ([folder], folder)) for folder in made
    ]


def test_two_stages_on_a_python_that_the_project_takes() -> None:
    assert BUILD.base == FINAL.base
    tag = re.fullmatch(r"python:(3\.\d+)-slim-bookworm", FINAL.base)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert tag is not None
    assert SpecifierSet(project["requires-python"]).contains(tag[1])


def test_it_runs_as_nobody_in_particular_and_its_files_are_not_its_own() -> None:
    """The only step that is not carried out below: it needs root. So it is read word by word."""
    (making,) = FINAL.all("RUN")
    user, group = FINAL.the("USER").text.split(":")
    assert int(user) > 0
    assert int(group) > 0
    volume = FINAL.the("VOLUME").text
    wanted = ["install", "-d", "-o", user, "-g", group, "-m", "0700", volume]
    assert shlex.split(making.text) == wanted
    words = [one.word for one in FINAL.instructions]
    assert words.index("USER") > max(at for at, word in enumerate(words) if word in {"COPY", "RUN"})
    assert words.index("USER") < words.index("ENTRYPOINT") < words.index("CMD")


def test_every_command_is_one_of_the_program() -> None:
    start = [*FINAL.the("ENTRYPOINT").command, *FINAL.the("CMD").command]
    for command in (start, FINAL.the("HEALTHCHECK").command):
        assert command[:3] == ["python", "-m", "bot"]
        assert command[3] in COMMANDS
    assert FINAL.the("STOPSIGNAL").text == "SIGTERM"
    assert FINAL.environ["PATH"].startswith("/venv/bin:")
    assert FINAL.the("WORKDIR").text == "/app"


def test_no_secret_stands_in_the_image_or_in_a_compose_file() -> None:
    secret = {
        name for name, field in SETTINGS.items()
        if SecretStr in (kind := Settings.model_fields[field].annotation, *get_args(kind))
    }  # fmt: skip
    assert f"{PREFIX}TELEGRAM_TOKEN" in secret
    services = composed(POLLING, WEBHOOK)["services"].values()
    given = [FINAL.environ, *(one.get("environment", {}) for one in services)]
    assert [name for environ in given for name in environ if name in secret] == []


def test_every_package_the_program_imports_is_installed() -> None:
    homes = importlib.metadata.packages_distributions()
    imported = {
        name.partition(".")[0]
        for path in python(*PROGRAM)
        for node in ast.walk(tree(path))
        for name in (
            [one.name for one in node.names] if isinstance(node, ast.Import)
            else [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level
            else []
        )
    } - set(sys.stdlib_module_names) - {*PROGRAM, "__future__"}  # fmt: skip
    assert "aiogram" in imported
    pins = locked("run")
    missing = {
        name for name in imported
        if not {canonicalize_name(home) for home in homes.get(name, ())} & set(pins)
    }  # fmt: skip
    assert missing == set()


@pytest.mark.parametrize("names", [(POLLING,), (POLLING, WEBHOOK)])
def test_a_compose_file_names_what_is_there(names: tuple[str, ...]) -> None:
    whole = composed(*names)
    services, volumes = whole["services"], set(whole["volumes"])
    for service in services.values():
        assert set(service.get("depends_on", ())) <= set(services)
        assert set(ours(service.get("environment", {}))) <= set(SETTINGS)
        for mount in service["volumes"]:
            source = mount.split(":")[0]
            known = (ROOT / source).is_file() if source.startswith(".") else source in volumes
            assert known, mount
            volumes.discard(source)
    assert volumes == set(), "a volume that nothing uses"
    bot = services["bot"]
    assert (ROOT / bot["build"] / "Dockerfile").is_file()
    assert (ROOT / f"{bot['env_file']}.example").is_file()
    assert f"data:{FINAL.the('VOLUME').text}" in bot["volumes"]
    assert int(bot["stop_grace_period"].removesuffix("s")) > STOPPING


@pytest.mark.parametrize("names", [(POLLING,), (POLLING, WEBHOOK)])
def test_no_service_may_do_more_than_it_needs(names: tuple[str, ...]) -> None:
    services = composed(*names)["services"]
    assert all(one["read_only"] is True for one in services.values())
    assert all(one["cap_drop"] == ["ALL"] for one in services.values())
    assert all(one["security_opt"] == ["no-new-privileges:true"] for one in services.values())
    assert {name: one["cap_add"] for name, one in services.items() if "cap_add" in one} == (
        {"proxy": ["NET_BIND_SERVICE"]} if WEBHOOK in names else {}
    )
    open_to_all = {name for name, one in services.items() if "ports" in one}
    assert open_to_all == ({"proxy"} if WEBHOOK in names else set())


@pytest.mark.parametrize("names", [(POLLING,), (POLLING, WEBHOOK)])
def test_the_settings_are_taken_and_agree(names: tuple[str, ...]) -> None:
    """Also over the .env.example, which leaves empty what the image has set."""
    given = ours(composed(*names)["services"]["bot"]["environment"])
    for name, value in ours(FINAL.environ).items():
        assert given[name] == value, f"an empty {name} in .env would undo the image's"
    public = re.compile(r"\$\{PUBLIC_HOST[^}]*\}")
    environ = {name: public.sub("bot.example.vn", value) for name, value in given.items()}
    settings = load_settings({**environ, f"{PREFIX}TELEGRAM_TOKEN": TOKEN}, ROOT / ".env.example")
    assert settings.database.startswith(f"sqlite:///{FINAL.the('VOLUME').text}/")
    assert settings.health_listen is not None
    assert str(settings.health_listen).startswith("127.0.0.1:")
    assert (settings.webhook_url is not None) == (WEBHOOK in names)


def test_the_proxy_leads_to_the_port_on_which_the_bot_listens() -> None:
    services = composed(POLLING, WEBHOOK)["services"]
    listens = port(services["bot"]["environment"]["TRUCBAN_WEBHOOK_LISTEN"])
    assert listens == int(FINAL.the("EXPOSE").text)
    upstream = re.findall(r"^\s*reverse_proxy .*?(\S+):(\d+)$", CADDYFILE, re.MULTILINE)
    assert upstream == [("bot", str(listens))] * 2
    (let_through,) = re.findall(r"^\s*path (.+)$", CADDYFILE, re.MULTILINE)
    (platforms,) = re.findall(r"^/\{platform:([a-z|]+)\}/\{bot\}$", PATH)
    assert let_through.split() == [f"/{platform}/*" for platform in platforms.split("|")]
    largest, upload = re.findall(r"^\s*max_size (\d+)MiB$", CADDYFILE, re.MULTILINE)
    assert int(largest) * 2**20 == LARGEST
    with pytest.raises(ValidationError):
        Settings(upload_mb=int(upload))  # the proxy lets through whatever may be chosen
    (pages,) = re.findall(r"^\s*@pages path (.+)$", CADDYFILE, re.MULTILINE)
    routes = FilePages(cast(Any, None), cast(Any, None), "", 1, "vi").routes()
    served = {f"/{route.path.split('/')[1]}" for route in routes}
    assert {path.removesuffix("/*") for path in pages.split()} == served
    asked = set(re.findall(r"\{\$(\w+)", CADDYFILE))
    assert asked == set(services["proxy"]["environment"])
    assert "./deploy/Caddyfile:/etc/caddy/Caddyfile:ro" in services["proxy"]["volumes"]


def test_what_the_handbook_types_is_there() -> None:
    typed = re.findall(r"^docker compose .*$", OPERATIONS, re.MULTILINE)
    assert len(typed) >= 6
    services = composed(POLLING, WEBHOOK)["services"]
    for line in typed:
        words = shlex.split(line, comments=True)
        named = [words[at + 1] for at, word in enumerate(words[:-1]) if word == "-f"]
        assert all((ROOT / name).is_file() for name in named if name.endswith(".yaml")), line
        for at, word in enumerate(words):
            if word in ("run", "exec"):
                service = next(i for i in range(at + 1, len(words)) if words[i] in services)
                inside = words[service + 1 :]
                if word == "run":
                    assert inside[0] in COMMANDS, line
                elif inside[:3] == ["python", "-m", "bot"]:
                    assert inside[3] in COMMANDS, line
                break


@pytest.fixture
def installed(tmp_path: Path) -> Iterator[Path]:
    """The folder that stands for `/` in the image, made by the Dockerfile's own steps."""
    project, roots = tmp_path / "context", {BUILD.name: tmp_path / "build", "": tmp_path / "image"}
    for path in context():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, project / path)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    kept = {name: value for name, value in kept.items() if name not in {"PYTHONPATH", "CDPATH"}}
    kept["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}"
    needs_root = FINAL.all("RUN")  # see test_it_runs_as_nobody_in_particular…
    for stage in (BUILD, FINAL):
        steps = script(stage, roots, skip=needs_root)
        done = subprocess.run(
            ["/bin/sh", "-c", steps], cwd=project, env=kept, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{steps}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
    shutil.rmtree(roots[BUILD.name])  # the image stands on its own
    shutil.rmtree(project)
    Path(below(roots[""], FINAL.the("VOLUME").text)).mkdir()  # in the place of that step
    yield roots[""]
    shutil.rmtree(tmp_path)


def laid_down(image: Path) -> dict[Path, tuple[int, int]]:
    """Every file but the volume's, with what would change if it were written to."""
    found = (path for folder in ("app", "venv") for path in (image / folder).rglob("*"))
    return {path: (s.st_size, s.st_mtime_ns) for path in found for s in [path.lstat()]}


@pytest.mark.skipif(not EVERY, reason="takes a minute or two: make every")
async def test_its_steps_make_a_program_that_runs(installed: Path, tmp_path: Path) -> None:
    """In the image's own environment: it runs, is healthy, takes an agency, stops in order."""
    environ = {name: below(installed, value) for name, value in FINAL.environ.items()}
    environ["PATH"] = environ["PATH"].replace("$PATH", os.defpath)
    before = laid_down(installed)
    assert [path for path in before if path.suffix == ".py" and not compiled(path)] == []
    async with AsyncExitStack() as stack:
        sandbox = Sandbox(tmp_path / "api.db", TOKEN)
        await sandbox.start()
        stack.push_async_callback(sandbox.stop)
        environ |= {
            "TRUCBAN_TELEGRAM_TOKEN": TOKEN,
            "TRUCBAN_TELEGRAM_API": sandbox.address,
            "TRUCBAN_HEALTH_LISTEN": free_address(),
        }

        async def started(command: list[str]) -> Process:
            """From the image's working folder, with nothing else in its environment."""
            program = shutil.which(command[0], path=environ["PATH"])
            assert program is not None
            assert Path(program).is_relative_to(installed)
            one = await asyncio.create_subprocess_exec(
                program, *command[1:], env=environ, stdin=asyncio.subprocess.DEVNULL,
                cwd=below(installed, FINAL.the("WORKDIR").text),
                stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            )  # fmt: skip
            assert one.stdout is not None
            assert one.stderr is not None
            process = Process(one.pid, one.wait)
            process.follow(one.stdout, one.stderr)
            stack.push_async_callback(gone, process)
            return process

        entry = FINAL.the("ENTRYPOINT").command
        bot = await started([*entry, *FINAL.the("CMD").command])
        async with asyncio.timeout(PATIENCE):
            await bot.out.until("đang chạy")
        sample = "playbooks/samples/agency.yaml"
        filling = await started([*entry, "init", sample])
        check = FINAL.the("HEALTHCHECK").command
        async with asyncio.timeout(PATIENCE):
            while await (await started(check)).ended(PATIENCE) != 0:
                """Asked again, as an engine does while it starts."""
        assert await filling.ended(PATIENCE) == 0, filling.told()
        assert "đã ghi" in filling.out.lines[-1]
        bot.signal(SIGTERM)
        assert await bot.ended(within=STOPPING) == 0, bot.told()
        assert bot.err.lines == []
        sick = await started(check)
        assert await sick.ended(PATIENCE) == 1, sick.told()
    assert "trucban.db" in os.listdir(below(installed, FINAL.the("VOLUME").text))
    assert laid_down(installed) == before, "the root of the image is read-only"


def free_address() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


async def gone(process: Process) -> None:
    with suppress(ProcessLookupError):  # it may have ended by itself
        process.signal(SIGKILL)
    await process.ended()


def compiled(path: Path) -> bool:
    return any((path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"))


@pytest.mark.parametrize(
    "line", ["ARG TOKEN", "ADD a b", "RUN <<EOF", "ONBUILD RUN a", "SHELL a", "MAINTAINER a"]
)
def test_what_the_parser_does_not_understand_is_no_silence(line: str) -> None:
    with pytest.raises(ValueError, match="does not understand"):
        list(instructions(f"FROM a\n{line}\n"))


def test_lines_are_continued_and_comments_dropped() -> None:
    (one,) = instructions("# a\nRUN a \\\n# b\n  b \\\n  c\n")
    assert (one.word, one.text) == ("RUN", "a b c")
    assert isinstance(stages("FROM a AS b\nUSER c\n")[0], Image)
