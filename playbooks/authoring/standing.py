"""Where a commune of today stands: which plan held on its ground, and what has changed since."""

from collections.abc import Iterator, Mapping
from datetime import date

from bot.domain.folding import fold
from bot.domain.law import Regime
from bot.domain.playbook import Plan
from playbooks.authoring import wording
from playbooks.authoring.grounds import Ground, Grounds
from playbooks.authoring.places import Commune, Found, communes, find

NEW = "python -m bot plan new"


def standing(
    typed: str,
    grounds: Grounds,
    plans: Mapping[str, Plan],
    regimes: Mapping[str, Regime],
    today: date,
) -> tuple[str, ...]:
    """What `plan for` prints, line by line; the last one says what to do next."""
    found = find(typed)
    former = [one for one in grounds.grounds if _called(typed, one)]
    if len(found.matches) == 1:
        return tuple(_of(found.matches[0], grounds, plans, regimes, today))
    if found.matches:
        return tuple(_several(typed, found))
    if found.province:
        return tuple(_province(found.province, grounds, plans))
    return tuple(_former(former) if former else _none(typed, found))


def _of(
    commune: Commune,
    grounds: Grounds,
    plans: Mapping[str, Plan],
    regimes: Mapping[str, Regime],
    today: date,
) -> Iterator[str]:
    whole = commune.whole
    yield f"{whole[0].upper()}{whole[1:]}."
    here = [one for one in grounds.grounds if one.holds(commune)]
    for ground in sorted(here, key=lambda one: (one.one_agency, not one.communes)):
        yield ""
        yield from _ground(ground, plans[ground.plan], regimes, today)
    if not any(not one.one_agency for one in here):
        yield ""
        yield from _nothing(commune, grounds)
    yield ""
    yield "Đã thay đổi:"
    yield from (f"- {one.text}{_mark(one.source.status)}" for one in grounds.changes)
    yield from (f"- {said}" for said in _merged(commune.province, grounds))
    yield from (f"- {said}" for said in _ended(regimes, today))
    yield ""
    yield _next(here)


def _ground(
    ground: Ground, plan: Plan, regimes: Mapping[str, Regime], today: date
) -> Iterator[str]:
    yield f"{plan.short} ({plan.id}), {plan.issuer}"
    yield f"- Trước đây: {ground.was}{_mark(ground.source.status)}"
    yield f"- Giao việc cho: {ground.binds}"
    if ground.one_agency:
        yield "- Là kế hoạch riêng của một cơ quan, không giao việc cho xã; dùng làm mẫu được."
    over = ": đã qua" if plan.period.is_over(today) else ""
    yield f"- Kỳ hạn: {wording.period(plan.period)}{over}"
    ended = [one.name for one in plan.functions.values() if one.ended and not one.successor]
    if ended:
        yield f"- Không còn, chưa xác định đơn vị kế thừa: {'; '.join(ended)}"
    later = [
        f"{regime.name}{_since(regime)}{_mark(regime.source.status)}"
        for name, regime in regimes.items()
        if name not in plan.regimes and regime.holds(today)
    ]
    if later:
        yield f"- Chưa tính đến: {'; '.join(later)}"


def _merged(province: str, grounds: Grounds) -> Iterator[str]:
    """What was merged into the province, once."""
    into = province[0].lower() + province[1:]
    told = {one.merged: one for one in grounds.grounds if one.province == province and one.merged}
    for merged, ground in told.items():
        name = str(merged)
        yield f"{name[0].upper()}{name[1:]} nhập vào {into} năm 2025{_mark(ground.source.status)}."


def _ended(regimes: Mapping[str, Regime], today: date) -> Iterator[str]:
    for regime in regimes.values():
        if regime.ends and regime.ends < today:
            end = wording.day(regime.ends)
            if regime.ends_for_sure:
                yield f"{regime.name}: hết hiệu lực sau ngày {end}."
            else:
                yield f"{regime.name}: sau ngày {end} còn hiệu lực hay không, {wording.CONFIRM}."


def _since(regime: Regime) -> str:
    return f" từ ngày {wording.day(regime.begins)}" if regime.begins else ""


def _nothing(commune: Commune, grounds: Grounds) -> Iterator[str]:
    beyond = [one for one in grounds.grounds if commune.listed in one.beyond]
    if beyond and beyond[0].province == commune.province:
        was = beyond[0].merged
        yield f"Trước đây thuộc {was} cũ{_mark(beyond[0].source.status)}."
    yield "Không có kế hoạch mẫu nào trên đất này. Khi chưa có kế hoạch riêng thì dùng gói nền."


def _several(typed: str, found: Found) -> Iterator[str]:
    yield f"“{typed}”: có {len(found.matches)} nơi."
    yield from (f"- {one.whole}" for one in found.matches)
    yield f"Gõ thêm tỉnh, ví dụ: {_command(found.matches[0])}"


def _former(grounds: list[Ground]) -> Iterator[str]:
    """A district that is no more, by the name it had."""
    for ground in grounds:
        names = ", ".join(one[0].lower() + one[1:] for one in ground.communes)
        yield f"{ground.was} (không còn từ ngày 1/7/2025): nay là {names}"
        yield f"{wording.CONFIRM[0].upper()}{wording.CONFIRM[1:]}: {ground.source.document}."
    yield 'Xem từng nơi: python -m bot plan for "TÊN XÃ, TỈNH"'


def _province(province: str, grounds: Grounds, plans: Mapping[str, Plan]) -> Iterator[str]:
    yield f"{province}: {len(communes()[province])} xã, phường, đặc khu."
    for ground in grounds.grounds:
        if ground.province == province:
            yield f"- {plans[ground.plan].short} ({ground.plan}): {ground.was}"
    yield from (f"- {said}" for said in _merged(province, grounds))
    yield 'Xem từng nơi: python -m bot plan for "TÊN XÃ, TỈNH"'


def _none(typed: str, found: Found) -> Iterator[str]:
    yield f"“{typed}”: không có trong 34 tỉnh, thành phố và 3.321 xã, phường, đặc khu hiện nay."
    if found.near:
        yield "Gần giống:"
        yield from (f"- {one.whole}" for one in found.near)
        yield f"Gõ lại, ví dụ: {_command(found.near[0])}"
    else:
        yield "Kiểm tra chính tả, hoặc gõ tên mới sau sắp xếp năm 2025 kèm tỉnh."


def _next(here: list[Ground]) -> str:
    if not here:
        return f"Soạn kế hoạch của mình từ gói nền: {NEW}"
    return f"Xem: python -m bot plan show {here[0].plan} · soạn kế hoạch của mình: {NEW}"


def _command(commune: Commune) -> str:
    return f'python -m bot plan for "{commune.whole}"'


def _called(typed: str, ground: Ground) -> bool:
    """Whether the words are a district's old name, "huyện Krông Pắc"."""
    name, _, _ = ground.was.partition(",")
    return bool(ground.communes) and fold(typed.partition(",")[0]) == fold(name)


def _mark(status: str) -> str:
    return "" if status == "confirmed" else f" ({wording.CONFIRM})"
