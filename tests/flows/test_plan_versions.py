"""A plan changes while an incident is open: that one stays on its own, the next one follows."""

import pytest

from tests.flows.house import House
from tests.flows.lawful import put_in_force

OLD, NEW = "Kế hoạch Mỹ Hào 2025", "Kế hoạch Mỹ Hào sửa đổi"


@pytest.mark.only("telegram", "what holds in the rows, whatever the wire")
async def test_an_open_incident_stays_on_the_version_that_it_was_reported_under(
    house: House,
) -> None:
    await house.lan.reports("Có")
    held = await put_in_force(house, "my_hao_2025", f'short: "{OLD}"', f'short: "{NEW}"')
    assert [one.in_force for one in held] == [True, False]
    await house.lan.types("/start")
    await house.lan.reports("Có")
    await house.binh.types("/status 1")
    await house.binh.sees("Sự cố số 1", OLD)
    await house.binh.types("/status 2")
    shown = await house.binh.sees("Sự cố số 2", NEW)
    assert OLD not in shown
    assert (await house.proof()).broken is None
    chain = await house.office.store.look(lambda tx: tx.events.chain("plan/my_hao_2025"))
    assert [link.kind for link in chain] == ["plan.kept", "plan.put_in_force"]
