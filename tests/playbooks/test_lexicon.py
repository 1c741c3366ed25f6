"""The product's words are usable, and an agency's own are told what is wrong with them."""

from pathlib import Path

import pytest

from bot.domain.lexicon import Lexicon
from bot.domain.recognition import recognise
from playbooks.errors import BadData, Fault
from playbooks.lexicon_file import load_lexicon
from playbooks.loader import SCENARIOS
from tests.playbooks.files import line_of, put

OWN = """\
scenarios:
  qua_tai:
    - weight: 5
      say: ["ngày trả kết quả"]
      unless: ["tết"]
  mat_internet:
    - {weight: 1, say: ["mất mạng"]}
criteria:
  c1:
    - {answer: "yes", say: ["một cửa đứng"], denied: "no"}
instead:
  "một cửa": ["bộ phận mc"]
fillers: ["đại"]
"""
WRONG = [  # (what stands in the good file, what is put there, where it is found, what is said)
    ("qua_tai:", "qua_taj:", "qua_taj", "có phải “qua_tai”?"),
    ("  c1:", "  c7:", "  c7", "không có tiêu chí (criteria) nào tên “c7”"),
    ("weight: 5", "weight: 6", "weight: 6", "6 lớn quá (nhiều nhất 5)"),
    ("weight: 5", "weight: 0", "weight: 0", "0 nhỏ quá (từ 1 trở lên)"),
    ('"yes", say', '"co", say', '"co"', "chọn một: 'yes', 'no', 'unknown'"),
    ('say: ["ngày trả kết quả"]', "say: []", "say: []", "danh sách trống"),
    ('"ngày trả kết quả"', '"…"', '"…"', "thiếu từ ở đầu hoặc cuối cụm từ"),
    ('"ngày trả kết quả"', '"ngày …"', '"ngày …"', "dấu … chỉ đặt giữa hai từ"),
    ('"ngày trả kết quả"', '"ngày, trả"', '"ngày, trả"', "chỉ chữ và số"),
    ('"ngày trả kết quả"', '"a b c d e g"', '"a b c d e g"', "chia thành cụm ngắn hơn"),
    ('"ngày trả kết quả"', '"quá", "quá"', '"quá", "quá"', "có hai lần, lần đầu ở dòng 4"),
    ('"một cửa đứng"', '"đứng", "đứng"', '"đứng", "đứng"', "có hai lần, lần đầu ở dòng 10"),
    ('["tết"]', '["tết!"]', '["tết!"]', "không phải một từ"),
    ('fillers: ["đại"]', 'fillers: ["đại khái"]', "fillers", "mỗi mục chỉ một từ"),
    ("fillers:", "filler:", "filler:", "có phải “fillers”?"),
    ("fillers:", "least: 0\nfillers:", "least", "0 nhỏ quá"),
    ("  c1:\n", "  c1:\n  c1:\n", "criteria", "có hai lần"),
]


def own(where: Path, text: str = OWN) -> Path:
    path = where / "rieng.yaml"
    path.write_text(text, "utf-8")
    return path


def faults(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(BadData) as bad:
        load_lexicon([path])
    return bad.value.faults


def scores(told: str, lexicon: Lexicon) -> dict[str, int]:
    return {one.scenario: one.score for one in recognise(told, lexicon).found}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.mark.parametrize(("old", "new", "at", "said"), WRONG, ids=[w[1][:30] for w in WRONG])
def test_a_fault_names_its_line_and_the_cure(
    tmp_path: Path, old: str, new: str, at: str, said: str
) -> None:
    text = put(OWN, old, new)
    lines = [str(fault) for fault in faults(own(tmp_path, text)) if said in str(fault)]
    assert lines
    line = line_of(text, at) + (2 if old.startswith("  c1:\n") else 0)
    assert lines[0].startswith(f"rieng.yaml:{line}: ")
    assert "(" in lines[0]  # the cure


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    text = put(put(OWN, "weight: 5", "weight: 9"), '"yes", say', '"maybe", say')
    assert [fault.line for fault in faults(own(tmp_path, text))] == [3, 10]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path / "khong_co.yaml")
    assert "không đọc được tệp" in str(fault)


def test_every_scenario_has_words_and_none_is_unknown(lexicon: Lexicon) -> None:
    files = {path.stem for path in SCENARIOS.glob("*.yaml")}
    assert set(lexicon.scenarios) == files == {term.scenario for term in lexicon.terms}
    assert {sign.criterion for sign in lexicon.signs} == {"c1", "c2", "c3", "c4", "c5", "c6"}


def test_every_scenario_is_found_by_each_of_its_strongest_words(lexicon: Lexicon) -> None:
    """Nothing in the lexicon hides a word that calls a scenario by its name."""
    for term in lexicon.terms:
        if term.weight == 5 and "…" not in term.phrase.text:
            assert term.scenario in scores(term.phrase.text, lexicon), term.phrase.text


def test_a_cause_stands_before_its_effects(lexicon: Lexicon) -> None:
    """With equal points the order of the file decides."""
    place = {name: at for at, name in enumerate(lexicon.scenarios)}
    for cause, effects in lexicon.cause.items():
        assert all(place[cause] < place[effect] for effect in effects), cause


@pytest.mark.parametrize(
    ("told", "first"),
    [
        ("may em mo khong duoc, hien chu tieng anh doi tien", "ma_hoa"),
        ("mat dien mat mang, ko vo duoc dvc", "mat_dien"),
        ("trang web so bi chen link co bac", "xam_nhap"),
        ("ko phai virut, do set danh", "thien_tai"),
        ("bão số 5 làm đứt cáp, mất điện cả xã", "thien_tai"),
        ("thông báo lịch họp, bao nhiêu người dự", ""),
        ("em gửi báo cáo phòng chống mã độc quý 3", ""),
        ("hệ thống không bị mã hóa, không thấy đòi tiền", ""),
    ],
)
def test_by_the_products_words(lexicon: Lexicon, told: str, first: str) -> None:
    assert next(iter(scores(told, lexicon)), "") == first


def test_what_the_words_do_not_settle_is_left_open(lexicon: Lexicon) -> None:
    assert not recognise("máy chạy chậm, chưa biết sao", lexicon).suggested
    lost = recognise("chưa thấy mất dữ liệu", lexicon).suggested["c3"]
    assert lost.answer != "yes"


def test_an_agencys_own_words_come_beside_and_in_place_of_the_products(
    lexicon: Lexicon, tmp_path: Path
) -> None:
    both = load_lexicon([own(tmp_path)])
    assert "qua_tai" not in scores("hôm nay ngày trả đại kết quả", lexicon)
    assert scores("hôm nay ngày trả đại kết quả", both) == {"qua_tai": 5}
    assert scores("ngày trả kết quả, gần tết", both) == {}
    assert scores("bị mất mạng", lexicon)["mat_internet"] == 5
    assert "mat_internet" not in scores("bị mất mạng", both)
    assert scores("máy bị dính mã độc", both) == scores("máy bị dính mã độc", lexicon)
    assert recognise("bộ phận mc đứng", both).suggested["c1"].words == ("bộ phận mc đứng",)


def test_own_points_and_combinations_take_the_products_place(tmp_path: Path) -> None:
    text = "least: 9\ncombined: {scenario: tong_hop, strong: 9, pairs: [[ma_doc, gia_mao]]}\n"
    both = load_lexicon([own(tmp_path, text)])
    assert both.least == 9
    assert both.combined is not None
    assert both.combined.pairs == (("ma_doc", "gia_mao"),)
