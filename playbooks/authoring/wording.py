"""How the parts of a plan are called on its page and in a comparison: Vietnamese, for people.

A plan's own words are never changed here; what is not the plan's says where it comes from.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from bot.domain.playbook import Function, Period, Plan, Power, Source, StepKind
from bot.domain.rule import All, Answer, Is, Rule

CONFIRM = "cần pháp chế xác nhận"
OURS = "mặc định"  # the section of what is the product's own default
MARKS = {
    "secondary": f"{CONFIRM} (nguồn thứ cấp)",
    "unverified": f"{CONFIRM} (chưa xác minh)",
}
KINDS: Mapping[StepKind, str] = {
    "verify": "tiếp nhận, xác minh",
    "first": "bước ưu tiên ban đầu",
    "option": "lựa chọn phương án",
    "direct": "chỉ đạo xử lý",
    "report": "báo cáo",
    "coordinate": "điều phối",
    "contain": "ứng cứu, ngăn chặn",
    "remove": "xử lý, gỡ bỏ",
    "recover": "khôi phục",
    "check": "kiểm tra, đánh giá",
    "violation": "xử lý vi phạm",
    "review": "tổng kết, đánh giá",
}
POWERS: Mapping[Power, str] = {
    "direct_serious": "chỉ đạo xử lý sự cố nghiêm trọng",
    "convene_team": "triệu tập Đội",
    "assign_spokesperson": "phân công phát ngôn, cung cấp thông tin",
    "extend_team": "bổ sung thành phần Đội",
    "adjust_option": "điều chỉnh phương án",
    "ask_national": "đề nghị Cơ quan điều phối quốc gia hỗ trợ",
}
PLAN_KINDS = {
    "base": "gói nền của Trực Ban, không phải văn bản của cơ quan nào",
    "plan": "kế hoạch ứng phó sự cố",
    "directive": "công văn chỉ đạo: chỉ có nhiệm vụ",
}
RULES = {
    "needs_response": "Cần ứng phó",
    "serious_by_law": "Nghiêm trọng theo Quyết định 05/2017",
    "serious_by_plan": "Nghiêm trọng theo Kế hoạch (máy đề xuất, lãnh đạo quyết định)",
}
NOBODY = "chưa xác định"


def day(one: date) -> str:
    return f"{one:%d/%m/%Y}"


def period(of: Period) -> str:
    """Its own words and its dates; never whether it is over today: a page must not age."""
    begins = [f"từ ngày {day(of.begins)}"] if of.begins else []
    ends = [f"hết kỳ ngày {day(of.ends)}"] if of.ends else []
    extended = [f"dùng tiếp theo {of.extended}"] if of.extended else []
    return "; ".join([of.words, *begins, *ends, *extended])


def place(source: Source, plan: Plan) -> str:
    """Where an item stands, whether it is the base pack's, and its mark."""
    own = source.document == plan.short or source.section == OURS
    where = source.section if own else f"{source.document}, {source.section}"
    if source.line is not None:
        where += f", dòng {source.line}"
    if source.inherited_from:
        where = f"theo gói nền ({where})"
    mark = MARKS.get(source.status)
    return f"{where} – {mark}" if mark else where


def names(plan: Plan, functions: Iterable[str]) -> str:
    return "; ".join(plan.functions[one].name for one in functions)


def now(function: Function) -> str:
    """What has become of a unit; "" where nothing is known to have changed."""
    said: list[str] = []
    if function.ended:
        heir = function.successor or NOBODY
        said.append(f"không còn từ ngày {day(function.ended)}; đơn vị kế thừa: {heir}")
    elif function.successor:
        said.append(f"đơn vị kế thừa: {function.successor}")
    if function.on_call:
        said.append(f"chỉ tham gia sau khi người có thẩm quyền {POWERS[function.on_call]}")
    return "; ".join(said)


def rule(of: Rule, plan: Plan) -> str:
    """ "một trong: …", "đồng thời: …", with the criteria's short words."""
    if isinstance(of, Is):
        word = plan.criteria[of.criterion].word
        if of.unknown_as is None:
            return word
        return f"{word} (chưa rõ tính là {'có' if of.unknown_as is Answer.YES else 'không'})"
    parts = [rule(part, plan) for part in of.rules]
    parts = [
        part if isinstance(one, Is) else f"({part})"
        for part, one in zip(parts, of.rules, strict=True)
    ]
    head = "đồng thời" if isinstance(of, All) else "một trong"
    return f"{head}: {'; '.join(parts)}" if len(parts) > 1 else parts[0]


def stretch(minutes: int) -> str:
    """Minutes as people say them: "60 phút", "4 giờ", "7 ngày"."""
    if minutes % 1440 == 0:
        return f"{minutes // 1440} ngày"
    return f"{minutes // 60} giờ" if minutes % 60 == 0 and minutes > 60 else f"{minutes} phút"
