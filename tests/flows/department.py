"""An agency of two more plans: a Sở (Khánh Hòa 2022) and a phường (Đồng Tháp 2021–2025)."""

from pathlib import Path

from tests.flows.house import PHONES, Town

CAST = ("lan", "minh", "hung", "binh", "phuc", "thao", "nga", "van")
DEPARTMENT = Town(
    Path(__file__).parent / "so_xay_dung.yaml",
    {key: PHONES[key] for key in CAST},
    ["binh", "hung"],
    ("so", "Sở Xây dựng"),
)
