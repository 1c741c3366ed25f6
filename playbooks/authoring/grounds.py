"""Which plan stood on which ground, by the provinces and communes of today: strict, with lines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from bot.domain.playbook import Source
from playbooks.authoring.places import Commune, communes
from playbooks.errors import BadData, Fault
from playbooks.fields import Id, PlanName, Strict, Text, faults_of, unknown_name
from playbooks.packs import Sourced
from playbooks.reading import Document, read

FILE = Path(__file__).parents[1] / "grounds.yaml"
Names = Annotated[list[Text], Field(default_factory=list)]


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a plan held. communes, beyond: as they are listed; without communes the whole province
    but `beyond`, what came from the province merged into it. one_agency: no commune's plan."""

    plan: str
    was: str
    province: str
    binds: str
    communes: tuple[str, ...]
    merged: str | None
    beyond: tuple[str, ...]
    one_agency: bool
    source: Source

    def holds(self, commune: Commune) -> bool:
        if commune.province != self.province:
            return False
        if self.communes:
            return commune.listed in self.communes
        return commune.listed not in self.beyond


@dataclass(frozen=True, slots=True)
class Change:
    """What has changed for everybody since the plans were written."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Grounds:
    changes: tuple[Change, ...]
    grounds: tuple[Ground, ...]


class ChangeItem(Sourced):
    text: Text
    document: Text


class GroundItem(Sourced):
    was: Text
    province: Text
    binds: Text
    communes: Names
    merged: Text | None = None
    beyond: Names
    one_agency: bool = False
    document: Text


class GroundsFile(Strict):
    changes: dict[Id, ChangeItem]
    grounds: dict[PlanName, GroundItem]


def load_grounds(plans: Mapping[str, object], file: Path = FILE) -> Grounds:
    """Raises BadData, with every fault: a plan, province or commune that there is not."""
    document = read(file)
    faults = list(document.faults)
    try:
        known = {"plan": set(plans)}
        found = GroundsFile.model_validate(document.data, context=known)
    except ValidationError as error:
        raise BadData([*faults, *faults_of(error, document, GroundsFile)]) from None
    for plan, item in found.grounds.items():
        faults += _unknown(plan, item, document)
    if faults:
        raise BadData(faults)
    changes = tuple(Change(one.text, _source(one)) for one in found.changes.values())
    return Grounds(changes, tuple(_made(plan, one) for plan, one in found.grounds.items()))


def _unknown(plan: str, item: GroundItem, document: Document) -> Iterator[Fault]:
    if item.province not in communes():
        why = unknown_name("tỉnh", item.province, communes())
        yield document.fault(("grounds", plan, "province"), why)
        return
    listed = {one.listed for one in communes()[item.province]}
    for field, names in (("communes", item.communes), ("beyond", item.beyond)):
        for index, name in enumerate(names):
            if name not in listed:
                why = f"không có trong danh sách của {item.province}: “{name}” (xem communes.txt)"
                yield document.fault(("grounds", plan, field, index), why)


def _made(plan: str, item: GroundItem) -> Ground:
    return Ground(
        plan,
        item.was,
        item.province,
        item.binds,
        tuple(item.communes),
        item.merged,
        tuple(item.beyond),
        item.one_agency,
        _source(item),
    )


def _source(item: ChangeItem | GroundItem) -> Source:
    return Source(item.document, item.section, item.status)
