"""A busy house: receptionists, colleagues and callers who do everything at random, and mishaps.

One seed gives one plan; what Asterisk and the telephones make of it in time is theirs. `Bustle.act` does one
thing, `Bustle.until_quiet` waits until hub and Asterisk agree, and says who was lost.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from random import Random
from typing import Any

from reception.console.api import Delta, LinkState
from reception.console.session import ConsoleSession
from reception.model import intents as ask
from reception.model.attendants import Readiness
from reception.model.calls import Call, Direction, Place, Target
from reception.model.changes import SourceState
from reception.runtime import read_runtime, runtime_file
from reception.wire import Outcome, Result
from services.asterisk.bridges import is_waiting_room
from tests.contract.rig_asterisk import Relay
from tests.e2e.truth import Picture, faults, numbers_of_callers
from tests.e2e.workplace import Office
from tests.lab.fixtures import Phone
from tests.lab.sip import OutsideCaller

COLLEAGUES = ("201", "202", "203")
DESKS = {"KLJ": "101", "MSP": "102"}
TARGETS = (*COLLEAGUES, *COLLEAGUES, "+4540112201", "+4540112202", "101", "102")
QUIET_S = 60.0
MOST_CALLERS = 9

OF_PLACE: dict[Place, tuple[type[Any], ...]] = {
    Place.QUEUED: (ask.Answer, ask.Answer, ask.RemoveCallback),
    Place.OFFERED: (ask.Answer, ask.HangUp),
    Place.TALKING: (
        *(ask.Transfer, ask.Transfer, ask.Consult, ask.Consult, ask.Consult, ask.Hold, ask.Park),
        *(ask.CampOn, ask.CampOn, ask.ToVoicemail, ask.HangUp, ask.SendDigits),
    ),
    Place.HELD: (ask.Resume, ask.Resume, ask.Transfer, ask.Consult, ask.Park, ask.TakeBack, ask.HangUp),
    Place.CONSULTING: (
        *(ask.Swap, ask.Swap, ask.Complete, ask.Complete, ask.Conference, ask.GiveUp, ask.HangUp),
    ),
    Place.CAMPED: (ask.TakeBack,),
    Place.PARKED: (ask.TakeBack,),
    Place.TRANSFERRING: (ask.TakeBack,),
    Place.DIALLING: (ask.HangUp,),
}
ANYTHING = tuple(dict.fromkeys(kind for kinds in OF_PLACE.values() for kind in kinds))


class Bustle:
    """The house and its random life. `journal` tells what was done, for whoever must mend it."""

    def __init__(self, office: Office, ari: Relay, ami: Relay, seed: int) -> None:
        self.random = Random(seed)
        self.journal: deque[str] = deque(maxlen=120)
        self.outcomes: dict[str, Outcome] = {}
        self._office, self._ari, self._ami = office, ari, ami
        self._sessions = {name: ConsoleSession(office.hub(name).locate, name="bustle") for name in DESKS}
        self._changed = asyncio.Event()
        self._callers: dict[str, OutsideCaller] = {}
        self._left: set[str] = set()  # by themselves
        self._meant: set[str] = set()  # somebody hung up on them, or sent them to a mailbox
        self._in_a_gap: set[str] = set()  # came while there was no hub: the dial plan has them
        self._asked: dict[str, tuple[str, str | None]] = {}
        self._seen: list[Call] = []
        self._hung_up: set[str] = set()
        self._is_disturbed = False
        self._has_noticed = True
        self._log_read = 0
        for session in self._sessions.values():
            session.subscribe(self._on_delta)

    # ------------------------------------------------------------------ coming and going

    async def open(self) -> None:
        """All come to work."""
        for number in (*DESKS.values(), *COLLEAGUES):
            await self._office.house.phone(number)
        await self._office.house.phone("outside")
        for name, session in self._sessions.items():
            await session.start()
            await self._until(
                lambda s=session: s.replica.link is LinkState.UP, f"the hub is there for {name}"
            )
            session.request(ask.SetReadiness(readiness=Readiness.READY))
            session.request(ask.SetGroups(groups=("main",)))
        await self.until_quiet()

    async def close(self) -> None:
        """The consoles end; the hub is told to stop."""
        for session in self._sessions.values():
            await session.close(stop_hub=True)

    async def go_home(self) -> None:
        """Everybody hangs up; nothing may stay behind, neither in the hub nor in Asterisk."""
        self._say("all go home")
        for number in tuple(self._callers):
            await self._caller_leaves(number)
        self._hung_up |= {phone.number for phone in self._phones()}
        await asyncio.gather(*(phone.close() for phone in self._phones()))
        await self.until_quiet()
        await self._until_so(self._is_empty, "nothing is left")

    async def _is_empty(self) -> str:
        picture = await self._picture()
        lines = [c for c in picture.calls.values() if c.leg is not None]
        bridges = [b for b in picture.bridges if b["channels"] or not is_waiting_room(b["id"])]
        return f"{lines} {picture.ours} {bridges}" if lines or picture.ours or bridges else ""

    # ------------------------------------------------------------------ one random thing

    async def act(self) -> None:
        """Do one thing at random."""
        things: list[tuple[int, Callable[[], Any]]] = [
            (3, self._somebody_calls),
            (2, self._a_caller_leaves),
            (1, self._a_caller_presses_5),
            (12, self._a_receptionist_asks),
            (2, self._a_phone_changes),
            (3, self._a_phone_acts),
            (1, self._a_phone_dials),
        ]
        weights = [weight for weight, _ in things]
        await self.random.choices([thing for _, thing in things], weights)[0]()

    async def _somebody_calls(self) -> None:
        if len(self._live()) >= MOST_CALLERS:
            return
        number = f"+4597{self.random.randrange(10**6):06}"
        if self._is_disturbed:
            self._in_a_gap.add(number)
        self._say(f"{number} calls")
        self._callers[number] = await self._office.house.caller(number=number, patience_s=300)

    async def _a_caller_leaves(self) -> None:
        if live := self._live():
            await self._caller_leaves(self.random.choice(live))

    async def _caller_leaves(self, number: str) -> None:
        self._say(f"{number} hangs up")
        self._left.add(number)
        await self._callers[number].hang_up()

    async def _a_caller_presses_5(self) -> None:
        if live := [n for n in self._live() if self._callers[n].is_answered]:
            number = self.random.choice(live)
            self._say(f"{number} presses 5")
            await self._callers[number].press("5")

    async def _a_receptionist_asks(self) -> None:
        name = self.random.choice(list(DESKS))
        session = self._sessions[name]
        calls = sorted(session.replica.calls.values(), key=lambda c: c.id)
        mine = [c for c in calls if c.owner == name]
        if self.random.random() < 0.12:
            self._ask(name, ask.Dial(to=Target(number=self.random.choice(TARGETS))), None)
        elif not calls or self.random.random() < 0.2:
            self._ask(name, ask.AnswerNext(), None)
        else:
            call = self.random.choice(mine if mine and self.random.random() < 0.75 else calls)
            kinds = OF_PLACE.get(call.place, ())
            kind = self.random.choice(ANYTHING if not kinds or self.random.random() < 0.1 else kinds)
            self._ask(name, self._intent(kind, call), call)
        if self.random.random() < 0.7:
            await self._until(
                lambda: not any(s.replica.pending_ids() for s in self._sessions.values()), "told"
            )

    def _intent(self, kind: type[Any], call: Call) -> ask.Intent:
        fields: dict[str, Any] = {"call": call.id}
        if "to" in kind.__struct_fields__:
            fields["to"] = Target(number=self.random.choice(TARGETS))
        if "even_if_busy" in kind.__struct_fields__:
            fields["even_if_busy"] = self.random.random() < 0.2
        if "digits" in kind.__struct_fields__:
            fields["digits"] = "1"
        intent: ask.Intent = kind(**fields)
        return intent

    def _ask(self, name: str, intent: ask.Intent, call: Call | None) -> None:
        request = self._sessions[name].request(intent)
        is_meant = isinstance(intent, (ask.HangUp, ask.ToVoicemail)) and call is not None
        self._asked[request] = (repr(intent), call.party.number if call and is_meant else None)
        self._say(f"{name} asks {intent}")

    async def _a_phone_changes(self) -> None:
        phone = self.random.choice([p for p in self._phones() if p.number not in DESKS.values()])
        mode = self.random.choice(("answer", "answer", "ring", "reject"))
        self._say(f"phone {phone.number}: {mode}")
        await phone.try_to(f"mode {mode}")

    async def _a_phone_acts(self) -> None:
        phone = self.random.choice(self._phones())
        what = self.random.choice(("answer", "answer", "hangup", "hangup", "hold", "resume", "transfer"))
        if what == "transfer":
            what = f"transfer {self.random.choice(COLLEAGUES)}"
        if what == "hangup":
            self._hung_up.add(phone.number)
        self._say(f"phone {phone.number}: {what}")
        await phone.try_to(what)

    async def _a_phone_dials(self) -> None:
        phone = self.random.choice([p for p in self._phones() if p.number in COLLEAGUES])
        number = self.random.choice(("606", "604", "7000", "701", "702", "703"))
        self._say(f"phone {phone.number}: dial {number}")
        await phone.try_to(f"dial {number}")

    # ------------------------------------------------------------------ mishaps

    async def mishap(self) -> None:
        """The hub dies, or loses Asterisk, in the middle of things; what is asked meanwhile fails."""
        what = self.random.choice(("hub", "hub", "both", "ami", "ari"))
        if read_runtime(runtime_file(self._office.folder)) is None:
            return  # the last one is not over
        self._is_disturbed, self._has_noticed = True, False
        self._in_a_gap |= {n for n in self._live() if not self._callers[n].is_answered}
        self._say(f"MISHAP {what}")
        if what == "hub":
            self._office.kill_hub()
        if what in ("both", "ari"):
            self._ari.cut()
        if what in ("both", "ami"):
            self._ami.cut()

    # ------------------------------------------------------------------ quiet

    async def until_quiet(self) -> None:
        """Wait until hub and Asterisk agree and nobody is lost; fails with all that is known."""
        await self._until_so(self._disagreement, "hub and Asterisk agree")
        self._note_who_was_meant()
        lost = [n for n in self._callers if self._callers[n].has_ended and not self._may_be_gone(n)]
        assert not lost, self._report(f"{lost} lost: {[self._callers[n].events for n in lost]}")
        self._is_disturbed = False
        self._callers = {n: c for n, c in self._callers.items() if not c.has_ended}

    async def _disagreement(self) -> str:
        self._check_log()
        replicas = [session.replica for session in self._sessions.values()]
        for replica in replicas:
            telephony = replica.sources.get("telephony")
            if replica.link is not LinkState.UP or replica.pending_ids():
                return "a console is not there, or waits"
            if telephony is None or telephony.state is not SourceState.UP:
                return "there is no telephony"
        if not self._has_noticed:
            return "the mishap is not noticed yet"
        if dict(replicas[0].calls) != dict(replicas[1].calls):
            return "the consoles differ"
        picture = await self._picture()
        found = faults(picture)
        found += self._unaccounted(picture)
        return "\n".join(found)

    def _unaccounted(self, picture: Picture) -> list[str]:
        """Every caller on the line is in exactly one call, or in the dial plan for a known reason."""
        self._note_who_was_meant()
        found = []
        known, ours = numbers_of_callers(picture), picture.ours
        channels = {
            c["caller"]["number"]: c["id"] for c in picture.channels if c["name"].startswith("PJSIP/pstn")
        }
        for number, caller in self._callers.items():
            if caller.has_ended:
                continue
            channel = channels.get(number)
            if channel is None:
                found.append(f"{number} is on the line and Asterisk has not got them")
            elif channel in ours and known[number] != 1:
                found.append(f"{number} is in {known[number]} calls")
            elif channel not in ours and number not in self._in_a_gap | self._meant:
                found.append(f"{number} has left our hands")
        return found

    def _may_be_gone(self, number: str) -> bool:
        return number in self._left | self._meant or number in self._in_a_gap

    def _note_who_was_meant(self) -> None:
        """Who may have been hung up: by an intent, or because a telephone they had to do with was."""
        for request in [r for r in self._asked if r in self.outcomes]:
            _, number = self._asked.pop(request)
            if number is not None and self.outcomes[request].result is not Result.REFUSED:
                self._meant.add(number)
        for call in self._seen:
            if call.party.number and (self._is_disturbed or self._parties_of(call) & self._hung_up):
                self._meant.add(call.party.number)
        if not any(s.replica.pending_ids() for s in self._sessions.values()):
            self._seen = list(self._sessions["KLJ"].replica.calls.values())

    def _parties_of(self, call: Call) -> set[str]:
        parties = {DESKS[call.owner]} if call.owner in DESKS else set()
        if call.target is not None:
            parties.add(call.target.number if call.target.number in COLLEAGUES else "outside")
            parties.add(call.target.number)
        return parties

    def _check_log(self) -> None:
        log = self._office.folder / "hub.log"
        text = log.read_text(encoding="utf-8") if log.exists() else ""
        new, self._log_read = text[self._log_read :], len(text)
        bad = [line for line in new.splitlines() if " ERROR " in line or "Traceback" in line]
        bad += [line for line in new.splitlines() if " WARNING " in line and "telephony is" not in line]
        assert not bad, self._report(f"in the hub's log:\n{new}")
        errors = self._office.folder / "hub-errors.log"
        assert not errors.exists() or not errors.read_text(), self._report(errors.read_text())

    # ------------------------------------------------------------------ helping hands

    async def _picture(self) -> Picture:
        replica = self._sessions["KLJ"].replica
        lab = self._office.lab
        return Picture(
            app=lab.env["PBX_LAB_APP"],
            bridges=await lab.ari_get("bridges"),
            channels=await lab.channels(),
            calls=dict(replica.calls),
            attendants=dict(replica.attendants),
        )

    def _live(self) -> list[str]:
        return [n for n, c in self._callers.items() if not c.has_ended]

    def _phones(self) -> list[Phone]:
        return list(self._office.house.phones.values())

    def _on_delta(self, delta: Delta) -> None:
        for session in self._sessions.values():
            telephony = session.replica.sources.get("telephony")
            is_up = telephony is not None and telephony.state is SourceState.UP
            self._has_noticed = self._has_noticed or not is_up or session.replica.link is not LinkState.UP
        calls = self._sessions["KLJ"].replica.calls
        self._seen += [calls[c] for c in delta.calls if c in calls and calls[c].direction is Direction.IN]
        for _, outcome in delta.settled:
            self.outcomes[outcome.id] = outcome
            if outcome.id in self._asked and outcome.result is not Result.DONE:
                key = outcome.message.key if outcome.message else ""
                self._say(f"  {outcome.result}: {key} ({self._asked[outcome.id][0][:40]})")
        self._changed.set()

    def _say(self, what: str) -> None:
        self.journal.append(what)

    def _report(self, what: str) -> str:
        calls = "\n".join(repr(c) for c in self._sessions["KLJ"].replica.calls.values())
        return f"{what}\n\nlast done:\n" + "\n".join(self.journal) + f"\n\nthe hub's calls:\n{calls}"

    async def _until(self, is_so: Callable[[], bool], what: str) -> None:
        async with asyncio.timeout(QUIET_S):
            while not is_so():
                self._changed.clear()
                await self._changed.wait()

    async def _until_so(self, ask_why_not: Callable[[], Any], what: str) -> None:
        """Ask Asterisk until there is no reason why not; fails with the last reason."""
        deadline = asyncio.get_running_loop().time() + QUIET_S
        while reason := await ask_why_not():
            assert asyncio.get_running_loop().time() < deadline, self._report(f"not {what}: {reason}")
            await asyncio.sleep(0.05)
