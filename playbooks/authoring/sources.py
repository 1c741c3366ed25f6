"""Where every item of a plan comes from, part by part: for counting, marking and comparing."""

from collections.abc import Mapping

from bot.domain.playbook import Plan, Source


def sources(plan: Plan) -> Mapping[str, tuple[Source, ...]]:
    """By the name of the part; the plan's own joining has no base to come from."""
    rules, paging = plan.rules, plan.paging
    return {
        "đơn vị": tuple(one.source for one in plan.functions.values()),
        "tiêu chí": tuple(one.source for one in plan.criteria.values()),
        "quy tắc cần ứng phó": (rules.needs_response.source,),
        "quy tắc nghiêm trọng theo Quyết định 05/2017": (rules.serious_by_law.source,),
        "quy tắc nghiêm trọng theo Kế hoạch": (rules.serious_by_plan.source,),
        "các giai đoạn": tuple(one.source for one in plan.phases),
        "các bước": tuple(one.source for one in plan.steps),
        "thời gian của từng giai đoạn": tuple(one.source for one in plan.work.values()),
        "tin khẩn đến ai": (paging.source,),
        "chờ bao lâu": (paging.pace_source,),
        "ai quyết định nghiêm trọng": (paging.decides_source,),
        "thẩm quyền riêng": tuple(one.source for one in plan.special_authority),
        "nguyên nhân": tuple(one.source for one in plan.causes),
        "tình huống": tuple(one.source for one in plan.scenarios),
        "báo cáo": tuple(one.source for one in plan.reporting),
        "nhiệm vụ khi chưa có sự cố": tuple(one.source for one in plan.duties),
        "liên hệ ngoài cơ quan": tuple(one.source for one in plan.contacts),
    }
