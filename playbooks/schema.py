"""JSON Schemas of the data files, so that an editor can help who writes one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from playbooks.agency_file import AgencyFile
from playbooks.law_files import RegimeFile
from playbooks.packs import BasePack, Pack
from playbooks.scenario_files import ScenarioFile

SCHEMAS = Path(__file__).parent / "schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
MODELS: Mapping[str, tuple[Any, str]] = {
    "plan": (BasePack | Pack, "Kế hoạch: một tệp trong playbooks/plans"),
    "scenario": (ScenarioFile, "Kịch bản: một tệp trong playbooks/scenarios"),
    "law": (RegimeFile, "Chế độ thời hạn báo cáo: một tệp trong playbooks/law"),
    "agency": (AgencyFile, "Tệp của một cơ quan: đơn vị, người, hệ thống"),
}


def plan_schema() -> dict[str, Any]:
    """Of a file in `playbooks/plans/`: a base pack or one over it."""
    return schemas()["plan.schema.json"]


def schemas() -> Mapping[str, dict[str, Any]]:
    """By the file's name in `playbooks/schemas`."""
    return {
        f"{name}.schema.json": {
            "$schema": DIALECT,
            "title": title,
            **_without_titles(TypeAdapter(model).json_schema(by_alias=True)),
        }
        for name, (model, title) in MODELS.items()
    }


def _without_titles(part: Any) -> Any:
    """Pydantic names every field again in English; an editor shows the field's own name."""
    if isinstance(part, list):
        return [_without_titles(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        name: _without_titles(one)
        for name, one in part.items()
        if name != "title" or not isinstance(one, str)
    }
