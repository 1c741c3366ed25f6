"""Loads the scenarios (tình huống) of a folder: strict, all faults of all files at once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from bot.domain.contact import ContactKind
from bot.domain.playbook import StepKind
from bot.domain.rule import Answer
from bot.domain.scenario import Group, Job, Proof, Question, Scenario, Whose
from playbooks.errors import Fault
from playbooks.fields import CriterionName, Day, Id, ShortText, Strict, Text, faults_of
from playbooks.folders import load_each, load_one
from playbooks.loader import SCENARIOS
from playbooks.making import rule_of
from playbooks.packs import RuleItem
from playbooks.reading import Document

CRITERIA = ("a", "c1", "c2", "c3", "c4", "c5", "c6")
Line = Annotated[str, Field(min_length=1, max_length=300)]
Lines = Annotated[list[Line], Field(min_length=1)]


class QuestionItem(Strict):
    text: Line
    criterion: CriterionName | None = None


class ProofItem(Strict):
    what: Line
    how: Line


class JobItem(Strict):
    at: StepKind
    name: Annotated[str, Field(min_length=1, max_length=90)]
    whose: Whose
    minutes: Annotated[int, Field(ge=5, le=60 * 24 * 60)]
    when: RuleItem | None = None
    condition: Line | None = None
    why: Line
    calls: Annotated[list[ContactKind], Field(default_factory=list)]


class ScenarioFile(Strict):
    id: Id
    group: Group
    name: Text
    english: ShortText
    signs: Lines
    first: Lines
    never: Lines
    questions: Annotated[list[QuestionItem], Field(min_length=1)]
    evidence: Annotated[list[ProofItem], Field(min_length=1)]
    options: Lines
    contain: Lines
    remove: Lines
    recover: Lines
    check: Lines
    lessons: Lines
    jobs: Annotated[dict[Id, JobItem], Field(min_length=1)]
    suggests: dict[CriterionName, Literal["yes", "no"]]
    personal: bool
    contacts: list[ContactKind]
    sources: Lines
    reviewed: Day | None
    tested: Day | None


def load_scenarios(folder: Path | None = None) -> Mapping[str, Scenario]:
    """By id. Raises BadData, with every fault of every file."""
    return load_each(folder or SCENARIOS, _checked)


def load_scenario(path: Path) -> Scenario:
    """One file. Raises BadData."""
    return load_one(path, _checked)


def _checked(stem: str, document: Document) -> Scenario | list[Fault]:
    faults = list(document.faults)
    if not isinstance(document.data, dict):
        return faults
    if document.data.get("id") != stem:
        faults.append(document.fault(("id",), f"phải trùng tên tệp (viết “{stem}”)"))
    try:
        known = {"criterion": CRITERIA}
        file = ScenarioFile.model_validate(document.data, context=known)
    except ValidationError as error:
        return faults + faults_of(error, document, ScenarioFile)
    return faults or _made(file)


def _made(file: ScenarioFile) -> Scenario:
    return Scenario(
        id=file.id,
        group=file.group,
        name=file.name,
        english=file.english,
        signs=tuple(file.signs),
        first=tuple(file.first),
        never=tuple(file.never),
        questions=tuple(Question(one.text, one.criterion or "") for one in file.questions),
        evidence=tuple(Proof(one.what, one.how) for one in file.evidence),
        options=tuple(file.options),
        contain=tuple(file.contain),
        remove=tuple(file.remove),
        recover=tuple(file.recover),
        check=tuple(file.check),
        lessons=tuple(file.lessons),
        jobs=tuple(_job(id_, item) for id_, item in file.jobs.items()),
        suggests={name: Answer(value) for name, value in file.suggests.items()},
        personal=file.personal,
        contacts=tuple(file.contacts),
        sources=tuple(file.sources),
        reviewed=file.reviewed,
        tested=file.tested,
    )


def _job(id_: str, item: JobItem) -> Job:
    when = rule_of(item.when) if item.when is not None else None
    about = (item.at, item.name, item.whose, item.minutes, when)
    return Job(id_, *about, item.condition or "", item.why, tuple(item.calls))
