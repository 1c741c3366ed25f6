"""Loads the regimes of law (chế độ báo cáo) of a folder: strict, all faults at once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, get_args

from pydantic import Field, ValidationError

from bot.domain.law import Deadline, Kind, Regime, Trigger
from bot.domain.playbook import Source
from playbooks.errors import Fault
from playbooks.fields import Day, Id, Text, faults_of
from playbooks.folders import load_each, load_one
from playbooks.loader import LAW
from playbooks.packs import Sourced
from playbooks.reading import Document

KINDS: tuple[Kind, ...] = get_args(Kind)


class DeadlineItem(Sourced):
    kind: Kind
    name: Text
    english: Text
    trigger: Trigger
    hours: Annotated[int, Field(ge=0, le=10_000)] | None
    to: Annotated[list[Text], Field(min_length=1)]


class RegimeFile(Sourced):
    id: Id
    name: Text
    document: Text
    begins: Day | None
    ends: Day | None
    ends_for_sure: bool
    deadlines: Annotated[dict[Id, DeadlineItem], Field(min_length=1)]
    notes: list[Text]


def load_regimes(folder: Path | None = None) -> Mapping[str, Regime]:
    """By id. Raises BadData, with every fault of every file."""
    return load_each(folder or LAW, _checked)


def load_regime(path: Path) -> Regime:
    """One file. Raises BadData."""
    return load_one(path, _checked)


def _checked(stem: str, document: Document) -> Regime | list[Fault]:
    faults = list(document.faults)
    if not isinstance(document.data, dict):
        return faults
    if document.data.get("id") != stem:
        faults.append(document.fault(("id",), f"phải trùng tên tệp (viết “{stem}”)"))
    try:
        file = RegimeFile.model_validate(document.data)
    except ValidationError as error:
        return faults + faults_of(error, document, RegimeFile)
    if file.begins and file.ends and file.ends < file.begins:
        why = "hết hiệu lực trước khi có hiệu lực (sửa begins hoặc ends)"
        faults.append(document.fault(("ends",), why))
    return faults or _made(file)


def _made(file: RegimeFile) -> Regime:
    return Regime(
        id=file.id,
        name=file.name,
        begins=file.begins,
        ends=file.ends,
        ends_for_sure=file.ends_for_sure,
        deadlines=tuple(
            Deadline(
                id_,
                item.kind,
                item.name,
                item.trigger,
                item.hours,
                tuple(item.to),
                Source(item.document or file.document, item.section, item.status),
                item.english,
            )
            for id_, item in file.deadlines.items()
        ),
        notes=tuple(file.notes),
        source=Source(file.document, file.section, file.status),
    )
