"""JSON Schemas of the data files, so that an editor can help who writes one."""

from typing import Any

from pydantic import TypeAdapter

from playbooks.packs import BasePack, Pack


def plan_schema() -> dict[str, Any]:
    """Of a file in `playbooks/plans/`: a base pack or one over it."""
    return TypeAdapter(BasePack | Pack).json_schema(by_alias=True)
