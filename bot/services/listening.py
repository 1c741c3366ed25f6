"""Typed words: an answer to what was last asked, a word about a page, a command, or a report.

The order is the rule: who was paged can always take it (7, "tôi nhận"); then the question that
stands; then commands in plain words; and any other sentence is perhaps a report.
"""

from collections.abc import Sequence

from bot.domain.consultation import Consultation
from bot.domain.errors import (
    InvalidAnswer,
    NothingAsked,
    NotUnderstood,
    Passed,
    SecretMarking,
    TooLong,
)
from bot.domain.escalation import Page
from bot.domain.form import CANCELLED, SHOWN, Draft
from bot.domain.invitation import LENGTH, written
from bot.domain.people import Act, Verb, may
from bot.domain.secrecy import marked
from bot.domain.task import Task
from bot.services import (
    channels,
    confirming,
    consulting,
    dialogs,
    evidence,
    handing_out,
    holding,
    holding_on,
    importing_by_chat,
    joining,
    leafing,
    paging,
    reports,
    rooms,
    rounds,
    tasks,
    worklists,
)
from bot.services.commands import do_command
from bot.services.outcomes import Outcome, Which
from bot.services.people_outcomes import Chosen
from bot.services.ports.dialogs import Ears, Prompt
from bot.services.ports.store import Transaction

LONGEST = 4096  # characters; no platform sends more, and folding more would take long
# Prompts that no form stands behind.
NO_FORM = ("menu", "tasks", "task", "files", "playbook", importing_by_chat.ROSTER_FILE)
CALLED = 8  # đã gọi điện (words.md 4.5)
RECEIVED = 0  # tôi nhận được: of a test message; no list has this number
TEST_WORDS = ("test", "moved", "left")
LEADER = {"take": "agree", "pass": "opinion"}  # on a question to a leader 7 and 9 mean these


def listen(tx: Transaction, act: Act, typed: str, ears: Ears) -> Outcome:
    """What the words do. SecretMarking: nothing of them is kept. Stranger: nobody we know."""
    outcome = _understood(tx, act, typed, ears)
    named = not isinstance(outcome, Chosen)  # who holds a shared telephone is written down later
    if named and Verb.REPORT in act.asked:  # not whom a code has made somebody just now
        channels.saw(tx, act)
        rooms.spoken(tx, act)
    return outcome


def _understood(tx: Transaction, act: Act, typed: str, ears: Ears) -> Outcome:
    if len(typed) > LONGEST:
        raise TooLong(limit=LONGEST, length=len(typed))
    code = written(typed)
    if len(code) == LENGTH and tx.invitations.find(code):
        return joining.redeem(tx, act, code)
    act.require(Verb.REPORT)
    chosen = holding.heard(tx, act, typed, ears) if act.person.shared_by else None
    if chosen is not None:
        return chosen
    numbered = ears.numbered(typed)
    if numbered:
        return _numbered(tx, act, *numbered)
    prompt = tx.prompts.last(act.chat, act.person.id)
    coded = ears.task(typed)
    if coded and not _is_a_sentence(tx, prompt, coded):
        return _coded(tx, act, *coded)
    if prompt and prompt.kind.startswith("which"):
        number = ears.number(typed)
        if number is not None and not _asks_again(tx, act, prompt, number, ears.taking(typed)):
            return _chosen(tx, act, prompt, number)
    said = ears.taking(typed)
    if said in ("take", "pass", "return", "alive"):
        by_words = ears.number(typed) is None
        outcome = _about_a_page(tx, act, said, by_words)
        outcome = outcome or _about_a_direction(tx, act, typed, ears)
        if outcome is not None:
            return outcome
    if (tested := _of_a_test(tx, act, typed, ears)) is not None:
        return tested
    if ears.number(typed) == CALLED and (call := _call_of(tx, act)):
        return tasks.press(tx, act, "called", call.id)
    if prompt and prompt.kind == "menu":
        item = ears.item(act.person, bool(prompt.subject), ears.number(typed) or 0)
        if item is not None:
            return do_command(tx, act, item, None)
    if prompt and prompt.kind == "channels" and (place := ears.number(typed)):
        return channels.pick(tx, act, place)
    if prompt and prompt.kind == importing_by_chat.ROSTER_FILE:
        meant = importing_by_chat.heard(tx, act, prompt, typed, ears)
        if meant is not None:
            return meant
    if prompt and prompt.kind in ("tasks", "task"):
        picked = _of_tasks(tx, act, prompt, ears.number(typed))
        if picked is not None:
            return picked
    if prompt and prompt.kind == "playbook" and (place := ears.number(typed)):
        page = leafing.picked(tx, act, prompt, place)
        if page is not None:
            return page
    place = ears.number(typed) if prompt and prompt.kind == "files" else None
    if prompt and place is not None:
        return handing_out.picked(tx, act, prompt.subject, place)
    draft = _asked(tx, prompt)
    if prompt and draft is not None:
        if prompt.version != draft.version:
            return _passed(tx, act, draft, typed, ears)
        return _answer(tx, act, draft, typed, ears)
    restored = _restored(tx, act, prompt, typed, ears)
    if restored is not None:
        return restored
    for asked in tx.consultations.waiting_for(act.person.id)[::-1]:
        opinion = ears.opinion(asked.kind, typed)
        if opinion is not None:
            return consulting.answer(tx, act, asked.id, opinion)
    held, is_still = _asked_still(tx, act), ears.still(typed)
    alive = _one_of(tx, act, held, "alive") if is_still == "alive" else None
    if alive is not None:
        return alive
    waiting = _pages_for(tx, act)
    if said == "polite" and waiting:
        return paging.ask_back(tx, act, waiting[-1])
    if held and is_still == "unclear":
        return holding_on.ask_back(tx, act, held[-1])
    confirmed = _about_a_direction(tx, act, typed, ears, said == "polite")
    if confirmed is not None:
        return confirmed
    command = ears.command(typed)
    if command:
        return do_command(tx, act, *command)
    if said == "polite" and rounds.waits(tx, act):
        return rounds.answer_test(tx, act)  # whatever is written shows that it has arrived
    if ears.number(typed) == RECEIVED and rounds.is_late(tx, act):
        return rounds.answer_test(tx, act)
    if said == "take" and (over := tx.pages.last_for(act.person.ids)):
        return _do(tx, act, "take", over)  # somebody was quicker: who it is
    if said is not None or not act.private or len(typed) < 3 or typed.isdecimal():
        raise NothingAsked(act.chat)
    if ears.navigation(typed) is not None:  # "hủy", while nothing is open to be cancelled
        raise NothingAsked(act.chat)
    if marked(typed):
        return dialogs.begin_marked(tx, act)
    return reports.offer(tx, act, typed)


def without_words(tx: Transaction, act: Act, beside: str) -> None:
    """A picture, a file: nothing of it is taken. SecretMarking: its caption or name carries one."""
    act.require(Verb.REPORT)
    if marked(beside):
        raise SecretMarking("beside")


def known(tx: Transaction, act: Act) -> None:
    """Stranger, when it is nobody we know."""
    act.require(Verb.REPORT)


def _is_a_sentence(
    tx: Transaction, prompt: Prompt | None, coded: tuple[str, int, int, str]
) -> bool:
    """ "mở 1.5 gây lỗi", "20.11" where words or a time are asked, and there is no such task."""
    draft = _asked(tx, prompt)
    step = draft.step if draft else None
    said = step is not None and (step.takes_words or step.kind == "moment")
    return said and all(task.number != coded[2] for task in tx.tasks.of(coded[1]))


def _coded(tx: Transaction, act: Act, do: str, incident: int, number: int, words: str) -> Outcome:
    """ "xong 12.3 đã chặn": the task that people call so."""
    task_id = tasks.code_of(tx, act, incident, number)
    return tasks.press(tx, act, do, task_id, words=words)


def _of_tasks(tx: Transaction, act: Act, prompt: Prompt, number: int | None) -> Outcome | None:
    """A number after /viec names one of the list; after a task, one of its buttons."""
    if not number or number > SHOWN:
        return None
    if prompt.kind == "tasks":
        listed = worklists.listed(tx, act, prompt.subject)
        return tasks.see(tx, act, listed[number - 1].id) if number <= len(listed) else None
    shown = tasks.see(tx, act, prompt.subject)
    if shown.sheet.task.version != prompt.version or number > len(shown.can):
        return shown  # it has moved on since: what can be done now is shown first
    return tasks.press(tx, act, shown.can[number - 1], prompt.subject)


def _of_a_test(tx: Transaction, act: Act, typed: str, ears: Ears) -> Outcome | None:
    """A word on a test message that waits, whatever else is asked here. A page comes first: "nhận
    được" does not take it, and is asked back."""
    meant = ears.command(typed)
    is_word = meant is not None and meant[0] in TEST_WORDS and not _pages_for(tx, act)
    if not (is_word or ears.number(typed) == RECEIVED) or not rounds.waits(tx, act):
        return None
    return do_command(tx, act, meant[0] if meant else "test", None)


def _call_of(tx: Transaction, act: Act) -> Task | None:
    held = [task for who in sorted(act.person.ids) for task in tx.tasks.held_by(who)]
    calls = [task for task in held if task.kind == "call"]
    return calls[0] if calls else None


def _answer(tx: Transaction, act: Act, draft: Draft, typed: str, ears: Ears) -> Outcome:
    """Words for the question that stands; at a question with options a command is heard too.

    Where options take free words as well, only a command with its number is: "thời hạn 12".
    """
    if marked(typed) and not (draft.step and draft.step.takes_words):
        raise SecretMarking(draft.at)  # nothing of it is said again, either
    meant = ears.command(typed) if draft.step and draft.step.free else None
    if meant and meant[1] is not None:
        return do_command(tx, act, *meant)
    try:
        move = ears.move(draft, typed, act.at)
    except NotUnderstood:
        command = ears.command(typed)
        if command is None:
            raise
        return do_command(tx, act, *command)
    return dialogs.moved(tx, act, draft, move)


def _passed(tx: Transaction, act: Act, draft: Draft, typed: str, ears: Ears) -> Outcome:
    """The form has gone on elsewhere since this chat was last asked: nothing is guessed."""
    command = ears.command(typed)
    if command is None:
        raise Passed(draft.id, chain=f"draft/{draft.id}")
    return do_command(tx, act, *command)


def _asked(tx: Transaction, prompt: Prompt | None) -> Draft | None:
    """The form whose question stands; asked which incident was meant, it stands all the same."""
    if prompt is None or not prompt.subject or prompt.kind in NO_FORM:
        return None
    draft = tx.drafts.get(prompt.subject)
    return draft if draft.is_open and not draft.parked else None


def _restored(
    tx: Transaction, act: Act, prompt: Prompt | None, typed: str, ears: Ears
) -> Outcome | None:
    """ "Bỏ hủy", while what was cancelled is the last that was shown here."""
    if prompt is None or prompt.kind != "form":
        return None
    draft = tx.drafts.get(prompt.subject)
    if draft.at != CANCELLED:
        return None
    try:
        move = ears.move(draft, typed, act.at)
    except (NotUnderstood, InvalidAnswer):
        return None
    return dialogs.moved(tx, act, draft, move) if move.do == "restore" else None


def _pages_for(tx: Transaction, act: Act) -> Sequence[Page]:
    """Those that called this person, or the shared telephone in this person's hand."""
    found = {page.id: page for who in act.person.ids for page in tx.pages.waiting_for(who)}
    return [found[number] for number in sorted(found)]


def _asked_still(tx: Transaction, act: Act) -> Sequence[Page]:
    """What this person has, was asked "vẫn đang xử lý?" about, and has not answered."""
    return tx.pages.asked_of(act.person.ids)


def _about_a_page(tx: Transaction, act: Act, said: str, by_words: bool) -> Outcome | None:
    """None: nothing waits for this person, so the words mean something else.

    A page, a question to a leader and what was written down in a leader's stead share 7 and 9:
    they answer what was asked last. Words that are a page's own ("tiếp nhận") mean a page.
    """
    if said == "return":
        taken = tx.pages.taken_by(act.person.id)
        return _one_of(tx, act, taken, "return")
    if said == "alive":
        taken = tx.pages.taken_by(act.person.id)
        return _one_of(tx, act, _asked_still(tx, act) or taken, "alive")
    pages = [*_asked_still(tx, act), *_pages_for(tx, act)]
    asked = tx.consultations.waiting_for(act.person.id) if act.private else ()
    last = "page" if by_words and pages else _asked_last(tx, act, asked)
    if last == "direction":
        return None
    if last == "question":
        answer = LEADER[said]
        if asked[-1].kind == "decide":
            answer = {"agree": "serious", "opinion": "not_serious"}[answer]
        return consulting.answer(tx, act, asked[-1].id, answer)
    if said == "take" and not pages and not act.private:  # in the room whoever of the team can
        waiting = tx.pages.waiting()
        pages = [p for p in waiting if may(act.person, Verb.ACKNOWLEDGE, p)]
        if waiting and not pages:
            act.require(Verb.ACKNOWLEDGE, waiting[-1])
    return _one_of(tx, act, pages, said)


def _asked_last(tx: Transaction, act: Act, asked: Sequence[Consultation]) -> str:
    """ "page", "question" or "direction"; of what was asked at one moment the last of these."""
    written = tx.directions.waiting_for(act.person.id) if act.private else ()
    moments = {
        "page": tx.pages.last_told(act.person.ids),
        "question": asked[-1].asked_at if asked else None,
        "direction": written[-1].recorded_at if written else None,
    }
    waiting = [(at, place, what) for place, (what, at) in enumerate(moments.items()) if at]
    return max(waiting)[2] if waiting else "page"


def _about_a_direction(
    tx: Transaction, act: Act, typed: str, ears: Ears, polite: bool = False
) -> Outcome | None:
    """A leader's word on what was written down in the leader's stead; "ok" is shown it again."""
    said = ears.confirming(typed) or (("show", None) if polite else None)
    return confirming.heard(tx, act, *said) if said and act.private else None


def _one_of(tx: Transaction, act: Act, pages: Sequence[Page], do: str) -> Outcome | None:
    if not pages:
        return None
    numbers = tuple(dict.fromkeys(page.incident_id for page in pages))
    if len(numbers) > 1:
        before = tx.prompts.last(act.chat, act.person.id)
        form = before if before and before.of_a_form else Prompt("", 0, 0)
        which = Prompt(f"which/{do}", form.subject, form.version)
        tx.prompts.asked(act.chat, act.person.id, which, act.at)
        tx.record(f"person/{act.person.id}", "which.asked", numbers=list(numbers))
        return Which(numbers, "pass" if do == "pass" else "return" if do == "return" else "take")
    return _do(tx, act, do, pages[-1])


def _asks_again(tx: Transaction, act: Act, which: Prompt, number: int, said: str | None) -> bool:
    """Asked "số 12 hay 13?", somebody types 7 once more: no answer, unless there is a number 7."""
    if said is None or which.kind == "which/put":
        return False
    return all(page.incident_id != number for page in _pages_for(tx, act))


def _chosen(tx: Transaction, act: Act, which: Prompt, number: int) -> Outcome:
    """Asked "số 12 hay 13?", the number came; the form that was open before is asked again."""
    outcome = _numbered(tx, act, which.kind.partition("/")[2], number)
    if which.subject:
        form = Prompt("form", which.subject, which.version)
        tx.prompts.asked(act.chat, act.person.id, form, act.at)
    else:
        tx.prompts.forget(act.chat, act.person.id)
    return outcome


def _numbered(tx: Transaction, act: Act, do: str, number: int) -> Outcome:
    """ "nhận 12": the page of that incident."""
    if do == "put":
        return evidence.put(tx, act, number)
    incident = tx.incidents.get(number)
    page = tx.pages.of(incident.id)
    if page is None:
        act.require(Verb.SEE, incident)
        raise InvalidAnswer(number)
    return _do(tx, act, do, page)


def _do(tx: Transaction, act: Act, do: str, page: Page) -> Outcome:
    is_asked = any(one.id == page.id for one in _asked_still(tx, act))
    match do:
        case "alive":
            return holding_on.alive(tx, act, page.id)
        case "take" if is_asked:  # 7 under "vẫn đang xử lý?"
            return holding_on.alive(tx, act, page.id)
        case "take":
            return paging.take(tx, act, page.id)
        case "pass":
            return paging.pass_on(tx, act, page.id)
    return paging.give_back(tx, act, page.id)
