"""What is compared of every part of a plan: facts in words, each under the name on its page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.playbook import Duty, Function, Plan, Reporting, Source, Step
from playbooks.authoring import wording

Facts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of item: how it is called, where a plan has them (by id), what is said of one.

    The first fact is the item's own name.
    """

    what: str
    items: Callable[[Plan], Mapping[str, Any]]
    facts: Callable[[Any, Plan], Facts]


def place(source: Source, plan: Plan) -> str:
    """Without the line, which every edit of the document moves."""
    return wording.place(replace(source, line=None), plan)


def _function(one: Function, plan: Plan) -> Facts:
    return {
        "tên": one.name,
        "vai trò": one.role or "",
        "nay": wording.now(one),
        "ghi chú": one.note or "",
        "nguồn": place(one.source, plan),
    }


def _step(one: Step, plan: Plan) -> Facts:
    def named(functions: tuple[str, ...]) -> str:
        return wording.names(plan, functions)

    steps = {step.id: step.label for step in plan.steps}
    loop = one.loop
    goals = ", ".join(loop.back_to) if loop else ""
    return {
        "tên": one.label,
        "giai đoạn": plan.phase(one.phase).name,
        "loại": wording.KINDS[one.kind],
        "chủ trì": named(one.lead),
        "phối hợp": named(one.coordinating),
        "người làm theo văn bản": named(one.actor),
        "chỉ khi nghiêm trọng": _yes(one.only_if_serious),
        "nếu cần": _yes(one.optional),
        "kín": _yes(one.confidential),
        "điều kiện": one.condition,
        "sau bước": "; ".join(steps[name] for name in one.after),
        "nội dung": one.content,
        "chứng cứ": one.evidence,
        "xin ý kiến chỉ đạo": named(one.asks),
        "tham khảo ý kiến": named(one.consults),
        "báo cáo đến": named(one.reports_to),
        "quyết định trong bước": "; ".join(wording.POWERS[power] for power in one.powers),
        "quay lại": f"{loop.when} → {goals or 'văn bản không nêu'} ({loop.text})" if loop else "",
        "ghi chú": one.note or "",
        "nguồn": place(one.source, plan),
    }


def _duty(one: Duty, plan: Plan) -> Facts:
    return {
        "tên": one.name,
        "chủ trì": wording.names(plan, one.lead),
        "phối hợp": wording.names(plan, one.coordinating),
        "nhịp": one.cadence or "",
        "số tháng": str(one.every_months or ""),
        "khi": one.on_event or "",
        "hạn": one.deadline or "",
        "ngày": wording.day(one.by) if one.by else "",
        "nguồn": place(one.source, plan),
    }


def _reporting(one: Reporting, plan: Plan) -> Facts:
    return {
        "tên": one.name,
        "ai báo cáo": wording.names(plan, one.who),
        "đến": one.to or "",
        "khi nào": one.when or "",
        "thời hạn": one.deadline or "",
        "số giờ": "" if one.within_hours is None else str(one.within_hours),
        "nguồn": place(one.source, plan),
    }


def _by_id(items: tuple[Any, ...]) -> dict[str, Any]:
    return {one.id: one for one in items}


def _yes(holds: bool) -> str:
    return "có" if holds else ""


PARTS = (
    Part("đơn vị", lambda plan: plan.functions, _function),
    Part(
        "tiêu chí",
        lambda plan: plan.criteria,
        lambda one, plan: {"tên": one.word, "lời": one.text, "nguồn": place(one.source, plan)},
    ),
    Part(
        "quy tắc",
        lambda plan: {name: getattr(plan.rules, name) for name in wording.RULES},
        lambda one, plan: {
            "tên": next(
                said for name, said in wording.RULES.items() if getattr(plan.rules, name) is one
            ),
            "nội dung": wording.rule(one.rule, plan),
            "nguồn": place(one.source, plan),
        },
    ),
    Part(
        "giai đoạn",
        lambda plan: _by_id(plan.phases),
        lambda one, plan: {"tên": plan.called(one.id), "nguồn": place(one.source, plan)},
    ),
    Part("bước", lambda plan: _by_id(plan.steps), _step),
    Part(
        "thời gian của giai đoạn",
        lambda plan: {phase.id: phase for phase in plan.phases if phase.id in plan.work},
        lambda one, plan: {
            "tên": plan.called(one.id),
            "hạn một việc": wording.stretch(plan.work[one.id].minutes),
            "hỏi trước khi sang giai đoạn sau": plan.work[one.id].exit,
            "nguồn": place(plan.work[one.id].source, plan),
        },
    ),
    Part(
        "thẩm quyền",
        lambda plan: _by_id(plan.special_authority),
        lambda one, plan: {
            "tên": one.name,
            "ai được quyết định": wording.names(plan, one.functions),
            "nguồn": place(one.source, plan),
        },
    ),
    Part(
        "nguyên nhân",
        lambda plan: _by_id(plan.causes),
        lambda one, plan: {"tên": one.name, "nguồn": place(one.source, plan)},
    ),
    Part(
        "nhóm tình huống",
        lambda plan: _by_id(plan.scenarios),
        lambda one, plan: {
            "tên": one.name,
            "tình huống": "; ".join(one.items.values()),
            "nguồn": place(one.source, plan),
        },
    ),
    Part("báo cáo", lambda plan: _by_id(plan.reporting), _reporting),
    Part("nhiệm vụ", lambda plan: _by_id(plan.duties), _duty),
    Part(
        "liên hệ",
        lambda plan: _by_id(plan.contacts),
        lambda one, plan: {
            "tên": wording.names(plan, one.functions),
            "bước": ", ".join(one.steps),
            "nhiệm vụ": ", ".join(one.duties),
            "nguồn": place(one.source, plan),
        },
    ),
)
