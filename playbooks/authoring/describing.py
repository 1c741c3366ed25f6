"""A plan as a readable page (Markdown): for an administrator, with the source of every item.

The page depends on the plan alone, so that one plan always gives the same page.
"""

from bot.domain.playbook import Plan
from playbooks.authoring import beyond_steps, stepping, wording
from playbooks.authoring.sources import sources
from playbooks.authoring.tables import Lines, table

GAPS = "Chỗ văn bản thiếu hoặc mâu thuẫn"


def page(plan: Plan) -> str:
    parts = (
        _head(plan),
        _inherited(plan),
        _notes(plan),
        _functions(plan),
        _verdicts(plan),
        stepping.phases(plan),
        stepping.steps(plan),
        stepping.powers(plan),
        stepping.paging(plan),
        beyond_steps.scenarios(plan),
        beyond_steps.reporting(plan),
        beyond_steps.duties(plan),
        beyond_steps.contacts(plan),
        beyond_steps.joining(plan),
    )
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _head(plan: Plan) -> Lines:
    where = f", {plan.province}" if plan.province and plan.province not in plan.issuer else ""
    facts = [
        ("Mã", f"`{plan.id}`"),
        ("Loại", wording.PLAN_KINDS[plan.kind]),
        ("Cơ quan ban hành", plan.issuer + where),
        ("Ngày văn bản", plan.dated),
        ("Kỳ hạn", wording.period(plan.period)),
        ("Căn cứ", "; ".join(plan.legal_bases)),
        ("Chế độ thời hạn báo cáo", ", ".join(f"`{one}`" for one in plan.regimes)),
    ]
    rows = [(name, said) for name, said in facts if said]
    keys = f"Gọi tắt: {plan.short}."
    if any(step.source.line for step in plan.steps) or any(one.source.line for one in plan.duties):
        keys += f" “dòng” là dòng của văn bản, `playbooks/documents/{plan.id}.txt`."
    return [f"# {plan.title}", "", keys, "", *table(("", ""), rows)]


def _inherited(plan: Plan) -> Lines:
    """What the plan does not say, in one place; on each item it is marked again."""
    if plan.base is None:
        return []
    parts = sources(plan).items()
    taken = [name for name, of in parts if any(one.inherited_from for one in of)]
    if not taken:
        return ["## Lấy ở gói nền", "", "Không mục nào: văn bản nêu đủ."]
    said = f"Văn bản không nêu hoặc nêu chưa đủ, nên lấy ở gói nền: {'; '.join(taken)}."
    return ["## Lấy ở gói nền", "", said]


def _notes(plan: Plan) -> Lines:
    return [f"## {GAPS}", "", *(f"- {note}" for note in plan.notes)] if plan.notes else []


def _functions(plan: Plan) -> Lines:
    rows = [
        (
            one.name,
            one.role or "",
            ". ".join(filter(None, (wording.now(one), one.note or ""))),
            wording.place(one.source, plan),
        )
        for one in plan.functions.values()
    ]
    head = ("Đơn vị, như văn bản ghi", "Vai trò", "Nay", "Nguồn")
    return ["## Ai làm gì", "", *table(head, rows)]


def _verdicts(plan: Plan) -> Lines:
    rows = [(one.text, one.word, wording.place(one.source, plan)) for one in plan.criteria.values()]
    lines = ["## Tiêu chí và kết luận", "", *table(("Tiêu chí", "Nói ngắn", "Nguồn"), rows), ""]
    for name, said in wording.RULES.items():
        of = getattr(plan.rules, name)
        where = wording.place(of.source, plan)
        lines.append(f"- **{said}**: {wording.rule(of.rule, plan)}. Nguồn: {where}.")
    return lines
