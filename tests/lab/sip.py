"""One outside caller as a SIP user agent on the trunk: small, and it does what a test says, when it says so.

The script `caller` (sipp) is for many calls at once and for sound; this one is for a test that presses a key
after something has happened. It speaks just enough SIP (RFC 3261) for loopback: UDP, no retransmissions of
its own. It counts the sound packets it hears.
"""

from __future__ import annotations

import asyncio
import math
import re
import struct
import uuid
from collections import deque
from collections.abc import Callable
from typing import Any

TIMEOUT_S = 30.0
PRIVATE = '"Anonymous" <sip:anonymous@anonymous.invalid>'


LISTEN_PACKETS = 20
"""0.4 s of sound."""
LOUD = 0.05
KEYS = 101
"""The payload type of keys (RFC 4733)."""


def _linear(byte: int) -> float:
    """Return one sample of G.711 mu-law as -1 to 1."""
    byte = ~byte & 0xFF
    sample = (((byte & 0x0F) << 3) + 0x84) << ((byte & 0x70) >> 4)
    return (0x84 - sample if byte & 0x80 else sample - 0x84) / 32768


LINEAR = [_linear(byte) for byte in range(256)]


def loudness(sound: bytes, hz: float) -> float:
    """Return how loud a tone of this pitch is in 8 kHz mu-law sound (Goertzel); full scale is 1."""
    factor, before, last = 2 * math.cos(2 * math.pi * hz / 8000), 0.0, 0.0
    for byte in sound:
        before, last = last, LINEAR[byte] + factor * last - before
    power = last * last + before * before - factor * last * before
    return 2 * math.sqrt(max(power, 0.0)) / max(len(sound), 1)


class _Ears(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self.packets = 0
        self.heard: deque[bytes] = deque(maxlen=LISTEN_PACKETS)
        self.recording = bytearray()
        self.waiting: list[asyncio.Future[None]] = []

    def datagram_received(self, data: bytes, addr: Any) -> None:
        if len(data) < 100:
            return  # a key, or RTCP
        self.packets += 1
        self.heard.append(data[12:])
        self.recording += data[12:]
        for future in self.waiting:
            if not future.done():
                future.set_result(None)
        self.waiting.clear()

    async def next_packet(self) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting.append(future)
        await future


class OutsideCaller(asyncio.DatagramProtocol):
    """A caller on the trunk. `events` has what happened: "ringing", "answered", "refused 486", "ended"."""

    def __init__(
        self,
        port: int,
        *,
        number: str = "+4930100200",
        name: str = "",
        dialled: str = "7000",
        withheld: bool = False,
        forwarded_by: str = "",
        patience_s: float = 60.0,
    ) -> None:
        self._server = ("127.0.0.1", port)
        self._number, self._name, self._dialled = number, name, dialled
        self._withheld, self._forwarded_by = withheld, forwarded_by
        self._patience_s = patience_s
        self.events: list[str] = []
        self._changed = asyncio.Event()
        self._call_id = f"{uuid.uuid4().hex}@127.0.0.1"
        self._tag = uuid.uuid4().hex[:8]
        self._branch = f"z9hG4bK{uuid.uuid4().hex}"
        self._cseq = 1
        self._to = f"<sip:{dialled}@127.0.0.1:{port}>"
        self._target = f"sip:{dialled}@127.0.0.1:{port}"
        self._ears = _Ears()
        self._transport: asyncio.DatagramTransport | None = None
        self._sound: asyncio.DatagramTransport | None = None
        self._sound_to: tuple[str, int] | None = None
        self._gives_up: asyncio.TimerHandle | None = None

    async def call(self) -> None:
        """Send the INVITE."""
        loop = asyncio.get_running_loop()
        self._sound, _ = await loop.create_datagram_endpoint(lambda: self._ears, ("127.0.0.1", 0))
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self, ("127.0.0.1", 0))
        extra = []
        if self._withheld:
            identity = f'"{self._name}" ' if self._name else ""
            extra += [f"P-Asserted-Identity: {identity}<sip:{self._number}@127.0.0.1>", "Privacy: id"]
        if self._forwarded_by:
            extra.append(f"Diversion: <sip:{self._forwarded_by}@127.0.0.1>;reason=unconditional")
        self._send(self._request("INVITE", self._branch, extra, self._offer()))
        self._gives_up = loop.call_later(self._patience_s, self._lose_patience)

    # ------------------------------------------------------------- what a test does

    @property
    def is_answered(self) -> bool:
        """True once somebody has taken the call."""
        return "answered" in self.events

    @property
    def has_ended(self) -> bool:
        """True once it is over, however."""
        return any(e.startswith(("refused", "ended")) for e in self.events)

    @property
    def packets_heard(self) -> int:
        """Sound packets received so far."""
        return self._ears.packets

    @property
    def recording(self) -> list[int]:
        """All that was heard so far: samples at 8 kHz, 16 bit."""
        return [round(32768 * LINEAR[byte]) for byte in bytes(self._ears.recording)]

    async def wait_heard(self, seconds: float) -> None:
        """Listen until so much sound has come, from the answer on."""
        async with asyncio.timeout(TIMEOUT_S):
            while len(self._ears.recording) < seconds * 8000:
                await self._ears.next_packet()

    async def wait_hears(self, *pitches: float, but_not: float | None = None) -> None:
        """Listen until these tones (Hz) are all there, and another is not, for 0.4 s."""
        try:
            async with asyncio.timeout(TIMEOUT_S):
                self._ears.heard.clear()
                while True:
                    await self._ears.next_packet()
                    if len(self._ears.heard) == LISTEN_PACKETS and self._fits(pitches, but_not):
                        return
        except TimeoutError:
            sound = b"".join(self._ears.heard)
            found = {hz: round(loudness(sound, hz), 3) for hz in (*pitches, *([but_not] if but_not else []))}
            raise AssertionError(f"the caller heard {self._ears.packets} packets, last {found}") from None

    def _fits(self, pitches: tuple[float, ...], but_not: float | None) -> bool:
        sound = b"".join(self._ears.heard)
        if not all(loudness(sound, hz) > LOUD for hz in pitches):
            return False
        return but_not is None or loudness(sound, but_not) < LOUD / 5

    async def wait_music(self) -> None:
        """Listen until there is sound, whatever it is."""
        try:
            async with asyncio.timeout(TIMEOUT_S):
                before = self._ears.packets
                while self._ears.packets < before + LISTEN_PACKETS:
                    await self._ears.next_packet()
        except TimeoutError:
            raise AssertionError("the caller hears nothing") from None

    async def hang_up(self) -> None:
        """Hang up, or give up, and wait until the switch has heard it."""
        if not self.has_ended:
            if not self.is_answered:
                self._cancel()
                await self._until(lambda: self.has_ended or self.is_answered)  # whichever was faster
            if not self.has_ended:
                await self._ask("BYE")
            await self.wait_ended()

    async def press(self, digit: str) -> None:
        """Press a key."""
        await self._ask("INFO", f"Signal={digit}\r\nDuration=160\r\n", "application/dtmf-relay")

    async def press_in_sound(self, digit: str) -> None:
        """Press a key as RFC 4733 events among the sound: 100 ms, the end sent three times."""
        assert self._sound is not None
        assert self._sound_to is not None, "nobody has answered yet"
        key = "0123456789*#ABCD".index(digit)
        for n in range(8):
            is_end, duration = n >= 5, 160 * min(n + 1, 6)
            header = struct.pack("!BBHII", 0x80, 0x80 * (n == 0) | KEYS, n, 8000, 0x5EC0FDE)
            event = struct.pack("!BBH", key, 0x80 * is_end | 10, duration)
            self._sound.sendto(header + event, self._sound_to)
            await asyncio.sleep(0.02)

    async def wait(self, event: str) -> None:
        """Wait for the first event that begins like this."""
        await self._until(lambda: any(e.startswith(event) for e in self.events))

    async def wait_answered(self) -> None:
        """Wait until somebody has taken the call."""
        await self.wait("answered")

    async def wait_ended(self) -> None:
        """Wait until it is over, however."""
        await self._until(lambda: self.has_ended)

    async def close(self) -> None:
        """Hang up and let go."""
        if self._gives_up:
            self._gives_up.cancel()
        if self._transport and not self.has_ended:
            if self.is_answered:
                self._send(self._next_request("BYE"))
            else:
                self._cancel()
        for transport in (self._transport, self._sound):
            if transport:
                transport.close()

    # ------------------------------------------------------------- SIP

    def datagram_received(self, data: bytes, addr: Any) -> None:
        text = data.decode("utf-8", "replace")
        first, *rest = text.split("\r\n\r\n", 1)[0].split("\r\n")
        headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in rest)}
        vias = [line for line in rest if line.lower().startswith("via:")]
        if first.startswith("SIP/2.0"):
            self._answered_with(int(first.split()[1]), headers)
        else:
            self._asked(first.split()[0], headers, vias)
        if found := re.search(r"^m=audio (\d+)", text, re.MULTILINE):
            self._sound_to = ("127.0.0.1", int(found[1]))

    def _answered_with(self, code: int, headers: dict[str, str]) -> None:
        method = headers.get("cseq", "").split()[-1]
        if method != "INVITE":
            self._note(f"{code} {method} {headers['cseq'].split()[0]}")
            return
        if code < 200:
            if code > 100:
                self._note("ringing")
            return
        self._to = headers["to"]
        if code < 300:
            if found := re.search(r"<(sip:[^>]+)>", headers.get("contact", "")):
                self._target = found[1]
            self._send(self._request("ACK", f"z9hG4bK{uuid.uuid4().hex}"))
            if not self.is_answered:
                self._note("answered")
            return
        self._send(self._request("ACK", self._branch))
        if not self.has_ended:
            self._note(f"refused {code}" if code != 487 else "ended by us")

    def _asked(self, method: str, headers: dict[str, str], vias: list[str]) -> None:
        if method == "ACK":
            return
        body = self._offer() if method == "INVITE" else ""
        lines = [
            "SIP/2.0 200 OK",
            *vias,
            f"From: {headers['from']}",
            f"To: {headers['to']}",
            f"Call-ID: {headers['call-id']}",
            f"CSeq: {headers['cseq']}",
            f"Contact: <sip:trunk@127.0.0.1:{self._port()}>",
        ]
        self._send(_with_body(lines, body, "application/sdp"))
        if method == "BYE":
            self._note("ended by the switch")

    def _request(
        self,
        method: str,
        branch: str,
        extra: list[str] | None = None,
        body: str = "",
        kind: str = "application/sdp",
    ) -> str:
        sender = PRIVATE if self._withheld else f"<sip:{self._number}@127.0.0.1:{self._port()}>"
        if self._name and not self._withheld:
            sender = f'"{self._name}" {sender}'
        lines = [
            f"{method} {self._target} SIP/2.0",
            f"Via: SIP/2.0/UDP 127.0.0.1:{self._port()};branch={branch}",
            f"From: {sender};tag={self._tag}",
            f"To: {self._to}",
            f"Call-ID: {self._call_id}",
            f"CSeq: {1 if method in ('INVITE', 'ACK', 'CANCEL') else self._cseq} {method}",
            f"Contact: <sip:trunk@127.0.0.1:{self._port()}>",
            "Max-Forwards: 70",
            "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE",
            *(extra or []),
        ]
        return _with_body(lines, body, kind)

    def _next_request(self, method: str, body: str = "", kind: str = "") -> str:
        self._cseq += 1
        return self._request(method, f"z9hG4bK{uuid.uuid4().hex}", None, body, kind)

    async def _ask(self, method: str, body: str = "", kind: str = "") -> None:
        self._send(self._next_request(method, body, kind))
        answer = f" {method} {self._cseq}"
        await self._until(lambda: any(e.endswith(answer) for e in self.events))
        if method == "BYE" and not self.has_ended:
            self._note("ended by us")

    def _lose_patience(self) -> None:
        if not self.is_answered and not self.has_ended:
            self._cancel()

    def _cancel(self) -> None:
        self._send(self._request("CANCEL", self._branch))

    def _offer(self) -> str:
        port = self._sound.get_extra_info("sockname")[1] if self._sound else 9
        return (
            "v=0\r\no=caller 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            f"m=audio {port} RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n"
            "a=fmtp:101 0-16\r\na=ptime:20\r\na=sendrecv\r\n"
        )

    def _port(self) -> int:
        assert self._transport is not None
        port: int = self._transport.get_extra_info("sockname")[1]
        return port

    def _send(self, text: str) -> None:
        if self._transport and not self._transport.is_closing():
            self._transport.sendto(text.encode(), self._server)

    def _note(self, event: str) -> None:
        self.events.append(event)
        self._changed.set()

    async def _until(self, is_so: Callable[[], bool]) -> None:
        try:
            async with asyncio.timeout(TIMEOUT_S):
                while not is_so():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"the caller {self._number} saw only {self.events}") from None


def _with_body(lines: list[str], body: str, kind: str) -> str:
    if body:
        lines = [*lines, f"Content-Type: {kind}"]
    return "\r\n".join([*lines, f"Content-Length: {len(body.encode())}", "", body])
