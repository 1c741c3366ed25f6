"""What one version of a plan changes against another, in sentences ("trước … nay …").

Pure: two plans in, sentences out. An item that the plan now says itself, or no longer says and so
has from the base pack, is a change too: its source tells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.playbook import Plan
from playbooks.authoring import facts, wording
from playbooks.authoring.facts import PARTS, Facts, Part


def differences(before: Plan, after: Plan) -> tuple[str, ...]:
    """In the order of a plan's page; empty where they say the same."""
    return tuple(_differences(before, after))


def _differences(before: Plan, after: Plan) -> Iterator[str]:
    yield from _facts("Kế hoạch", _of_plan(before), _of_plan(after))
    units, *parts = PARTS
    yield from _items(units, before, after)
    # A unit that has another name now is told once, not again wherever it stands.
    after = replace(after, functions={**after.functions, **before.functions})
    for part in parts:
        yield from _items(part, before, after)
        if part.what == "bước":
            yield from _order(before, after)
    yield from _facts("Tin khẩn", _of_paging(before), _of_paging(after))
    yield from _facts("Đơn vị tham gia", _of_joining(before), _of_joining(after))
    yield from (f"Bỏ ghi chú: “{note}”." for note in before.notes if note not in after.notes)
    yield from (f"Thêm ghi chú: “{note}”." for note in after.notes if note not in before.notes)


def _items(part: Part, before: Plan, after: Plan) -> Iterator[str]:
    old = {id_: part.facts(one, before) for id_, one in part.items(before).items()}
    new = {id_: part.facts(one, after) for id_, one in part.items(after).items()}
    for id_, said in old.items():
        if id_ not in new:
            yield f"Bỏ {part.what} “{said['tên']}”."
    for id_, said in new.items():
        if id_ not in old:
            about = [f"{name}: {words}" for name, words in said.items() if words and name != "tên"]
            yield f"Thêm {part.what} “{said['tên']}” ({'; '.join(about[:2])})."
        else:
            yield from _facts(f"{_capital(part.what)} “{old[id_]['tên']}”", old[id_], said)


def _facts(whose: str, before: Facts, after: Facts) -> Iterator[str]:
    changes = [
        f"{name} trước {_quoted(before[name])}, nay {_quoted(words)}"
        for name, words in after.items()
        if before[name] != words
    ]
    if changes:
        yield f"{whose}: {'; '.join(changes)}."


def _order(before: Plan, after: Plan) -> Iterator[str]:
    """Steps that both have and that now stand at another place among them."""
    old, new = [step.id for step in before.steps], [step.id for step in after.steps]
    kept, now = [one for one in old if one in new], [one for one in new if one in old]
    if kept != now:
        yield f"Thứ tự các bước trước {_numbers(before, kept)}, nay {_numbers(after, now)}."


def _numbers(plan: Plan, steps: Sequence[str]) -> str:
    return " → ".join(plan.step(one).number for one in steps)


def _quoted(words: str) -> str:
    return f"“{words}”" if words else "không nêu"


def _capital(word: str) -> str:
    return word[0].upper() + word[1:]


def _of_plan(plan: Plan) -> Facts:
    return {
        "tên": plan.title,
        "gọi tắt": plan.short,
        "loại": wording.PLAN_KINDS[plan.kind],
        "cơ quan ban hành": plan.issuer,
        "tỉnh": plan.province,
        "ngày văn bản": plan.dated,
        "kỳ hạn": wording.period(plan.period),
        "gói nền": plan.base or "",
        "căn cứ": "; ".join(plan.legal_bases),
        "chế độ thời hạn báo cáo": ", ".join(plan.regimes),
    }


def _of_paging(plan: Plan) -> Facts:
    of = plan.paging
    return {
        "báo đến": wording.names(plan, of.lead),
        "chỉ thông báo": wording.names(plan, of.coordinating),
        "cách nhau (phút)": str(of.wait_minutes),
        "số lần nhắc một người": str(of.times),
        "chờ xác minh (phút)": str(of.verify_minutes),
        "chờ lãnh đạo (phút)": str(of.decide_minutes),
        "hỏi lại người đang xử lý (phút)": f"{of.still_minutes}, {of.still_serious_minutes}",
        "chờ người ấy đáp (phút)": str(of.answer_minutes),
        "quyết định nghiêm trọng": wording.names(plan, of.decides_serious),
        "nguồn nơi báo": facts.place(of.source, plan),
        "nguồn thời gian chờ": facts.place(of.pace_source, plan),
        "nguồn quyền quyết định": facts.place(of.decides_source, plan),
    }


def _of_joining(plan: Plan) -> Facts:
    of = plan.joining
    return {
        "cử người cho từng sự cố": wording.names(plan, of.nominates) if of else "",
        "tham gia khi đơn vị đề nghị": wording.names(plan, of.on_request) if of else "",
    }
