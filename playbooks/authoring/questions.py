"""The questions of `plan new`: each is asked again until its answer fits."""

from collections.abc import Callable, Mapping
from typing import Literal

from bot.domain.folding import normal
from bot.domain.playbook import Plan
from playbooks.authoring.skeleton import Wanted

Prompt = Callable[[str, str], str]
Say = Callable[[str], None]
KINDS: Mapping[str, Literal["plan", "directive"]] = {"1": "plan", "2": "directive"}
FIRST, LAST = 2020, 2100  # years


def ask(plans: Mapping[str, Plan], year: int, prompt: Prompt, say: Say) -> tuple[Wanted, str]:
    """What is wanted, and the id of the plan to begin with."""

    def until(question: str, default: str, fits: Callable[[str], bool], cure: str) -> str:
        while not fits(answer := normal(prompt(question, default))):
            say(cure)
        return answer

    def filled(question: str) -> str:
        return until(question, "", bool, "Cần có tên. Gõ tên như văn bản của cơ quan ghi.")

    def year_from(question: str, default: int, first: int) -> int:
        def fits(typed: str) -> bool:
            return typed.isascii() and typed.isdigit() and first <= int(typed) <= LAST

        cure = f"Gõ một năm bốn chữ số, từ {first} đến {LAST}."
        return int(until(question, str(default), fits, cure))

    agency = filled("Cơ quan ban hành (ví dụ: UBND xã Krông Pắc)")
    say("Loại văn bản: 1 Kế hoạch ứng phó sự cố · 2 Công văn chỉ đạo, chỉ có nhiệm vụ")
    kind = KINDS[until("Loại", "1", lambda typed: typed in KINDS, "Gõ 1 hoặc 2.")]
    begins = year_from("Từ năm", year, FIRST)
    ends = year_from("Đến hết năm", begins, begins)
    lead = filled("Đơn vị chủ trì, quản lý và vận hành hệ thống")
    coordinating = normal(prompt("Đơn vị phối hợp, chuyên trách (bỏ trống: theo gói nền)", ""))
    ids = list(plans)
    for number, plan in enumerate(plans.values(), 1):
        say(f"{number} {plan.short} ({plan.id})")
    numbers = {str(number): id_ for number, id_ in enumerate(ids, 1)}
    base = str(next(ids.index(one.id) + 1 for one in plans.values() if one.kind == "base"))
    cure = f"Gõ một số từ 1 đến {len(ids)}."
    start = until("Bắt đầu từ số nào", base, lambda typed: typed in numbers, cure)
    return Wanted(agency, kind, begins, ends, lead, coordinating), numbers[start]
