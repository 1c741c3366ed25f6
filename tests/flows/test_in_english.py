"""In English, by typing: what the story of four phases (test_story.py) leaves out."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.agency import Agency, Listed, Post
from bot.domain.people import Role
from tests.flows.english import english, foreign_to_english
from tests.flows.house import House
from tests.flows.person import Phone

LEADER = "anh Phuc – Pho Chu tich, Pho Truong Ban Chi dao"
CALLER, NUMBER = "Ms Hoa, a citizen of ward 2", "0912 345 678"


async def test_everything_else_in_english(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with english(template, tmp_path, monkeypatch) as house:
        since = (await house.stage.get("state", messages=1))["event"]
        await house.apply(shared)
        device = await house.join(140, "x", await house.invite(Role.DUTY, "thi_xa", "duty"))
        house.phones["device"] = device
        await device.sees("Connected: duty phone, duty officer", "pages arrive here")
        await device.picks("I have received it")
        await filed_on_behalf(device)
        await acknowledged(house.minh)
        await tasks_change_hands(house)
        await a_direction_by_telephone(house)
        await closed_and_reopened(house)
        await nobody_acknowledges(house)
        await a_state_secret(house.lan)
        await refusals(house)
        assert await foreign_to_english(house, since) == set()


async def filed_on_behalf(device: Phone) -> None:
    await device.types("report for somebody else")
    await device.sees("Who is holding “duty phone”?", "Press a name or type its number")
    await device.types("anh Tin")
    await device.sees("For somebody else", "Question 1/14", "Phone held by anh Tin")
    for typed in ("telephone", CALLER, NUMBER):
        await device.types(typed)
    await device.sees("Question 4/14", "In which unit did it happen?")
    if "xa Tan Lap" not in await device.labels():
        await device.types("more")
    await device.picks("xa Tan Lap")
    await device.picks("Trang thong tin dien tu")
    await device.types("The page shows betting advertisements")
    await device.types("back")
    await device.sees("Question 6/14", "What does the caller say?")
    await device.types("The page of the commune shows betting advertisements")
    for typed in ("just noticed", "no", "no", "No", "yes", "no", "I don't know"):
        await device.types(typed)
    await device.types("still happening")
    await device.sees("Check before sending", f"Source: telephone, {CALLER}, {NUMBER}.")
    await device.types("edit 8")
    await device.sees("Question 8/14", "Is the system stopped or interrupted?")
    await device.types("yes")
    await device.types("later")
    await device.sees("Put aside, not sent to anybody. Nothing is lost.")
    await device.types("continue")
    await device.sees("Check before sending", "Yes: interruption; control lost.")
    await device.types("send")
    await device.sees("Recorded: incident 1", "Told: anh Minh", "filed by anh Tin")
    await device.types("change holder")
    await device.types("2")
    await device.sees("anh Ngoc is holding the phone")


async def acknowledged(minh: Phone) -> None:
    await minh.sees("PAGE – incident 1", f"{CALLER} (source: telephone, {NUMBER}, unverified)")
    await minh.types("got it")
    await minh.sees("Do you acknowledge and handle incident 1, or have you only seen it?")
    await minh.types("I'll handle it")
    await minh.sees("Anh Minh acknowledged incident 1", f"call {CALLER} {NUMBER}.")


async def tasks_change_hands(house: House) -> None:
    minh, hung = house.minh, house.hung
    await minh.sees("Incident 1, tasks: 5 – phase I")
    await minh.types("assign 1.2 to anh Hung")
    await hung.sees("Anh Minh assigned task 1.2 to you")
    await hung.types("take 1.2")
    await hung.types("blocked 1.2: no password")
    await minh.sees("Task 1.2 is blocked (anh Hung): no password")
    await hung.types("resume 1.2")
    await hung.sees("You have resumed task 1.2.", "Anh Hung is on it.")
    await hung.types("pass 1.2")
    await hung.sees("Pass task 1.2", "on to whom?")
    await hung.picks("anh Minh (phu trach an toan thong tin)")
    await minh.sees("Anh Hung passed task 1.2 on to you")
    await house.forward(11)
    await minh.sees("Task 1.2 is waiting for you to take it")
    await hung.sees("Anh Minh has not taken task 1.2", "Call 0905 000 555, or pass it on.")
    await minh.types("done 1.1 called the reporter back")
    await minh.sees("Who verified it?")
    await minh.types("1")
    await minh.picks("It is an incident")
    await minh.sees("task 1.1 is done", "finished it at", "called the reporter back")
    await minh.types("reopen 1.1")
    await minh.sees("Task 1.1 is open again.")
    offered = next(task for task in await house.tasks(1) if task.state == "offered")
    await minh.types(f"task {offered.code}")
    await minh.sees("The plan says “if needed”: not opened.")
    await minh.types(f"not needed {offered.code}")
    await minh.sees("decides this")
    await house.phuc.types(f"not needed {offered.code}")
    await house.phuc.sees(f"task {offered.code} is not needed", "decided by")
    await minh.types("take 1.2")
    await house.forward(120)
    await minh.sees("Task 1.2 is overdue")
    await minh.types("my tasks")
    await minh.sees("Your tasks at", "You have:", "overdue by")
    await minh.types("next phase 1")
    await minh.sees("Phase I", "Still being done: ", "Choose Done to move on to phase II")
    await minh.types("not done yet")
    await minh.types("waiting for the provider")
    await minh.sees("Recorded: phase I is not finished.")


async def a_direction_by_telephone(house: House) -> None:
    binh, phuc = house.binh, house.phuc
    await binh.types("escalate 1")
    for typed in ("steering committee", "a direction is needed", "Take the page down", "send"):
        await binh.types(typed)
    await binh.sees("Incident 1 is escalated to anh Phuc")
    await phuc.sees("Report to anh Phuc", "You are asked for: Take the page down.")
    await phuc.types("call me please")
    await phuc.sees("The duty officer has been asked to call you about incident 1")
    await binh.sees("anh Phuc asks to be called", "Call now")
    await binh.types("direction 1")
    await binh.picks(LEADER)
    for typed in ("by telephone", "just said", "agreed"):
        await binh.types(typed)
    await binh.sees("Check before recording the direction", "How it was heard: By telephone")
    await binh.types("send")
    await binh.sees(
        "Direction on incident 1 recorded: anh Phuc – Agreed", "It takes effect at once"
    )
    await house.minh.sees("written down by anh Binh, to be confirmed")
    await phuc.sees("Please confirm your direction on incident 1: Agreed")
    await phuc.types("confirm")
    await phuc.sees("You have confirmed your direction on incident 1: Agreed")
    await house.minh.sees("Anh Phuc has confirmed the direction on incident 1")


async def closed_and_reopened(house: House) -> None:
    minh = house.minh
    await minh.types("close 1")
    for typed in ("resolved", "Page restored.", "send"):
        await minh.types(typed)
    await minh.sees("The response to incident 1 is closed. The reporter")
    await house.binh.sees(
        "The response to incident 1 is closed: resolved.", "Anh Minh recorded it."
    )
    await minh.types("reopen 1")
    for typed in ("it has happened again", "The advertisements are back", "send"):
        await minh.types(typed)
    await minh.sees("Incident 1 is open again. Pages go out in their order.")
    await minh.types("timeline 1")
    await minh.sees("Timeline of incident 1", "anh Minh reopened it: It has happened again")


async def nobody_acknowledges(house: House) -> None:
    lan, minh, hung, binh = house.lan, house.minh, house.hung, house.binh
    await minh.types("take 1")
    await lan.reports("Có")
    await house.card("INCIDENT 2", "Nobody has acknowledged")
    for who, page in ((minh, "response needed"), (minh, "page 2"), (hung, "At "), (hung, "page 2")):
        await who.sees("PAGE – incident 2", page)
        await house.forward(5)
    await binh.sees("NOBODY HAS ACKNOWLEDGED incident 2", "Duty officer, call now:")
    await binh.sees("Call anh Minh", "incident 2 is not acknowledged")
    await binh.types("8")
    await binh.sees("Call anh", "by phone: what is the result?")
    await binh.picks("Answered, will handle it")
    await lan.sees("acknowledged your incident 2")
    await binh.types("timeline 2")
    await binh.sees("acknowledged (to respond) by phone; written down by anh Binh.")
    await binh.types("status")
    await binh.sees("Status at", "open incidents: 2", "Incident lead: anh Minh")


async def a_state_secret(lan: Phone) -> None:
    await lan.reports("Không", "Có")
    shown = await lan.sees("Recorded: code", "None of")
    assert "All you need to say is the code" in shown


async def refusals(house: House) -> None:
    lan, minh = house.lan, house.minh
    await lan.types("close 1")
    await lan.sees("This is for somebody else to do")
    await minh.types("status 99")
    await minh.sees("There is no incident 99.")
    await minh.types("take 1.99")
    await minh.sees("There is no task 1.99.")
    await minh.types("close 2")
    await minh.types("perhaps")
    await minh.sees("“perhaps” was not understood.", "Closing the response to incident 2")
    await minh.types("cancel")
    await minh.sees("Cancelled, not sent to anybody.")
    await minh.types("the mail is down")
    await minh.sees("Do you want to report an incident?")
    await minh.types("no")
    await minh.sees("nothing is reported and your sentence is not kept")
    await minh.says(sticker="👍")
    await minh.sees("Words, pictures and files are taken here")


def shared(agency: Agency) -> Agency:
    """Two more duty officers, who share a telephone."""
    posts = (Post("official", "thi_xa", 1),)
    two = [
        Listed(key, name, "anh", "duty officer", f"0905 000 70{place}", posts)
        for place, (key, name) in enumerate((("tin", "Tin"), ("ngoc", "Ngoc")), start=1)
    ]
    duty = (Post("duty", "thi_xa", 2),)
    phone = Listed("duty", "duty phone", "", "", "0262 000 001", duty, None, ("tin", "ngoc"))
    return replace(agency, people=(*agency.people, *two, phone))
