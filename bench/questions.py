"""The report's questions for the peers: our words and labels, without importing our bot."""

from pathlib import Path
from typing import NamedTuple

from ruamel.yaml import YAML

WORDS = Path(__file__).parent.parent / "bot" / "views" / "words" / "report.vi.yaml"
SENTENCE = "may em mo khong duoc, hien chu doi tien"
SYSTEM, SENT = "Một cửa, dịch vụ công", "Đã ghi nhận."
CRITERIA = ("c1", "c2", "c3", "c4", "c5", "c6")
LABELS = (  # what everybody taps: nobody's night is disturbed, so no bot has more to do after it
    *("Có", SYSTEM, "Vừa phát hiện"),
    *["Không"] * len(CRITERIA),
    *("Đã ngắt mạng, giữ nguyên máy", "Gửi"),
)
CHOICES = {
    "system": (SYSTEM, "Quản lý văn bản", "Trang thông tin điện tử", "Khác, chưa rõ"),
    "since": ("Vừa phát hiện", "Trong 1 giờ qua", "Hôm qua", "Giờ khác"),
    "state": ("Vẫn đang xảy ra", "Đã ngắt mạng, giữ nguyên máy", "Tạm ổn, đang theo dõi"),
}


class Question(NamedTuple):
    id: str
    text: str
    options: tuple[str, ...]


def questions() -> list[Question]:
    """In order: do you want to report, the ten questions but the sentence, the review."""
    said = YAML(typ="safe", pure=True).load(WORDS)["report"]
    three = ("Có", "Không", "Chưa rõ")
    asked = ("system", "since", *CRITERIA, "state")
    return [
        Question("want", f"Anh/chị muốn báo sự cố? “{SENTENCE}”", ("Có", "Không")),
        *(Question(id, said[id], CHOICES.get(id, three)) for id in asked),
        Question("review", "Xem lại trước khi gửi", ("Gửi", "Sửa")),
    ]
