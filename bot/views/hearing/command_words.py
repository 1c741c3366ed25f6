"""Commands in plain words: what each is called when it is typed, folded and without spaces.

"baosuco" is the command typed without its slash. Of several that fit the first is meant.
"""

import re

from bot.domain.figures import LAST_MONTH, THIS_MONTH, THIS_QUARTER, THIS_YEAR

NUMBERED = (
    *("status", "tasks", "advance", "escalate", "direction", "close", "timeline"),
    *(
        "scenario",
        "playbook",
        "files",
        "hand_in",
        "contacts",
        "deadlines",
        "sent_report",
        "personal",
    ),
    *("convene", "spokesperson", "roster", "duty_table", "import_roster", "readiness"),
    *("reopen", "supplement", "verify"),
    *("support", "support_answer", "figures", "figures_whole", "figures_picture"),
    *("swap_yes", "swap_no", "swap_back", "cover_end", "back"),
    *("handover", "handover_yes", "handover_no"),
)
COMMANDS = {  # without spaces: "baosuco" is the command typed without its slash
    "report": re.compile(r"bao(cao)?suco(moi)?|report(an)?"),
    "on_behalf": re.compile(r"baoho(suco)?|reportfor(another|some(body|one)(else)?)?|onbehalf"),
    "status": re.compile(r"(xem)?tinhhinh(suco)?(so)?(thenao|sao|saoroi)?|status"),
    "tasks": re.compile(r"(xem)?(cac)?viec(cuatoi|cuaem|canlam)?(suco)?(so)?|(my)?tasks"),
    "advance": re.compile(r"(sang|chuyen)?giaidoan(sau|tieptheo)?(suco)?(so)?|(next)?phase"),
    "scenario": re.compile(r"(xacnhan|ghi|chon)?tinhhuong(suco)?(so)?|scenario"),
    "playbook": re.compile(r"(xem)?kichban(ungcuu)?(suco)?(so)?|playbook"),
    "escalate": re.compile(r"(bao|baocao)?(len)?captren(suco)?(so)?|escalate"),
    "direction": re.compile(r"(ghi)?(ykien)?chidao(suco)?(so)?|(recorda?)?direction"),
    "convene": re.compile(r"trieutap(doi)?(suco)?(so)?|convene(theteam)?"),
    "spokesperson": re.compile(r"(nguoi)?phatngon(suco)?(so)?|spokesperson"),
    "deadlines": re.compile(r"(xem)?(cac)?thoihan(baocao)?(suco)?(so)?|(reporting)?deadlines?"),
    "sent_report": re.compile(r"daguibaocao(suco)?(so)?|reportsent|sent(a|the)?report"),
    "personal": re.compile(r"(lo)?dulieucanhan(suco)?(so)?|personaldata"),
    "contacts": re.compile(r"(xem)?danhba(ngoaicoquan)?(suco)?(so)?|contacts?(beyondtheagency)?"),
    "check_contact": re.compile(r"kiemtra(lai)?danhba|check(a|the)?contacts?|record(a)?check"),
    "roster": re.compile(r"(xem)?(lich)?truc(ban)?(tuan)?(nay)?|ai(dang)?truc|roster|whoisonduty"),
    "roster_next": re.compile(r"(lichtruc)?tuansau|nextweek"),
    "roster_last": re.compile(r"(lichtruc)?tuantruoc|lastweek"),
    "call_list": re.compile(r"(in|xem)?danhsachgoi(dien)?|calllist"),
    "duty_table": re.compile(r"bang(ke)?truc(thang)?|dutytable"),
    "import_roster": re.compile(r"nhaplich(truc)?|import(a|the)?roster"),
    "roster_apply": re.compile(r"apdung(lich(truc)?)?|apply(it)?"),
    "swap": re.compile(r"(xin)?doica(truc)?|swap(a|my)?(shift)?"),
    "swap_yes": re.compile(r"dongydoica(truc)?(so)?|agreetoswap"),
    "swap_no": re.compile(r"khongdoi(duoc)?ca(truc)?(so)?|cannotswap"),
    "swap_back": re.compile(r"rutlaidoica(truc)?(so)?|takebackswap"),
    "cover": re.compile(r"(xin|ghi)?tructhay|standin"),
    "cover_end": re.compile(r"huytructhay(so)?|endstandin"),
    "absence": re.compile(r"(bao|ghi)?vangmat|(xin)?nghiphep|absence|awayonleave"),
    "back": re.compile(r"(toi)?da(ve|tro(ve|lai))(so)?|iamback|backatwork"),
    "handover": re.compile(r"bangiao(ca)?(truc)?(suco)?(so)?|handover"),
    "handover_yes": re.compile(r"(toi)?nhanbangiao(so)?|accepthandover"),
    "handover_no": re.compile(r"chuanhan(duoc)?bangiao(so)?|cannotaccepthandover"),
    "support": re.compile(r"(denghi)?hotro(phoihop)?(suco)?(so)?|(askfor|request)?support"),
    "support_answer": re.compile(
        r"ketquahotro(suco)?(so)?|(recordan)?answer(on|to)support|supportanswer|ghitraloihotro"
    ),
    "figures": re.compile(r"(xem)?thongke(thang|nam)?|figures"),
    "figures_whole": re.compile(r"chitietthongke(thang|nam)?|detailsoffigures"),
    "figures_picture": re.compile(r"(xem)?hinhthongke(thang|nam)?|pictureoffigures"),
    "close": re.compile(r"ketthuc(ungpho)?(suco)?(so)?|close(theresponse)?"),
    "timeline": re.compile(r"(xem)?nhatky(suco)?(so)?|timeline|log"),
    "files": re.compile(r"(xem|cac|tai)?(tep|chungcu)(cua)?(suco)?(so)?|files|evidence"),
    "hand_in": re.compile(r"(gui|nop)(tep|file|anh|chungcu)(cho|vao)?(suco)?(so)?|send(a)?file"),
    "reopen": re.compile(r"molai(suco)?(so)?|reopen"),
    "supplement": re.compile(r"bosung(suco)?(so)?|supplement|addanswers"),
    "verify": re.compile(r"(ghiketqua)?xacminh(suco)?(so)?|verify"),
    "invite": re.compile(r"moithamgia|taomamoi|invite(some(one|body))?"),
    "test": re.compile(r"(toi)?nhanduoc(tinthu)?|(ihave)?received(it)?"),
    "moved": re.compile(
        r"(toi|em)?(da)?chuyencongtac(roi)?|(ihave|ive)?moved(toanotherpost)?|anotherpost"
    ),
    "left": re.compile(r"(toi|em)?(da)?(nghiviec|nghihuu)(roi)?|(ihave|ive)?(retired|left)"),
    "test_round": re.compile(r"(gui)?tinthu|(senda?|runa?)?test(round|message)|testeverybody"),
    "readiness": re.compile(
        r"(kiemtra|xem)?lienlac(duoc)?(nguoi)?(so)?|(check)?(readiness|reachability)|sansang"
    ),
    "rehearsal": re.compile(r"aiduocbao|whoistold|whowouldbetold"),
    "english": re.compile(r"english|tienganh"),
    "vietnamese": re.compile(r"tiengviet|vietnamese"),
    "holder": re.compile(r"doinguoi(cammay)?|(change)?holder|whoholdsit"),
    "channels": re.compile(r"(xem)?(cac)?(thutu)?kenh(cuatoi|lienlac)?|(orderof)?(my)?channels"),
    "link": re.compile(
        r"(ma)?ketnoi(them)?(kenh|taikhoan)?(khac)?|link(anaccount)?|connect(onemorechannel)?"
    ),
    "quiet_hours": re.compile(r"(gio)?yenlang|quiet(hours)?"),
    "help": re.compile(r"huongdan|trogiup|help"),
    "resume": re.compile(r"tieptuc|resume|continue(whereyoustopped)?"),
    "menu": re.compile(r"menu|batdau|start"),
}
COMMAND = re.compile(r"([a-z ]+?) ?(\d{1,9})?")
PERIOD = {  # of figures, in words
    re.compile(r"(thangnay|thismonth)$"): THIS_MONTH,
    re.compile(r"(thangtruoc|thangroi|lastmonth)$"): LAST_MONTH,
    re.compile(r"(quynay|thisquarter)$"): THIS_QUARTER,
    re.compile(r"(namnay|thisyear)$"): THIS_YEAR,
}
INCIDENT = re.compile(r"(of|on|to)?incident$")  # as in Vietnamese "sự cố số"
