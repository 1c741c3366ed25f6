"""What must hold whenever the bot dies, and when the story has ended: rows against phones."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from bot.sandbox.cast import GROUP
from bot.views.screen import plain
from tests.faults.house import Shown
from tests.faults.rows import Rows
from tests.faults.story import FORMS, INCIDENT
from tests.flows.house import TOKEN

BOT = f"telegram:{TOKEN.partition(':')[0]}"
AGAIN = " (nhắc lại)"
ON_DEMAND = "Tình hình lúc"  # an answer that changes nothing is given as often as it is asked for


def _event(kind: str) -> Callable[[Rows, int], bool]:
    return lambda rows, number: rows.events(f"incident/{number}")[kind] == 1


# Words that tell a person that something is done, and what is on disk by then.
CONFIRMED: tuple[tuple[str, Callable[[Rows, int], bool]], ...] = (
    (r"Câu (\d+)/10", lambda rows, number: len(rows.report()) >= number - 1),
    (r"Xem lại trước khi gửi(?=(\d*))", lambda rows, _: len(rows.report()) == 10),
    (r"Đã ghi nhận: sự cố số (\d+)", _event("incident.reported")),
    (r"Anh Hùng tiếp nhận sự cố số (\d+)", _event("page.acknowledged")),
    (r"Đã báo cáo sự cố số (\d+) đến", _event("incident.escalated")),
    (r"Sự cố số (\d+) đã kết thúc ứng phó", _event("incident.closed")),
)
ECHO = re.compile(r"^(Đã ghi|Ghi): ", re.MULTILINE)
OPINION = re.compile(r"Đã ghi ý kiến của anh/chị về sự cố số \d+")


def not_kept(shown: Sequence[Shown], rows: Rows) -> list[str]:
    """What phones were told is done and the database does not know."""
    lost = []
    for one in shown:
        for pattern, kept in CONFIRMED:
            found = re.search(pattern, one.text)
            if one.by_bot and found and not kept(rows, int(found[1] or 0)):
                lost.append(one.text)
    for chat in {one.chat for one in shown}:
        seen = [one.text for one in shown if one.chat == chat and one.by_bot]
        echoes = sum(bool(ECHO.search(text)) for text in seen)
        opinions = len({text for text in seen if OPINION.search(text)})
        if echoes > _of(rows, "events", "kind = 'form.answer' AND person_id", chat):
            lost.append(f"an answer in chat {chat}")
        if opinions > _of(rows, "consultations", "answer <> '' AND asked_id", chat):
            lost.append(f"an opinion in chat {chat}")
    return lost


def wrong_at_the_end(rows: Rows) -> list[str]:
    """Effects that are missing or doubled, by the rows."""
    wrong = []
    if (found := rows.events("incident/1")) != INCIDENT:
        wrong.append(f"events of the incident: {dict(found)}")
    drafts = rows.all("SELECT id, form, at FROM forms WHERE form <> 'bind' ORDER BY id")
    forms = [
        (row["form"], rows.events(f"draft/{row['id']}")["form.answer"])
        for row in drafts
        if row["at"] == "sent"
    ]
    if forms != list(FORMS) or len(drafts) != len(FORMS):
        wrong.append(f"forms and their answers: {forms} of {drafts}")
    counted = {
        "SELECT count(*) FROM incidents": 1,
        "SELECT count(*) FROM pages": 1,
        "SELECT count(*) FROM acknowledgements": 1,
        "SELECT count(*) FROM consultations WHERE answer <> ''": 2,
        "SELECT count(*) FROM consultations": 2,
        "SELECT count(*) FROM incidents WHERE state = 'closed' AND lead_id > 0": 1,
        "SELECT count(*) FROM pages WHERE due_at IS NOT NULL OR NOT closed": 0,
        "SELECT count(*) FROM notices WHERE state <> 'sent'": 0,
        "SELECT count(*) FROM notices WHERE id NOT IN (SELECT notice_id FROM deliveries)": 0,
        "SELECT count(*) - count(DISTINCT notice_id) FROM deliveries": 0,
    }
    asked = {statement: rows.one(statement) for statement in counted}
    wrong += [f"{s}: {n}, not {counted[s]}" for s, n in asked.items() if n != counted[s]]
    return wrong + _doubled_notices(rows)


def unheard(shown: Sequence[Shown], rows: Rows) -> list[str]:
    """Notices that never came onto the phone that they are said to have been sent to."""
    new = {(one.chat, _bare(one.text)) for one in shown if one.new and one.by_bot}
    sent = rows.all(
        "SELECT deliveries.chat, text FROM deliveries JOIN notices ON notices.id = notice_id"
        " WHERE incident_id IS NOT NULL"
    )
    told = [(int(row["chat"].rpartition(":")[2]), _bare(plain(row["text"]))) for row in sent]
    return [f"{chat}: {text}" for chat, text in told if (chat, text) not in new]


def unmarked(shown: Sequence[Shown]) -> list[str]:
    """Messages that came to a chat once more and do not say so."""
    seen: Counter[tuple[int, str]] = Counter()
    found = []
    for one in shown:
        if not (one.new and one.by_bot) or one.text.startswith(ON_DEMAND):
            continue
        what = "card" if one.chat == GROUP else _bare(one.text)
        seen[one.chat, what] += 1
        if seen[one.chat, what] > 1 and "(nhắc lại" not in one.text:
            found.append(f"{one.chat}: {one.text}")
    return found


def _doubled_notices(rows: Rows) -> list[str]:
    """One notice of a kind to one person, but for what is said several times on purpose."""
    same = rows.all(
        "SELECT kind, person_id, facts, count(*) AS n FROM notices WHERE incident_id = 1"
        " GROUP BY kind, person_id, facts HAVING n > 1"
    )
    return [f"notice written {row['n']} times: {row['kind']}" for row in same]


def _bare(text: str) -> str:
    """Without the mark that tells a repeat from the first."""
    return text.replace(AGAIN, "", 1)


def _of(rows: Rows, table: str, whose: str, chat: int) -> int:
    """How many rows of a table are of the person whose private chat this is."""
    person = rows.one("SELECT person_id FROM chats WHERE address = ?", f"{BOT}:{chat}")
    return int(rows.one(f"SELECT count(*) FROM {table} WHERE {whose} = ?", person or 0))
