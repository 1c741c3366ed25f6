"""Loads plans: strict, all faults of all files at once, each with its line.

What a pack does not say comes from its base, and its source says so (`inherited_from`).
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from bot.domain.playbook import Plan
from playbooks.errors import BadData, Fault
from playbooks.fields import Known, faults_of, unknown_name
from playbooks.making import digest_of, plan_of
from playbooks.ordering import misplaced
from playbooks.packs import BasePack, Pack, PeriodItem
from playbooks.reading import Document, parse, read

HERE = Path(__file__).parent
PLANS, SCENARIOS, LAW = HERE / "plans", HERE / "scenarios", HERE / "law"
Documents = Mapping[str, Document]


def load_plans(folder: Path | None = None) -> Mapping[str, Plan]:
    """The plans of the folder's *.yaml files by id; of the product's own without a folder.

    Raises BadData, with every fault of every file.
    """
    documents = _folder(folder or PLANS)
    packs = _checked(documents, list(documents))
    return {stem: _made(stem, packs, documents) for stem in packs}


def load_texts(folder: Path | None = None) -> Mapping[str, tuple[str, str]]:
    """Of each plan its text and its base's ("" of a base), as `make_plan` takes them."""
    documents = _folder(folder or PLANS)
    return {stem: (one.text, _base_text(one, documents)) for stem, one in documents.items()}


def load_plan(path: Path, today: date | None = None) -> tuple[Plan, str, str]:
    """One file of an agency's own, over the product's base packs; with its text and its base's.

    Raises BadData; with a `today` also when the plan's period is over then.
    """
    document = read(path)
    name = _entry(document, "id")
    stem = name if isinstance(name, str) else path.stem
    own = _folder(PLANS)
    bases = {one: text for one, text in own.items() if _entry(text, "kind") == "base"}
    documents = {**bases, stem: document}
    packs = _checked(documents, [stem], today)
    return _made(stem, packs, documents), document.text, _base_text(document, documents)


def make_plan(text: str, base_text: str = "") -> Plan:
    """A plan whose texts were kept. Raises BadData: they were made for another program."""
    document, documents = parse("", text), {}
    if base_text:
        base = parse("", base_text)
        documents[str(_entry(base, "id"))] = base
    stem = str(_entry(document, "id"))
    documents[stem] = document
    return _made(stem, _checked(documents, list(documents)), documents)


def _folder(where: Path) -> dict[str, Document]:
    documents = {path.stem: read(path) for path in sorted(where.glob("*.yaml"))}
    if not documents:
        why = "không có tệp kế hoạch *.yaml nào ở đây (kiểm tra đường dẫn)"
        raise BadData([Fault(where.name, 1, "", why)])
    return documents


def _checked(documents: Documents, wanted: list[str], today: date | None = None) -> dict[str, Pack]:
    """The packs, those that the wanted ones stand on among them; `today` is for the wanted."""
    faults: list[Fault] = []
    packs: dict[str, Pack] = {}
    for stem, document in documents.items():
        found = _check(stem, document, documents, today if stem in wanted else None)
        if isinstance(found, Pack):
            packs[stem] = found
        else:
            faults += found
    if faults:
        raise BadData(faults)
    return packs


def _made(stem: str, packs: Mapping[str, Pack], documents: Documents) -> Plan:
    pack, text = packs[stem], documents[stem].text
    if pack.base is None:
        return plan_of(pack, None, digest_of(text))
    return plan_of(pack, packs[pack.base], digest_of(text, documents[pack.base].text))


def _base_text(document: Document, documents: Documents) -> str:
    base = documents.get(str(_entry(document, "base")))
    return base.text if base else ""


def _check(
    stem: str, document: Document, documents: Documents, today: date | None
) -> Pack | list[Fault]:
    """The pack, or everything that is wrong in its file."""
    faults = list(document.faults)
    data = document.data
    if not isinstance(data, dict):
        return faults
    model = BasePack if data.get("kind") == "base" else Pack
    bases = {name for name, other in documents.items() if _entry(other, "kind") == "base"}
    base = documents.get(str(data.get("base")))
    faults += _beyond_types(stem, document, bases)
    faults += misplaced(document)
    faults += _over(document, today)
    try:
        pack = model.model_validate(data, context=_known(document, base))
    except ValidationError as error:
        return faults + faults_of(error, document, model)
    return faults or pack


def _over(document: Document, today: date | None) -> list[Fault]:
    try:
        period = PeriodItem.model_validate(_entry(document, "period"))
    except ValidationError:
        return []  # told with the other shapes
    if today is None or period.ends is None or period.ends >= today or period.extended:
        return []
    why = (
        f"kế hoạch đã hết kỳ ngày {period.ends:%d/%m/%Y} (sửa ends, hoặc thêm extended: "
        "văn bản nào cho dùng tiếp)"
    )
    return [document.fault(("period", "ends"), why)]


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
        "step": _names(document, "steps"),
        "duty": _names(document, "duties"),
        "power": _names(document, "special_authority"),
        "scenario": stems(SCENARIOS),
        "regime": stems(LAW),
    }
    if base is not None:
        known["function"] |= _names(base, "functions")
        known["criterion"] |= _names(base, "criteria")
        known["power"] |= _names(base, "special_authority")
        for kind, part in (
            ("phase", "phases"),
            ("step", "steps"),
            ("duty", "duties"),
        ):
            known[kind] = known[kind] or _names(base, part)
    known["place"] = known["phase"] | known["step"]
    return known


def stems(folder: Path) -> set[str]:
    return {path.stem for path in folder.glob("*.yaml")}


def _names(document: Document, part: str) -> set[str]:
    entry = _entry(document, part)
    return set(entry) if isinstance(entry, dict) else set()


def _entry(document: Document, name: str) -> object:
    return document.data.get(name) if isinstance(document.data, dict) else None
