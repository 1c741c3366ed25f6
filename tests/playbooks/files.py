"""Small files for the loaders' tests: the good one, and it with one thing put wrong."""

from pathlib import Path

import pytest

from playbooks.errors import BadData, Fault
from playbooks.loader import PLANS, load_plans

BASE = (PLANS / "goi_nen.yaml").read_text("utf-8")

PLAN = """\
id: thu
kind: plan
base: goi_nen
title: "Kế hoạch Thử"
short: "Kế hoạch Thử 2026"
issuer: "UBND xã Thử"
period: {words: "năm 2026"}
functions:
  focal: {name: "Phòng Văn hóa", section: "III.1"}
phases:
  mot: {name: "Tiếp nhận", section: "II.1"}
steps:
  nhan:
    phase: mot
    kind: verify
    number: "1"
    name: "Tiếp nhận"
    lead: [focal]
    section: "II.1"
rules:
  serious_by_plan:
    rule: {any: [c2, c6]}
    section: "II.2"
"""


def folder(where: Path, **texts: str) -> Path:
    """A folder of plans: the real base pack and these files."""
    for name, text in {"goi_nen": BASE, **texts}.items():
        (where / f"{name}.yaml").write_text(text, "utf-8")
    return where


def plan_faults(where: Path, **texts: str) -> tuple[Fault, ...]:
    with pytest.raises(BadData) as bad:
        load_plans(folder(where, **texts))
    faults = bad.value.faults
    assert str(bad.value).splitlines() == [str(fault) for fault in faults]
    return faults


def line_of(text: str, piece: str) -> int:
    """The line of the one place where `piece` stands."""
    assert text.count(piece) == 1, piece
    return text[: text.index(piece)].count("\n") + 1


def put(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)
