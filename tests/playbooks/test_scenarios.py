"""The scenarios of the product: all there, full, in the tone of the house; bad files refused."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from bot.domain.rule import Answer, criteria_of
from bot.domain.scenario import Scenario
from playbooks.errors import BadData, Fault
from playbooks.loader import SCENARIOS as FOLDER
from playbooks.loader import load_plans
from playbooks.scenario_files import CRITERIA, load_scenarios
from tests.playbooks.files import line_of, put

SCENARIOS = load_scenarios()
EACH = pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
NUMBERS = {
    **{"signs": (4, 8), "first": (4, 7), "never": (4, 6), "questions": (4, 7)},
    **{"evidence": (3, 6), "options": (2, 4), "contain": (4, 8), "remove": (4, 8)},
    **{"recover": (4, 8), "check": (4, 8), "lessons": (3, 5), "jobs": (5, 9)},
}
# Whole words that the glossary avoids, in small letters.
AVOIDED = (
    *("bạn", "log", "team", "check", "deadline", "page", "ack", "task", "case", "ticket", "block"),
    *("hotline", "reset", "confirm", "backup", "scan", "hash", "token", "otp", "admin", "test"),
    *("online", "offline", "email", "mail", "server", "website", "link", "file", "hacker", "chat"),
    *("ransomware", "ddos", "playbook", "leo thang", "phục hồi", "kiểm điểm", "kỷ luật"),
    *("triệu tập", "phóng viên", "người dùng", "phát ngôn viên", "kích hoạt", "bằng chứng"),
    *("vật chứng", "làm sạch", "mã băm", "dữ liệu nhạy cảm", "vụ việc", "khẩn cấp", "báo động"),
    *("giải pháp", "điều hành", "từ chối", "sếp", "chỉ huy", "bó tay", "trễ", "tôi", "em", "mình"),
)
# Terms of the field that hold one of these words.
TERMS = re.compile(r"hệ điều hành|(?:tấn công )?từ chối dịch vụ|nút reset", re.IGNORECASE)
# "gọi" is to telephone, nothing else.
CALL = re.compile(r"(?<!\w)(?:(?:kêu|tên|lời|hiệu) gọi|gọi (?:là|tên|chung|tắt|đội|họp))(?!\w)")
GROUP_CUT_OFF = re.compile(r"cô lập(?! (?:một )?(?:máy|thiết bị))", re.IGNORECASE)  # words.md §1
SECRET = re.compile(r"[Cc]hỉ trả lời có, không(?:,| hoặc) chưa rõ")
SWITCHED_OFF = ("ma_doc", "ma_hoa", "xam_nhap", "pha_hoai", "lay_cap", "tong_hop", "tan_cong_khac")
GOOD = (FOLDER / "ma_hoa.yaml").read_text("utf-8")


def texts(scenario: Scenario) -> Iterator[str]:
    """Everything that a person may read; the sources keep their own titles."""
    yield scenario.name
    for kind in NUMBERS:
        for item in getattr(scenario, kind):
            if isinstance(item, str):
                yield item
    yield from (question.text for question in scenario.questions)
    yield from chain.from_iterable((proof.what, proof.how) for proof in scenario.evidence)
    yield from chain.from_iterable((job.name, job.condition, job.why) for job in scenario.jobs)


def test_every_item_of_the_base_packs_lists_has_its_file_and_no_other() -> None:
    lists = load_plans()["goi_nen"].scenarios
    listed = [id_ for one in lists for id_ in one.items]
    assert sorted(listed) == sorted(SCENARIOS)
    assert len(SCENARIOS) == 22
    attacks = [scenario.id for scenario in SCENARIOS.values() if scenario.group == "attack"]
    assert sorted(attacks) == sorted(next(one for one in lists if one.id == "tan_cong").items)


def test_every_plans_own_lists_name_known_scenarios() -> None:
    for plan in load_plans().values():
        assert {id_ for one in plan.scenarios for id_ in one.items} <= set(SCENARIOS)


@EACH
def test_it_is_whole(scenario: Scenario) -> None:
    for kind, (least, most) in NUMBERS.items():
        items = getattr(scenario, kind)
        assert least <= len(items) <= most, kind
        assert len(set(items)) == len(items), kind
    assert scenario.sources
    assert scenario.contacts
    assert len(set(scenario.contacts)) == len(scenario.contacts)
    assert scenario.reviewed is not None


@EACH
def test_what_is_read_on_a_phone_is_short(scenario: Scenario) -> None:
    assert [text for text in texts(scenario) if len(text) > 200] == []
    assert [option for option in scenario.options if len(option) > 60] == []
    assert [job.name for job in scenario.jobs if len(job.name) > 70] == []
    assert [job.name for job in scenario.jobs if job.name[0].islower() or job.name[-1] == "."] == []


@EACH
def test_its_tone_is_that_of_the_house(scenario: Scenario) -> None:
    words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, AVOIDED))})(?!\w)", re.IGNORECASE)
    for text in texts(scenario):
        bare = TERMS.sub("…", text)
        assert "!" not in text
        assert not words.search(bare), text
        assert not CALL.search(bare.lower()), text
        assert "cấp độ" not in text or "hệ thống" in text, text
        assert not GROUP_CUT_OFF.search(bare), text


@EACH
def test_the_content_of_a_secret_is_never_asked_for(scenario: Scenario) -> None:
    for question in scenario.questions:
        if question.criterion == "c2":
            assert SECRET.search(question.text)


@EACH
def test_no_criterion_is_asked_for_twice(scenario: Scenario) -> None:
    asked = [question.criterion for question in scenario.questions if question.criterion]
    assert len(set(asked)) == len(asked)
    assert len(asked) >= 2


@EACH
def test_its_jobs_begin_at_once_and_end_with_a_check(scenario: Scenario) -> None:
    kinds = [job.at for job in scenario.jobs]
    assert {"first", "check"} <= set(kinds)
    assert any(job.at == "first" and job.minutes <= 60 for job in scenario.jobs)
    assert any(job.whose == "responder" for job in scenario.jobs)


@EACH
def test_a_job_says_in_words_when_it_is_wanted(scenario: Scenario) -> None:
    for job in scenario.jobs:
        assert bool(job.condition) == (job.when is not None), job.id
        assert job.is_wanted({}), "what is unknown counts as yes"
        if job.when is not None:
            assert not job.is_wanted(dict.fromkeys(CRITERIA, Answer.NO)), job.id
            asked = criteria_of(job.when)
            assert job.is_wanted(dict.fromkeys(asked, Answer.YES)), job.id


@pytest.mark.parametrize("id_", SWITCHED_OFF)
def test_where_traces_live_in_memory_nobody_is_told_to_switch_off(id_: str) -> None:
    scenario = SCENARIOS[id_]
    assert any(line.startswith("Không tắt máy") for line in scenario.never)
    assert any(re.search(r"[Rr]út (?:dây )?mạng", line) for line in scenario.first)
    off = re.compile(r"(?<!không )(?:tắt máy|tắt nguồn|ngắt nguồn)", re.IGNORECASE)
    for line in scenario.first:
        assert not off.search(line) or "mới" in line, "only as the last means"
    assert any("bộ nhớ" in (proof.what + proof.how).lower() for proof in scenario.evidence)


@pytest.mark.parametrize("id_", ["ma_hoa", "lay_cap", "tu_choi_dich_vu", "tong_hop"])
def test_nobody_is_told_to_pay(id_: str) -> None:
    assert any("Không trả tiền" in line for line in SCENARIOS[id_].never)


def faults(where: Path, text: str) -> tuple[Fault, ...]:
    (where / "ma_hoa.yaml").write_text(text, "utf-8")
    with pytest.raises(BadData) as bad:
        load_scenarios(where)
    return bad.value.faults


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("contain:\n", "ngan_chan:\n", "ngan_chan:", "không có mục nào tên “ngan_chan”"),
        ("id: ma_hoa", "id: ma_hoaa", "id: ma_hoaa", "phải trùng tên tệp (viết “ma_hoa”)"),
        ("criterion: c6", "criterion: c7", "criterion: c7", "(có: a, c1, c2, c3, c4, c5, c6)"),
        ('at: first, name: "Rút', 'at: frist, name: "Rút', "at: frist", "chọn một: 'verify'"),
        ("minutes: 4320", 'minutes: "4320"', 'minutes: "4320"', "số nguyên"),
        ("{any: [c5, c6]}", "{any: [c5, x6]}", "{any: [c5, x6]}", "không có tiêu chí"),
        ("personal: true", "personal: co", "personal: co", "true hoặc false"),
        ('"2026-11-21"', '"21/11/2026"', '"21/11/2026"', "năm-tháng-ngày"),
    ],
)
def test_a_bad_file_is_refused_with_the_line_and_the_cure(
    tmp_path: Path, old: str, new: str, line: str, said: str
) -> None:
    text = put(GOOD, old, new)
    found = faults(tmp_path, text)
    assert [fault.line for fault in found if said in fault.message] == [line_of(text, line)], found


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "ma_doc.yaml").write_text("id: ma_doc\ngroup: attak\n", "utf-8")
    found = faults(tmp_path, put(GOOD, "personal: true", "personal: co"))
    assert {fault.file.rsplit("/")[-1] for fault in found} == {"ma_doc.yaml", "ma_hoa.yaml"}
    assert any("thiếu mục này (thêm dòng “signs: …”)" in fault.message for fault in found)


def test_a_line_too_long_for_a_phone_is_refused(tmp_path: Path) -> None:
    first = "Rút dây mạng, tắt Wi-Fi của máy bị; để máy vẫn bật."
    text = put(GOOD, first, first * 10)
    assert any("dài quá 300 ký tự" in fault.message for fault in faults(tmp_path, text))
