"""A task finished as somebody does it at night: the first option at every question."""

from tests.flows.person import Phone

MOST = 6  # questions; a form that asks more is no quick one


async def finishes(who: Phone, code: str, words: str = "") -> None:
    """ "xong 1.1 …", and 1 until it is done; the words answer what they can."""
    end = f"việc {code} hoàn thành"
    before = await who.count(end)
    await who.types(f"xong {code} {words}".strip())
    for _ in range(MOST):
        if await who.count(end) > before:
            return
        await who.types("1")
    await who.sees_times(before + 1, end)
