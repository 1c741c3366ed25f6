"""Loads the plans of a folder: strict, all faults of all files at once, each with its line.

What a pack does not say comes from its base, and its source says so (`inherited_from`).
"""

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from bot.domain.playbook import Plan
from playbooks.errors import BadData, Fault
from playbooks.fields import Known, faults_of, unknown_name
from playbooks.making import digest_of, plan_of
from playbooks.packs import BasePack, Pack
from playbooks.reading import Document, read

PLANS = Path(__file__).parent / "plans"


def load_plans(folder: Path | None = None) -> Mapping[str, Plan]:
    """The plans of the folder's *.yaml files by id; of the product's own without a folder.

    Raises BadData, with every fault of every file.
    """
    where = folder or PLANS
    documents = {path.stem: read(path) for path in sorted(where.glob("*.yaml"))}
    if not documents:
        why = "không có tệp kế hoạch *.yaml nào ở đây (kiểm tra đường dẫn)"
        raise BadData([Fault(where.name, 1, "", why)])
    faults: list[Fault] = []
    packs: dict[str, Pack] = {}
    for stem, document in documents.items():
        found = _check(stem, document, documents)
        if isinstance(found, Pack):
            packs[stem] = found
        else:
            faults += found
    if faults:
        raise BadData(faults)
    return {stem: _made(stem, packs, documents) for stem in packs}


def _made(stem: str, packs: Mapping[str, Pack], documents: Mapping[str, Document]) -> Plan:
    pack, text = packs[stem], documents[stem].text
    if pack.base is None:
        return plan_of(pack, None, digest_of(text))
    return plan_of(pack, packs[pack.base], digest_of(text, documents[pack.base].text))


def _check(stem: str, document: Document, documents: Mapping[str, Document]) -> Pack | list[Fault]:
    """The pack, or everything that is wrong in its file."""
    faults = list(document.faults)
    data = document.data
    if not isinstance(data, dict):
        return faults
    model = BasePack if data.get("kind") == "base" else Pack
    bases = {name for name, other in documents.items() if _entry(other, "kind") == "base"}
    base = documents.get(str(data.get("base")))
    faults += _beyond_types(stem, document, bases)
    try:
        pack = model.model_validate(data, context=_known(document, base))
    except ValidationError as error:
        return faults + faults_of(error, document, model)
    return faults or pack


def _beyond_types(stem: str, document: Document, bases: set[str]) -> list[Fault]:
    data = document.data if isinstance(document.data, dict) else {}
    faults: list[Fault] = []
    if isinstance(data.get("id"), str) and data["id"] != stem:
        why = f"phải trùng tên tệp (viết “{stem}”, hoặc đổi tên tệp)"
        faults.append(document.fault(("id",), why))
    base = data.get("base")
    if isinstance(base, str) and base not in bases:
        faults.append(document.fault(("base",), unknown_name("gói nền", base, bases)))
    if data.get("phases") is not None and data.get("steps") is None and data.get("kind") != "base":
        why = "có giai đoạn thì phải có bước (thêm mục steps, hoặc bỏ phases)"
        faults.append(document.fault(("phases",), why))
    return faults


def _known(document: Document, base: Document | None) -> Known:
    """The names that the file may use: its own and its base's."""
    known: dict[str, set[str]] = {
        "function": _names(document, "functions"),
        "criterion": _names(document, "criteria"),
        "phase": _names(document, "phases"),
    }
    if base is not None:
        known["function"] |= _names(base, "functions")
        known["criterion"] |= _names(base, "criteria")
        known["phase"] = known["phase"] or _names(base, "phases")
    known["place"] = known["phase"] | _names(document, "steps")
    return known


def _names(document: Document, part: str) -> set[str]:
    entry = _entry(document, part)
    return set(entry) if isinstance(entry, dict) else set()


def _entry(document: Document, name: str) -> object:
    return document.data.get(name) if isinstance(document.data, dict) else None
