"""The reader's pages of all plans (docs/plans): a page for each, and the list of them."""

from collections.abc import Mapping

from bot.domain.playbook import Plan
from playbooks.authoring import wording
from playbooks.authoring.describing import page
from playbooks.authoring.tables import table

COMMAND = "python -m bot plan pages"
WARNING = f"<!-- `{COMMAND}` ghi trang này từ playbooks/plans; sửa ở đó, đừng sửa ở đây. -->"
ABOUT = (
    "Mỗi trang nói lại một tệp trong `playbooks/plans` cho người đọc: ai làm gì, khi nào, theo mục "
    "nào của văn bản; điều gì lấy ở gói nền, điều gì cần pháp chế xác nhận, chỗ nào văn bản thiếu."
)


def pages(plans: Mapping[str, Plan]) -> Mapping[str, str]:
    """By file name, with the newline at their end."""
    found = {f"{plan.id}.md": f"{WARNING}\n{page(plan)}" for plan in plans.values()}
    return {"README.md": f"{WARNING}\n{_list(plans)}", **found}


def _list(plans: Mapping[str, Plan]) -> str:
    rows = [
        (
            f"[{plan.short}]({plan.id}.md)",
            plan.issuer,
            wording.period(plan.period),
            str(len(plan.steps)) if plan.kind != "directive" else "",
            str(len(plan.duties)),
        )
        for plan in plans.values()
    ]
    head = ("Kế hoạch", "Cơ quan ban hành", "Kỳ hạn", "Bước", "Nhiệm vụ khi chưa có sự cố")
    return "\n".join(["# Các kế hoạch", "", ABOUT, "", *table(head, rows)]) + "\n"
