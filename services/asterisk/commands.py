"""How each command to a switch is carried out on Asterisk.

Facts behind it (tests/lab/FACTS.md): adding a channel to a bridge takes it out of the one it is in. A
holding bridge is silent until music is asked for, and again after it was empty: so music is asked for after
every addition. An endpoint that is not registered is a plain 500 with no event.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from reception.errors import ReceptionError
from reception.model.calls import CallerId
from reception.ports import (
    AnswerLeg,
    BringIn,
    CloseBridge,
    GiveBack,
    GoneCause,
    HangUpLeg,
    HoldLeg,
    Join,
    MarkLine,
    Originate,
    PlayPrompt,
    RingLeg,
    Role,
    SendDigits,
    SendToVoicemail,
    SetDirect,
    SwitchCommand,
)
from services.asterisk.ami import Ami
from services.asterisk.ari import Ari, Refusal
from services.asterisk.bridges import Bridges
from services.asterisk.causes import REASON_CODES
from services.asterisk.direct import DirectCalls
from services.asterisk.legs import Legs
from services.asterisk.lines import LineTable
from services.asterisk.numbers import dial_string
from services.asterisk.parse import OWN_ARGS
from services.asterisk.settings import Settings
from services.asterisk.states import DeviceWriter, Marks

ANSWER_BY_ITSELF: Final = ("PJSIP_HEADER(add,Call-Info)", "<sip:reception>;answer-after=0")
TRANSFER_IS_OURS: Final = ("PJSIP_TRANSFER_HANDLING()", "ari-only")
HIDDEN: Final = "anonymous"
SOUND: Final = "RECEPTION_SOUND"
"""What the dial plan plays before a mailbox."""


class NotReachable(ReceptionError):
    """An origination that failed at once, with why."""

    def __init__(self, leg: str, cause: GoneCause) -> None:
        super().__init__(leg, cause)
        self.leg = leg
        self.cause = cause


def keys_of(command: SwitchCommand) -> set[str]:
    """Return what must not be touched by two commands at a time: legs, bridges, numbers."""
    keys: set[str] = set()
    for field in ("leg", "peer", "bridge", "number"):
        value = getattr(command, field, None)
        if value is not None:
            keys.add(f"{'leg' if field == 'peer' else field}:{value}")
    return keys | {f"leg:{leg}" for leg in getattr(command, "legs", ())}


def shown_as(caller: CallerId) -> str:
    """Return ARI's callerId for an originated leg.

    Never empty: Asterisk would show the originator's own number then, also a withheld one.
    """
    if caller.is_withheld:
        return f'"" <{HIDDEN}>'
    name = "".join(c for c in caller.name if c.isprintable() and c not in '"\\<>')
    return f'"{name}" <{caller.number or HIDDEN}>'


def _legs_needed(command: SwitchCommand) -> Sequence[str]:
    """Return the legs without which a command has no effect; those of others are not in our table."""
    match command:
        case Join():
            return command.legs
        case BringIn() | HangUpLeg() | Originate() | CloseBridge() | MarkLine() | SetDirect():
            return ()
        case _:
            return (command.leg,)


class Commands:
    """Carries commands out; raises `Refusal`, `ServiceError` or `NotReachable` when one has no effect."""

    def __init__(
        self,
        settings: Settings,
        ari: Ari,
        ami: Ami,
        legs: Legs,
        lines: LineTable,
        marks: Marks,
        direct: DirectCalls,
    ) -> None:
        self._settings = settings
        self._ari = ari
        self._ami = ami
        self._legs = legs
        self._lines = lines
        self._marks = marks
        self._direct = direct
        self._bridges = Bridges(settings, ari)
        self._ways: dict[type[Any], Callable[[Any], Awaitable[None]]] = {
            AnswerLeg: self._answer,
            RingLeg: self._ring,
            Originate: self._originate,
            HangUpLeg: self._hang_up,
            Join: self._join,
            HoldLeg: self._hold,
            CloseBridge: self._close_bridge,
            SendToVoicemail: self._send_to_voicemail,
            GiveBack: self._give_back,
            SendDigits: self._send_digits,
            PlayPrompt: self._play,
            MarkLine: self._mark_line,
            SetDirect: self._set_direct,
            BringIn: self._bring_in,
        }

    async def carry_out(self, command: SwitchCommand) -> None:
        """Carry one command out.

        A leg that has ended for us may last a moment longer in Asterisk, which would then do as told and
        say nothing: nobody would hear of it.
        """
        if any(not self._legs.knows(leg) for leg in _legs_needed(command)):
            raise Refusal(404, "the leg is gone")
        await self._ways[type(command)](command)

    # ------------------------------------------------------------- one leg

    async def _answer(self, command: AnswerLeg) -> None:
        await self._ari.post(f"channels/{command.leg}/answer")

    async def _ring(self, command: RingLeg) -> None:
        leg = command.leg
        if self._legs.is_answered(leg):
            # An answered channel gets a tone, but a bridge would play over it.
            if bridge := self._legs.bridge_of(leg):
                await self._take_out(bridge, leg)
            self._legs.set_hears_ringing(leg, True)
        await self._ari.post(f"channels/{leg}/ring")

    async def _hang_up(self, command: HangUpLeg) -> None:
        if not self._legs.knows(command.leg):
            return  # gone, or sent on to a mailbox, where it is no longer ours to end
        code = REASON_CODES.get(command.cause)
        reason = {} if code is None else {"reason_code": str(code)}
        await self._or_gone(self._ari.delete(f"channels/{command.leg}", **reason))

    async def _send_to_voicemail(self, command: SendToVoicemail) -> None:
        settings = self._settings
        context = settings.voicemail_busy_context if command.is_busy else settings.voicemail_context
        if command.sound:
            await self._ari.post(f"channels/{command.leg}/variable", variable=SOUND, value=command.sound)
        await self._continue(command.leg, context, command.mailbox)

    async def _give_back(self, command: GiveBack) -> None:
        await self._continue(command.leg, self._settings.fallback_context, "s")

    async def _continue(self, leg: str, context: str, extension: str) -> None:
        self._legs.set_leaving(leg, True)
        try:
            await self._ari.post(f"channels/{leg}/continue", context=context, extension=extension, priority=1)
        except ReceptionError:
            self._legs.set_leaving(leg, False)
            raise

    async def _send_digits(self, command: SendDigits) -> None:
        await self._ari.post(f"channels/{command.leg}/dtmf", dtmf=command.digits)

    async def _play(self, command: PlayPrompt) -> None:
        # In the waiting room it plays to this leg only, and the music is there again afterwards.
        await self._ari.post(f"channels/{command.leg}/play", media=self._settings.prompt(command.prompt))

    async def _originate(self, command: Originate) -> None:
        endpoint = dial_string(command.to, self._lines.device_of(command.to), self._settings)
        if endpoint is None:
            raise NotReachable(command.leg, GoneCause.UNREACHABLE)
        variables = {"CALL_REF": command.call, "CALL_ROLE": str(command.role)}
        if command.auto_answer:
            variables |= dict([ANSWER_BY_ITSELF])
        if command.role is not Role.PARTY:
            variables |= dict([TRANSFER_IS_OURS])
        params = {
            "endpoint": endpoint,
            "app": self._settings.app,
            "appArgs": OWN_ARGS,
            "callerId": shown_as(command.caller),
            "timeout": max(1, math.ceil(command.timeout_s)),
            "variables": variables,
        }
        try:
            await self._place(command, params)
        except Refusal as refusal:
            # "Allocation failed": not registered, or no such endpoint.
            is_away = refusal.status == 500
            cause = GoneCause.UNREACHABLE if is_away else GoneCause.FAILED
            raise NotReachable(command.leg, cause) from refusal

    async def _place(self, command: Originate, params: dict[str, Any]) -> None:
        path = f"channels/{command.leg}"
        if command.originator and self._legs.knows(command.originator):
            try:
                await self._ari.post(path, **params, originator=command.originator)
            except Refusal as refusal:
                if "originator" not in refusal.detail:
                    raise
            else:
                return
        await self._ari.post(path, **params)

    # ------------------------------------------------------------- bridges

    async def _join(self, command: Join) -> None:
        bridge = await self._bridges.talk(command.bridge)
        missing = [leg for leg in command.legs if leg not in bridge.channels]
        for leg in command.legs:
            self._legs.set_joined(leg)
            await self._silence(leg)
        if missing:
            await self._ari.post(f"bridges/{bridge.id}/addChannel", channel=missing)
        for leg in bridge.channels:
            if leg not in command.legs:
                await self._take_out(bridge.id, leg)

    async def _take_out(self, bridge: str, leg: str) -> None:
        await self._or_gone(self._ari.post(f"bridges/{bridge}/removeChannel", channel=leg))

    async def _hold(self, command: HoldLeg) -> None:
        await self._silence(command.leg)
        await self._bridges.take_into_waiting_room(command.leg)

    async def _silence(self, leg: str) -> None:
        """End the ringing tone that we let this leg hear."""
        if self._legs.hears_ringing(leg):
            self._legs.set_hears_ringing(leg, False)
            await self._or_gone(self._ari.delete(f"channels/{leg}/ring"))

    async def _close_bridge(self, command: CloseBridge) -> None:
        await self._bridges.close(command.bridge)

    @staticmethod
    async def _or_gone(request: Awaitable[None]) -> None:
        """Make a request whose object may be gone already: then its aim is reached."""
        try:
            await request
        except Refusal as refusal:
            if refusal.status not in (400, 404, 409, 422):
                raise

    # ------------------------------------------------------------- the rest

    async def _mark_line(self, command: MarkLine) -> None:
        writer = DeviceWriter(self._ari, self._ami, self._lines, self._settings.marks_context)
        await self._marks.write(writer, command.number)

    async def _set_direct(self, command: SetDirect) -> None:
        await self._direct.write(self._ami, self._lines, command)

    async def _bring_in(self, command: BringIn) -> None:
        settings = self._settings
        place = {"Context": settings.bring_in_context, "Exten": "s", "Priority": "1"}
        extra = {f"Extra{key}": value for key, value in place.items()}
        if command.peer is not None:
            await self._ami.ask("Redirect", Channel=command.leg, ExtraChannel=command.peer, **place, **extra)
        else:
            await self._ami.ask("Redirect", Channel=command.leg, **place)
