"""The part of a plan's page beyond the steps: what can happen, reports, duties, who is outside."""

from bot.domain.playbook import Duty, Plan
from playbooks.authoring import wording
from playbooks.authoring.tables import Lines, bullets, table


def scenarios(plan: Plan) -> Lines:
    lines: Lines = []
    for cause in plan.causes:
        lines.append(f"- {cause.name}. Nguồn: {wording.place(cause.source, plan)}.")
    if lines:
        lines = ["### Nguyên nhân", "", *lines, ""]
    for group in plan.scenarios:
        lines += [f"### {group.name}", "", f"Nguồn: {wording.place(group.source, plan)}", ""]
        lines += [f"- {words} (`{name}`)" for name, words in group.items.items()]
        lines.append("")
    return ["## Nguyên nhân và tình huống", "", *lines[:-1]] if lines else []


def reporting(plan: Plan) -> Lines:
    rows = [
        (
            one.name,
            wording.names(plan, one.who),
            one.to or "",
            one.when or "",
            _within(one.deadline, one.within_hours),
            wording.place(one.source, plan),
        )
        for one in plan.reporting
    ]
    head = ("Báo cáo", "Ai báo cáo", "Đến", "Khi nào", "Thời hạn", "Nguồn")
    return ["## Báo cáo", "", *table(head, rows)] if rows else []


def duties(plan: Plan) -> Lines:
    rows = [
        (
            one.name,
            wording.names(plan, one.lead),
            wording.names(plan, one.coordinating),
            _cadence(one),
            one.deadline or (wording.day(one.by) if one.by else ""),
            wording.place(one.source, plan),
        )
        for one in plan.duties
    ]
    head = ("Nhiệm vụ", "Chủ trì", "Phối hợp", "Nhịp", "Hạn", "Nguồn")
    return ["## Nhiệm vụ khi chưa có sự cố", "", *table(head, rows)] if rows else []


def contacts(plan: Plan) -> Lines:
    duty_names = {one.id: one.name for one in plan.duties}
    step_names = {one.id: one.label for one in plan.steps}
    rows = [
        (
            wording.names(plan, one.functions),
            "; ".join(step_names.get(name, name) for name in one.steps),
            "; ".join(duty_names.get(name, name) for name in one.duties),
            wording.place(one.source, plan),
        )
        for one in plan.contacts
    ]
    head = ("Nơi liên hệ", "Cần ở bước", "Cần ở nhiệm vụ", "Nguồn")
    return ["## Liên hệ ngoài cơ quan", "", *table(head, rows)] if rows else []


def joining(plan: Plan) -> Lines:
    if plan.joining is None:
        return []
    facts = [
        ("Cử người cho từng sự cố", wording.names(plan, plan.joining.nominates)),
        ("Tham gia khi đơn vị đề nghị", wording.names(plan, plan.joining.on_request)),
        ("Nguồn", wording.place(plan.joining.source, plan)),
    ]
    return ["## Các đơn vị tham gia thế nào", "", *bullets(facts)]


def _within(deadline: str | None, hours: int | None) -> str:
    figure = "" if hours is None else "ngay" if hours == 0 else f"{hours} giờ"
    return deadline or figure


def _cadence(duty: Duty) -> str:
    figure = f"{duty.every_months} tháng một lần" if duty.every_months else ""
    return "; ".join(filter(None, (duty.cadence or figure, duty.on_event or "")))
