"""The reader's pages and the schemas that are checked in are what the data and the models give."""

import json
from pathlib import Path

import pytest

from playbooks.authoring.pages import pages
from playbooks.loader import PLANS, load_plans
from playbooks.schema import SCHEMAS, schemas
from tests.contracts.tracked import ROOT, text

FOLDER = Path("docs/plans")


def test_every_plan_has_its_page_and_no_page_is_left_over() -> None:
    there = {path.name for path in (ROOT / FOLDER).glob("*.md")}
    assert there == set(pages(load_plans())), "chạy: python -m bot plan pages (xóa trang thừa)"


@pytest.mark.parametrize("name", ["README", *(path.stem for path in sorted(PLANS.glob("*.yaml")))])
def test_a_page_says_what_its_plan_says(name: str) -> None:
    written = (ROOT / FOLDER / f"{name}.md").read_bytes().decode()
    assert written == pages(load_plans())[f"{name}.md"], "chạy: python -m bot plan pages"


@pytest.mark.parametrize("name", list(schemas()))
def test_a_schema_is_that_of_the_model(name: str) -> None:
    written = json.loads((SCHEMAS / name).read_text("utf-8"))
    assert written == schemas()[name], "chạy: python -m bot plan schemas"
    assert {path.name for path in SCHEMAS.iterdir()} == set(schemas())


def test_the_list_links_every_page() -> None:
    for plan in load_plans():
        assert f"({plan}.md)" in text(FOLDER / "README.md")
