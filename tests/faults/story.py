"""A report as it is begun; what is seen may come from the bot that was stopped or from the next."""

from tests.flows.person import Phone

SENTENCE = "may em mo khong duoc, hien chu doi tien"
REPEATED = "Việc này đã ghi nhận rồi."  # the step was done, and its answer was lost


async def is_about_to_send(who: Phone) -> None:
    """A report that will wake people, by the short way."""
    await who.types(SENTENCE)
    for answer in ("Có", "Một cửa, dịch vụ công", "Vừa phát hiện", "Có"):
        await who.picks(answer)
