"""What an absence does to calls, on the real Asterisk: who rings, what the caller hears, when it is over.

Callers ring a colleague's own number, past the reception. What they hear is recorded and compared with the
sound that was made of the sentence.
"""

from __future__ import annotations

import asyncio
import time
import wave
from array import array
from pathlib import Path

import pytest

from reception.hub.lock import DataLock
from reception.model import intents as ask
from reception.model.calls import Direction, Place, Target
from reception.model.lines import Cause, LineState, StatusKind
from reception.model.presence import CallHandling, EntryDraft
from reception.wire import Result
from tests.e2e.headless import Console, at_console
from tests.house.strict import ExpectLogs
from tests.lab.fixtures import Lab, eventually
from tests.lab.sip import OutsideCaller

pytestmark = pytest.mark.lab

ALICE = "ala"
"""Alice Archer of `workplace.PEOPLE`, whose telephone is 201."""
FREE = {"201": "ring", "202": "ring", "203": "answer"}
FRAME = 400
"""Samples that are compared at a time: 50 ms."""


def sounds(lab: Lab, *languages: str) -> str:
    """Return the hub's settings for what callers hear."""
    return f'[sounds]\nfolder = "{lab.sounds}"\nlanguages = {list(languages)}'.replace("'", '"')


async def frokost(console: Console, *, ends_in_s: float | None, **draft: object) -> str:
    """Set a Frokost for Alice, wait until Asterisk knows of it, and return the name of its sentence.

    What an earlier hub has noted may stand there for a while: it is another note that counts.
    """
    before = (await console.office.lab.noted_directly()).get("201")
    now = time.time()
    end = None if ends_in_s is None else now + ends_in_s
    entry = EntryDraft(reason="Frokost", start=now - 1, end=end, **draft)  # type: ignore[arg-type]
    await console.does(ask.SetEntry(person=ALICE, draft=entry))

    names: list[str] = []

    async def is_known() -> bool:
        notes = await console.office.lab.noted_directly()
        if notes.get("201") != before and sound_of(notes):
            names.append(sound_of(notes))
        return bool(names)

    await eventually(is_known, "a spoken diversion of 201")
    return names[0]


def sound_of(notes: dict[str, str]) -> str:
    """Return the sound that callers of 201 hear."""
    return notes.get("201", "~~~").split("~")[3]


async def calls_alice(console: Console, number: str = "+4597000001") -> OutsideCaller:
    return await console.office.house.caller(number=number, dialled="7201")


def envelope(samples: list[int]) -> list[float]:
    """Return how loud each moment is."""
    frames = (samples[n : n + FRAME] for n in range(0, len(samples) - FRAME + 1, FRAME))
    return [sum(abs(s) for s in frame) / FRAME for frame in frames]


def likeness(heard: list[int], played: list[int]) -> float:
    """Return how alike what was heard is to what was played, 1 for the same, wherever in it that begins."""
    wanted = envelope(played)
    best = 0.0
    for shift in range(0, FRAME * 20, 80):
        found = envelope(heard[shift : shift + len(played)])
        best = max(best, correlation(found, wanted))
    return best


def correlation(a: list[float], b: list[float]) -> float:
    n = min(len(a), len(b))
    mean_a, mean_b = sum(a[:n]) / n, sum(b[:n]) / n
    both = sum((x - mean_a) * (y - mean_b) for x, y in zip(a[:n], b[:n], strict=True))
    spread = sum((x - mean_a) ** 2 for x in a[:n]) * sum((y - mean_b) ** 2 for y in b[:n])
    return both / spread**0.5 if spread else 0.0


def samples_of(file: Path) -> list[int]:
    with wave.open(str(file)) as sound:
        assert (sound.getframerate(), sound.getsampwidth(), sound.getnchannels()) == (8000, 2, 1)
        return array("h", sound.readframes(sound.getnframes())).tolist()


@pytest.mark.requirement(
    "000-14", "001-12", "001-15", "001-18", "001-19", "001-24", "001-29", "001-30", "001-31", "002-146"
)
@pytest.mark.parametrize(
    ("languages", "folder", "words"),
    [(("da",), "", "kan ikke træffes, men kommer tilbage"), (("da", "en"), "en", "but will be back")],
    ids=["the house's language", "the caller's language"],
)
async def test_a_call_at_lunch_goes_to_the_mailbox_with_the_return_time_and_later_the_phone_rings(
    lab: Lab, tmp_path: Path, languages: tuple[str, ...], folder: str, words: str
):
    async with at_console(lab, tmp_path, more=sounds(lab, *languages)) as console:
        alice = await console.office.house.phone("201", "ring")
        name = await frokost(console, ends_in_s=18)
        assert words in (lab.sounds / folder / f"{name}.txt").read_text(encoding="utf-8")
        played = samples_of(lab.sounds / folder / f"{name}.wav")
        before = lab.messages("201")

        caller = await calls_alice(console)
        await caller.wait_answered()
        await caller.wait_heard(len(played) / 8000 + 1.0)
        assert len(played) > 2 * 8000
        assert likeness(caller.recording, played) > 0.9, "the caller hears the sentence"

        async def is_recorded() -> bool:
            return lab.messages("201") > before

        await eventually(is_recorded, "the mailbox records")
        await caller.hang_up()
        assert not alice.is_ringing

        async def is_over() -> bool:
            return "201" not in await lab.noted_directly()

        await eventually(is_over, "the end of the lunch")
        await calls_alice(console, "+4597000002")
        await alice.wait_ringing()


OFFERS = """
[voicemail]
assistant = "+4655512345"
goes_past = true
[[users]]
who = "CAR"
voicemail = { assistant = "7000", goes_past = false }
"""
ASSISTANT_HZ, BOB_HZ = 800, 600


async def offered(lab: Lab, number: str, words: str) -> list[int]:
    """Wait until Asterisk knows of keys at a number's mailbox, and return how they are announced."""
    names: list[str] = []

    async def is_known() -> bool:
        parts = (await lab.noted_directly()).get(number, "").split("~")
        if len(parts) > 5 and (lab.sounds / "en" / f"{parts[5]}.txt").read_text(encoding="utf-8") == words:
            names.append(parts[5])
        return bool(names)

    await eventually(is_known, f"keys at the mailbox of {number}")
    return samples_of(lab.sounds / "en" / f"{names[0]}.wav")


@pytest.mark.requirement("002-149", "002-150", "002-151", "002-152")
async def test_keys_at_the_mailbox_lead_to_the_assistant_and_past_it_while_the_hub_is_away_too(
    lab: Lab, tmp_path: Path, expected_logs: ExpectLogs
):
    expected_logs("the hub is away")
    (tmp_path / "office.toml").write_text(OFFERS, encoding="utf-8")
    async with at_console(lab, tmp_path, more=sounds(lab, "da", "en")) as console:
        alice, bob = [await console.office.house.phone(n, "ring") for n in ("201", "202")]
        assistant = await console.office.house.phone("+4655512345", "ring")
        training = {"reason": "Kursus", "handling": CallHandling.DIVERTED, "divert_to": "202"}
        now = time.time()
        course = EntryDraft(start=now - 60, end=now + 600, **training)  # type: ignore[arg-type]
        await console.does(ask.SetEntry(person=ALICE, draft=course))
        sentence = samples_of(lab.sounds / "en" / f"{await frokost(console, ends_in_s=600)}.wav")[:8000]
        announced = await offered(lab, "201", "For personal assistance, press 1. Bypass voicemail, press 2.")

        caller = await calls_alice(console)
        await caller.wait_answered()
        await caller.wait_heard((len(announced) + len(sentence)) / 8000 + 0.5)
        heard = caller.recording
        assert likeness(heard, announced) > 0.9, "the caller is told of the keys"
        assert likeness(heard[len(announced) :], sentence) > 0.9, "before the greeting"
        await caller.press("1")
        await assistant.answer()
        await caller.wait_hears(ASSISTANT_HZ)
        await caller.hang_up()

        console.office.kill_hub()
        lock = DataLock(console.office.folder)
        await eventually(lambda: asyncio.to_thread(lock.acquire), "the hub's end")  # no other one may start
        caller = await calls_alice(console, "+4597000002")
        await caller.wait_answered()
        await caller.press("2")
        await bob.answer()
        await caller.wait_hears(BOB_HZ)
        assert not alice.is_ringing
        lock.release()
        await console.until_up()  # the console has started another hub, which ends with it


async def test_whom_nobody_answers_is_offered_the_reception(lab: Lab, tmp_path: Path):
    (tmp_path / "office.toml").write_text(OFFERS, encoding="utf-8")
    async with at_console(lab, tmp_path, more=sounds(lab, "da", "en")) as console:
        await console.office.house.phone("203", "reject")
        await offered(lab, "203", "For personal assistance, press 1.")
        caller = await console.office.house.caller(number="+4597000006", dialled="7203")
        await caller.wait_answered()
        await caller.press("1")
        call = await console.place("+4597000006", Place.QUEUED)
        assert call.direction is Direction.IN


@pytest.mark.requirement("001-57", "003-32")
async def test_a_phone_kept_open_rings_and_who_is_not_answered_hears_why(lab: Lab, tmp_path: Path):
    async with at_console(lab, tmp_path, more=sounds(lab, "da")) as console:
        alice = await console.office.house.phone("201", "reject")
        await frokost(console, ends_in_s=600, handling=CallHandling.OPEN)
        caller = await calls_alice(console)
        await caller.wait_answered()
        played = samples_of(lab.sounds / "talking.wav")
        await caller.wait_heard(len(played) / 8000 + 0.5)
        assert alice.events
        assert likeness(caller.recording, played) > 0.9, "a busy telephone: taler i telefon"


@pytest.mark.requirement("001-13")
async def test_what_is_said_of_who_talks(lab: Lab, tmp_path: Path):
    async with at_console(lab, tmp_path, more=sounds(lab, "da")):

        async def is_made() -> bool:
            return (lab.sounds / "talking.txt").is_file()

        await eventually(is_made, "the sentence")
        assert "taler i telefon" in (lab.sounds / "talking.txt").read_text(encoding="utf-8")


@pytest.mark.requirement("003-33", "002-172")
async def test_a_diversion_to_a_colleague_rings_there(lab: Lab, tmp_path: Path):
    async with at_console(lab, tmp_path, more=sounds(lab, "da")) as console:
        alice = await console.office.house.phone("201", "ring")
        bob = await console.office.house.phone("202", "ring")
        await frokost(console, ends_in_s=600, handling=CallHandling.DIVERTED, divert_to="202")
        await calls_alice(console)
        await bob.wait_ringing()
        assert not alice.is_ringing


@pytest.mark.requirement("002-141", "002-038")
@pytest.mark.parametrize("has_right", [True, False], ids=["with the right", "without"])
async def test_a_diverted_colleague_is_rung_by_who_has_the_right_to(
    lab: Lab, tmp_path: Path, has_right: bool
):
    who = '{ who = ["receptionists"] }' if has_right else ""
    (tmp_path / "office.toml").write_text(f"[rights]\nbypass_diversion = [{who}]\n", encoding="utf-8")
    async with at_console(lab, tmp_path, more=sounds(lab, "da")) as console:
        alice = await console.office.house.phone("201", "ring")
        await frokost(console, ends_in_s=600)
        await console.office.house.caller(number="+4597000005")
        call = await console.place("+4597000005", Place.QUEUED)
        await console.does(ask.Answer(call=call.id))
        await console.place("+4597000005", Place.TALKING)
        to = Target(number="201", person=ALICE)
        outcome = await console.asks(ask.Transfer(call=call.id, to=to, even_if_busy=True))
        if has_right:
            assert outcome.result is Result.DONE
            await alice.wait_ringing()
        else:
            assert outcome.message is not None
            assert outcome.message.key == "target_diverted"
            await console.place("+4597000005", Place.TALKING)
            assert not alice.is_ringing


async def test_do_not_disturb_at_the_pbx_is_no_call_and_warns_who_passes_on(lab: Lab, tmp_path: Path):
    async def says(state: str) -> None:
        await lab.ari("POST", "asterisk/variable", variable="DEVICE_STATE(Custom:alice-dnd)", value=state)

    async with at_console(lab, tmp_path) as console:
        await console.office.house.phone("201", "ring")
        statuses = console.session.replica.statuses
        await console.until(lambda: statuses[ALICE].kind is StatusKind.FREE, "Alice is free")
        await says("BUSY")
        try:
            await console.until(lambda: statuses[ALICE].cause is Cause.DO_NOT_DISTURB, "not to be disturbed")
            assert statuses[ALICE].kind is StatusKind.BUSY
            assert {x.number: x.state for x in statuses[ALICE].lines}["201"] is LineState.DO_NOT_DISTURB
            await console.office.house.caller(number="+4597000004")
            call = await console.place("+4597000004", Place.QUEUED)
            await console.does(ask.Answer(call=call.id))
            await console.place("+4597000004", Place.TALKING)
            refused = await console.asks(ask.Transfer(call=call.id, to=Target(number="201", person=ALICE)))
            assert refused.message is not None
            assert refused.message.key == "target_away"
        finally:
            await says("NOT_INUSE")
        await console.until(lambda: statuses[ALICE].kind is StatusKind.FREE, "Alice is free again")


async def test_a_hub_that_was_killed_leaves_nobody_diverted(
    lab: Lab, tmp_path: Path, expected_logs: ExpectLogs
):
    expected_logs("the hub is away")
    settings = {"switch": {"lease_s": 3.0}, "more": sounds(lab, "da")}
    async with at_console(lab, tmp_path, **settings) as console:
        alice = await console.office.house.phone("201", "ring")
        bob = await console.office.house.phone("202", "ring")
        await frokost(console, ends_in_s=None)
        console.office.kill_hub()
        lock = DataLock(console.office.folder)
        await eventually(lambda: asyncio.to_thread(lock.acquire), "the hub's end")  # no other one may start
        await console.office.house.caller(number="+4597000003", dialled="7202")
        await bob.wait_ringing()  # who is not diverted is reached at once

        async def has_run_out() -> bool:
            """By the dial plan's clock, which knows whole seconds alone."""
            return float((await lab.noted_directly())["lease"]) < int(time.time())

        await eventually(has_run_out, "the end of the lease")
        await calls_alice(console)
        await alice.wait_ringing()
        lock.release()
        await console.until_up()  # the console has started another hub, which knows of the lunch

        async def is_known_again() -> bool:
            notes = await lab.noted_directly()
            return "201" in notes and float(notes["lease"]) > time.time()

        await eventually(is_known_again, "the lunch, by the next hub")


@pytest.mark.requirement("000-17")
async def test_a_call_to_who_talks_rings_at_once_at_the_one_who_stands_in(lab: Lab, tmp_path: Path):
    (tmp_path / "office.toml").write_text('[direct]\nwhen_busy = "stand_in"\n', encoding="utf-8")
    async with at_console(lab, tmp_path) as console:
        house = console.office.house
        alice, bob, _carol = [await house.phone(n, mode) for n, mode in FREE.items()]
        await alice.dial("203")
        await alice.wait_talking()

        async def goes_to_bob() -> bool:
            return (await lab.noted_directly()).get("201", "~~").split("~")[1:3] == ["number", "202"]

        await eventually(goes_to_bob, "the note of 201")
        await calls_alice(console)
        await bob.wait_ringing()
        assert not alice.is_ringing
        await alice.hang_up()

        async def is_usual() -> bool:
            return "201" not in await lab.noted_directly()

        await eventually(is_usual, "the end of Alice's call")
