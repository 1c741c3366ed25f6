"""The commands of python -m bot plan: plans written, checked, read, compared, put in force.

Those that only read files need no settings and no database.
"""

import json
from collections.abc import Callable, Collection, Mapping
from datetime import date
from os.path import relpath
from pathlib import Path
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

import typer

from bot.config import Settings
from bot.console import do, say, settings_of_here, stop
from bot.domain.folding import fold
from bot.domain.playbook import Plan
from bot.office import opened
from bot.platforms.clock import SystemClock
from bot.services import planning
from bot.services.ports.books import PlanVersion
from playbooks.authoring import questions
from playbooks.authoring.checking import check as checked
from playbooks.authoring.checking import summary
from playbooks.authoring.describing import page
from playbooks.authoring.differences import differences
from playbooks.authoring.grounds import load_grounds
from playbooks.authoring.pages import pages as pages_of
from playbooks.authoring.skeleton import skeleton
from playbooks.authoring.standing import standing
from playbooks.errors import BadData
from playbooks.fields import unknown_name
from playbooks.law_files import load_regimes
from playbooks.loader import load_plan, load_plans, load_texts
from playbooks.schema import SCHEMAS
from playbooks.schema import schemas as schemas_of

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
PAGES = Path("docs/plans")
Value = TypeVar("Value")
YES = ("co", "c", "dong y", "yes", "y")

app = typer.Typer(
    name="plan",
    help="Kế hoạch thành dữ liệu: soạn, kiểm tra, xem, so sánh, đưa vào áp dụng.",
    no_args_is_help=True,
)
Which = Annotated[str, typer.Argument(help="Mã kế hoạch, hoặc tệp YAML.")]


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="Tệp kế hoạch, kịch bản, chế độ hay cơ quan.")],
    on: Annotated[str, typer.Option(help="Xét kỳ hạn vào ngày này; bỏ trống: hôm nay.")] = "",
) -> None:
    """Kiểm tra một tệp: nêu mọi chỗ sai cùng lúc, có dòng, cột và cách sửa."""
    say(_good(lambda: checked(file, _day(on), load_plans())))


@app.command()
def show(which: Which) -> None:
    """In một kế hoạch thành trang đọc được (Markdown, sơ đồ Mermaid)."""
    print(page(_plan(which)), end="")  # noqa: T201 (goes into a file as it is)


@app.command()
def diff(before: Which, after: Which) -> None:
    """Nói bằng lời bản sau thay đổi gì so với bản trước."""
    one, other = _plan(before), _plan(after)
    _tell(one, other)


@app.command("for")
def for_(place: Annotated[str, typer.Argument(help='Tên xã, ví dụ "xã Krông Pắc".')]) -> None:
    """Tìm một xã, phường hiện nay: kế hoạch nào từng ở đó, điều gì đã thay đổi."""
    plans = load_plans()
    for line in _good(
        lambda: standing(place, load_grounds(plans), plans, load_regimes(), _day(""))
    ):
        say(line)


@app.command()
def new() -> None:
    """Hỏi vài câu rồi viết một tệp kế hoạch để soạn tiếp."""
    try:
        _new()
    except typer.Abort:
        stop("\nĐã dừng, chưa ghi gì.")


@app.command()
def pages(
    folder: Annotated[Path, typer.Option(help="Nơi ghi các trang.")] = PAGES,
) -> None:
    """Ghi lại trang đọc của mọi kế hoạch (docs/plans)."""
    found = pages_of(load_plans())
    _write(folder, found)


@app.command()
def schemas() -> None:
    """Ghi lại JSON Schema cho trình soạn thảo (playbooks/schemas)."""
    texts = {
        name: f"{json.dumps(one, ensure_ascii=False, indent=1)}\n"
        for name, one in schemas_of().items()
    }
    _write(SCHEMAS, texts)


@app.command()
def apply(
    file: Annotated[Path, typer.Argument(help="Tệp kế hoạch của cơ quan.")],
    yes: Annotated[bool, typer.Option("--yes", help="Không hỏi lại.")] = False,
) -> None:
    """Đưa một bản mới của kế hoạch vào áp dụng; sự cố đang mở vẫn theo bản cũ."""
    settings = settings_of_here()
    do(lambda: _apply(settings, file, yes))


@app.command()
def versions(plan: Annotated[str, typer.Argument(help="Mã kế hoạch.")]) -> None:
    """Liệt kê các bản đã giữ của một kế hoạch, bản nào đang áp dụng."""
    settings = settings_of_here()
    do(lambda: _versions(settings, plan))


async def _apply(settings: Settings, file: Path, yes: bool) -> None:
    today = _day("")
    plan, text, base_text = _good(
        lambda: load_plan(file, today), "Không có gì thay đổi, bản đang áp dụng vẫn giữ nguyên."
    )
    async with opened(settings, plans_only=True) as office:
        console = office.console()
        held = await office.store.look(lambda tx: tx.plans.get(plan.id))
        if held is not None and held.digest == plan.digest:
            say(f"{plan.short}: bản này đang áp dụng rồi, không có gì thay đổi.")
            return
        say(summary(plan))
        if plan.period.begins and plan.period.begins > today:
            say(f"Kỳ của kế hoạch bắt đầu ngày {plan.period.begins:%d/%m/%Y}, sau hôm nay.")
        if held is None:
            say(f"Chưa có bản nào của {plan.id} đang áp dụng.")
        else:
            _tell(held, plan)
        if not yes and not _agreed("Đưa vào áp dụng?"):
            say("Chưa đưa vào áp dụng, không có gì thay đổi.")
            return
        done = await office.desk.do(planning.put_in_force, console, text, base_text)
    put = done.value
    say(f"Đã đưa vào áp dụng: {plan.short}, bản {put.digest[:8]}, lúc {_when(put)}.")
    say("Sự cố báo từ bây giờ theo bản này; sự cố đang mở vẫn theo bản cũ.")
    say(f"Xem các bản đã giữ: python -m bot plan versions {plan.id}")


async def _versions(settings: Settings, plan: str) -> None:
    async with opened(settings, plans_only=True) as office:
        kept = (await office.desk.look(planning.versions, office.console(), plan)).value
        known = await office.store.look(lambda tx: tx.plans.ids())
    if not kept and plan not in known:
        stop(f"{_unknown(plan, known)}.")
    for one in kept:
        mark = "đang áp dụng" if one.in_force else "đã giữ"
        whose = "bản kèm chương trình" if one.by == planning.PRODUCT else "quản trị đưa vào"
        say(f"{one.digest[:8]} · {_when(one)} · {mark} · {whose} · {one.title}")
    if not any(one.in_force for one in kept):
        say(f"{plan}: đang áp dụng bản kèm chương trình.")
    say("Đưa bản khác vào áp dụng: python -m bot plan apply TỆP")


def _new() -> None:
    plans, texts = load_plans(), load_texts()
    wanted, start = questions.ask(plans, _day("").year, _prompt, say)
    target = Path(_prompt("Ghi vào tệp nào", f"{wanted.id}.yaml"))
    if target.exists() and not _agreed(f"Đã có {target}. Ghi đè?"):
        say(f"Đã giữ nguyên {target}, chưa ghi gì.")
        return
    schema = relpath(SCHEMAS / "plan.schema.json", target.absolute().parent)
    target.write_text(skeleton(wanted, *texts[start], schema), "utf-8")
    say(f"Đã ghi {target}. Sửa theo văn bản của cơ quan, rồi:")
    say(f"  python -m bot plan check {target}")
    say(f"  python -m bot plan show {target}")
    say(f"  python -m bot plan apply {target}")


def _tell(before: Plan, after: Plan) -> None:
    said = differences(before, after)
    if not said:
        say(f"{after.short}: không có gì khác.")
        return
    say(f"{after.short} thay đổi {len(said)} chỗ:")
    for sentence in said:
        say(f"- {sentence}")


def _plan(which: str) -> Plan:
    """By id, or from a file. One that is over may be read."""
    if Path(which).suffix in (".yaml", ".yml"):
        return _good(lambda: load_plan(Path(which)))[0]
    plans = _good(load_plans)
    if which not in plans:
        stop(f"{_unknown(which, plans)}; hoặc nêu một tệp .yaml.")
    return plans[which]


def _good(work: Callable[[], Value], otherwise: str = "") -> Value:
    """Its value; faults are told with line and column, and what to do next."""
    try:
        return work()
    except BadData as error:
        faults = sorted(error.faults, key=lambda one: (one.file, one.line, one.column))
        end = f"{len(faults)} chỗ sai. Sửa rồi chạy lại lệnh này. {otherwise}".strip()
        return stop("\n".join([*(one.exact for one in faults), end]))


def _unknown(plan: str, known: Collection[str]) -> str:
    why = unknown_name("kế hoạch", plan, known)
    return why[0].upper() + why[1:]


def _day(typed: str) -> date:
    """A day in Vietnam; today for ""."""
    if not typed:
        return SystemClock().now().astimezone(HERE).date()
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return stop(f"“{typed}” không phải một ngày (viết năm-tháng-ngày, ví dụ 2026-12-31).")


def _when(version: PlanVersion) -> str:
    at = version.in_force_at or version.added_at
    return f"{at.astimezone(HERE):%H:%M ngày %d/%m/%Y}"


def _prompt(question: str, default: str = "") -> str:
    return str(typer.prompt(question, default=default, show_default=bool(default))).strip()


def _agreed(question: str) -> bool:
    """Nobody there to answer has not agreed."""
    try:
        return fold(_prompt(f"{question} (có, không)", "không")) in YES
    except typer.Abort:
        say("")
        return False


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    say(f"Đã ghi {len(texts)} tệp vào {folder}.")
