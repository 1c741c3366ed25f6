"""The part of a plan's page that says how an incident is worked: phases, steps, powers, waiting."""

from bot.domain.playbook import Loop, Plan, Step
from playbooks.authoring import wording
from playbooks.authoring.diagram import diagram
from playbooks.authoring.tables import Lines, bullets, table


def phases(plan: Plan) -> Lines:
    rows = []
    for phase in plan.phases:
        work = plan.work.get(phase.id)
        due = wording.stretch(work.minutes) if work else "không có hạn"
        asked, where = (work.exit, wording.place(work.source, plan)) if work else ("", "")
        rows.append((plan.called(phase.id), wording.place(phase.source, plan), due, asked, where))
    head = (
        "Giai đoạn",
        "Nguồn",
        "Hạn một việc",
        "Hỏi trước khi sang giai đoạn sau",
        "Nguồn của hạn",
    )
    keys = "Khung nét đứt: bước không phải lúc nào cũng có. Mũi tên nét đứt: quay lại."
    return ["## Quy trình", "", diagram(plan), "", keys, "", *table(head, rows)]


def steps(plan: Plan) -> Lines:
    lines: Lines = []
    for phase in plan.phases:
        lines += ["", f"## {plan.called(phase.id)}"]
        for step in plan.steps_of(phase.id):
            lines += ["", f"### {step.label}", "", *_step(plan, step)]
    return lines[1:]


def powers(plan: Plan) -> Lines:
    rows = [
        (
            wording.POWERS[one.id],
            one.name,
            wording.names(plan, one.functions),
            wording.place(one.source, plan),
        )
        for one in plan.special_authority
    ]
    given = {one.id for one in plan.special_authority}
    missing = [words for power, words in wording.POWERS.items() if power not in given]
    lines = ["## Thẩm quyền riêng", ""]
    if rows:
        head = ("Việc", "Trong văn bản", "Ai được quyết định", "Nguồn")
        lines += [*table(head, rows), ""]
    if missing:
        lines.append(f"Văn bản không giao cho ai: {'; '.join(missing)}.")
    return lines


def paging(plan: Plan) -> Lines:
    of = plan.paging
    pace = (
        f"{of.times} lần cho một người, cách nhau {of.wait_minutes} phút; trực ban xác minh trong "
        f"{of.verify_minutes} phút; chờ lãnh đạo quyết định {of.decide_minutes} phút"
    )
    still = (
        f"sau {of.still_minutes} phút, nếu nghiêm trọng sau {of.still_serious_minutes} phút; "
        f"{of.answer_minutes} phút không đáp thì báo người tiếp theo"
    )
    facts = [
        ("Tin khẩn đến", wording.names(plan, of.lead), of.source),
        ("Chỉ được thông báo", wording.names(plan, of.coordinating), of.source),
        ("Nhắc", pace, of.pace_source),
        ("Hỏi “Vẫn đang xử lý?”", still, of.pace_source),
        ("Quyết định nghiêm trọng", wording.names(plan, of.decides_serious), of.decides_source),
    ]
    rows = [(name, said, wording.place(source, plan)) for name, said, source in facts if said]
    return ["## Tin khẩn", "", *table(("", "", "Nguồn"), rows)]


def _step(plan: Plan, step: Step) -> Lines:
    def named(functions: tuple[str, ...]) -> str:
        return wording.names(plan, functions)

    flags = (
        (step.only_if_serious, "chỉ mở khi nghiêm trọng, lãnh đạo quyết định"),
        (step.optional, "nếu cần: được đề nghị, không tự mở"),
        (step.confidential, "chỉ lãnh đạo và người được giao thấy"),
    )
    facts = [
        ("Loại", wording.KINDS[step.kind]),
        ("Chủ trì", named(step.lead)),
        ("Phối hợp", named(step.coordinating)),
        ("Văn bản ghi người làm là", named(step.actor)),
        ("Khi nào", "; ".join(words for holds, words in flags if holds)),
        ("Điều kiện, như văn bản ghi", step.condition),
        ("Sau bước", "; ".join(_called(plan, one) for one in step.after)),
        ("Nội dung", step.content),
        ("Chứng cứ", step.evidence),
        ("Xin ý kiến chỉ đạo", named(step.asks)),
        ("Tham khảo ý kiến", named(step.consults)),
        ("Báo cáo đến", named(step.reports_to)),
        ("Quyết định trong bước này", "; ".join(wording.POWERS[one] for one in step.powers)),
        ("Quay lại", _loop(plan, step.loop) if step.loop else ""),
        ("Ghi chú", step.note or ""),
        ("Nguồn", wording.place(step.source, plan)),
    ]
    return bullets(facts)


def _loop(plan: Plan, loop: Loop) -> str:
    goals = "; ".join(_called(plan, one) for one in loop.back_to)
    silent = "văn bản không nêu quay về đâu, nên theo gói nền"
    return f"{loop.when} → {goals or silent} ({loop.text})"


def _called(plan: Plan, place: str) -> str:
    if place in {phase.id for phase in plan.phases}:
        return plan.called(place)
    return plan.step(place).label
