"""The three verdicts in sentences: what, why, by which clause, and what would change it."""

from bot.domain.forms import CRITERIA
from bot.domain.playbook import Source
from bot.domain.severity import Needs, Pivot, Verdict
from bot.services.ports.incidents import Brief
from bot.views.voice import Html, Voice, lines

NAMES = {"needs_response": "needs", "serious_by_law": "law", "serious_by_plan": "plan"}


def needs(brief: Brief, voice: Voice) -> Html:
    return voice.say(f"incidents.needs.{brief.incident.standing.needs_response}")


def unverified(brief: Brief, voice: Voice) -> Html:
    """ " (chưa xác minh)" behind what is told, as long as nobody has verified it, and no verdict
    and no source beside it says so already."""
    one = brief.incident
    known = not one.is_unverified or one.is_hearsay or one.state == "closed"
    if known or one.standing.needs_response is Needs.UNVERIFIED:
        return Html("")
    return Html(f" ({voice.plain('steps.unverified')})")


def value(which: str, value: str, voice: Voice) -> Html:
    return voice.say(f"incidents.{NAMES[which]}.{value}")


def why(brief: Brief, voice: Voice) -> Html:
    """The first verdict's two sentences: why, by which clause, and the answer that turns it."""
    verdict = brief.verdicts.needs_response
    clause = clause_of(verdict.clause, brief.plan, voice)
    match verdict.value:
        case Needs.YES:
            because = voice.say(
                "incidents.verdict.because_yes",
                why=words(brief, verdict.because, voice),
                clause=clause,
            )
        case Needs.NO:
            because = voice.say("incidents.verdict.because_no", clause=clause)
        case _:
            because = voice.say(
                "incidents.verdict.because_unverified",
                unknown=words(brief, verdict.unknown, voice),
                clause=clause,
            )
    return Html(f"{because} {pivot(brief, 'needs_response', verdict.pivot, voice)}")


def all_three(brief: Brief, voice: Voice) -> Html:
    """For the duty officer and leaders: never mixed, each with its own reason."""
    now = brief.incident.standing
    return lines(
        voice.say("incidents.verdict.needs", value=needs(brief, voice), why=why(brief, voice)),
        voice.say(
            "incidents.verdict.law",
            value=voice.say(f"incidents.law.{now.serious_by_law}"),
            why=_reason(brief, "serious_by_law", brief.verdicts.serious_by_law, voice),
        ),
        voice.say(
            "incidents.verdict.plan",
            value=voice.say(f"incidents.plan.{now.serious_by_plan}"),
            why=_reason(brief, "serious_by_plan", brief.verdicts.serious_by_plan, voice),
        ),
    )


def changes(what: tuple[tuple[str, str, str], ...] | list[list[str]], voice: Voice) -> Html:
    return Html(
        voice.several(
            voice.say(
                "incidents.verdict.change",
                which=voice.say(f"incidents.verdict.{which}"),
                before=value(which, before, voice),
                after=value(which, after, voice),
            )
            for which, before, after in what
        )
    )


def pivot(brief: Brief, which: str, turning: Pivot | None, voice: Voice) -> Html:
    if turning is None:
        return voice.say("incidents.verdict.no_pivot")
    return voice.say(
        "incidents.verdict.pivot",
        word=brief.criteria.get(turning.criterion, turning.criterion),
        answer=voice.plain(f"report.option.{turning.answer}"),
        becomes=value(which, turning.becomes, voice),
    )


def words(brief: Brief, criteria: tuple[str, ...], voice: Voice) -> str:
    if set(criteria) >= set(CRITERIA):
        return voice.plain("incidents.verdict.all_six")
    return voice.several(brief.criteria.get(criterion, criterion) for criterion in criteria)


def clause_of(source: Source, plan: str, voice: Voice) -> Html:
    """The place that a verdict rests on; inherited from the base pack where the plan is silent."""
    document = voice.say(
        "incidents.verdict.clause", document=source.document, section=source.section
    )
    if source.inherited_from is None:
        return document
    if source.status == "unverified":  # no document says so: a default of ours
        return voice.say("incidents.verdict.default", plan=plan)
    return voice.say("incidents.verdict.inherited", section=document, plan=plan)


def _reason(brief: Brief, which: str, verdict: Verdict, voice: Voice) -> Html:  # type: ignore[type-arg]
    """What the verdict rests on, answer by answer, with its clause and what would turn it."""
    answers = {**brief.incident.answers}
    level = brief.incident.level
    a_answer = "unknown" if level is None else "yes" if level >= 4 else "no"
    said = [
        voice.say(
            "incidents.verdict.is",
            word=brief.criteria.get(name, name),
            answer=voice.plain(
                f"report.option.{a_answer if name == 'a' else answers.get(name, 'unknown')}"
            ).lower(),
        )
        for name in (*verdict.because, *verdict.unknown)
    ]
    clause = clause_of(verdict.clause, brief.plan, voice)
    unsure = voice.plain("incidents.verdict.confirm")
    if verdict.clause.status != "confirmed":
        clause = Html(clause + unsure)
    because = voice.say("incidents.verdict.law_why", why=voice.several(said), clause=clause)
    if verdict.pivot is None:
        return because
    return Html(f"{because} {pivot(brief, which, verdict.pivot, voice)}")
