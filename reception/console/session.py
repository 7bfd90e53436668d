"""A console at work: its copy of the hub's state, and intents that each end in exactly one outcome.

A request is pending until its `Outcome` comes. When the line breaks in between, it is sent again under the
same id as soon as the line is back (the hub carries out an id once); after `REQUEST_TIMEOUT_S` it ends as
TIMED_OUT. A request made while there is no line ends as FAILED at once: nothing that a receptionist asked
for happens by surprise later.
"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Final

from reception.console.api import Delta, LinkState
from reception.console.replica import Replica
from reception.console.setup_calls import SetupCalls
from reception.model.changes import Message
from reception.model.intents import Intent
from reception.model.setup import SetupAnswer, SetupSaid, SetupTask
from reception.wire import (
    Changes,
    Outcome,
    PhotosSaid,
    Request,
    Result,
    Slice,
    ToConsole,
    ToHub,
    Welcome,
    encode,
)

if TYPE_CHECKING:
    from reception.console.link import Link, Locate, Pace
    from reception.console.photos import OnPhoto, Photos

_log = logging.getLogger(__name__)

REQUEST_TIMEOUT_S: Final = 10.0
SAVE_EVERY_S: Final = 5.0
_AGAIN_FIRST_S: Final = 30.0
_AGAIN_LONGEST_S: Final = 900.0
"""Between two times that the hub is asked for everybody again; each pause is twice the one before."""
_CHECK_EVERY_S: Final = 0.5
_BREATH_S: Final = 0.002
"""Between two pieces of work for the disk, or two large frames, so that keys and painting come first."""
_LARGE: Final = 50
"""Changes in one frame after which the loop goes round before the next one is taken."""


class ConsoleSession:
    """The console's side of the protocol; implements `reception.console.options.RunningSession`.

    `locate` finds the hub; `replica` is what is shown already, from disk; `on_closed` is awaited at the end
    of `close` with what `close` was given (a hub of our own is waited for there).
    """

    def __init__(
        self,
        locate: Locate,
        *,
        replica: Replica | None = None,
        name: str = "",
        clock: Callable[[], float] = time.time,
        request_timeout_s: float = REQUEST_TIMEOUT_S,
        pace: Pace | None = None,
        on_closed: Callable[[bool], Awaitable[None]] | None = None,
    ) -> None:
        self._locate = locate
        self._name = name
        self._clock = clock
        self._timeout_s = request_timeout_s
        self._pace = pace
        self._on_closed = on_closed
        self._replica = replica if replica is not None else Replica()
        self._listeners: list[Callable[[Delta], None]] = []
        self._deadlines: dict[str, float] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._work_timer: asyncio.TimerHandle | None = None
        self._save_timer: asyncio.TimerHandle | None = None
        self._again_at = 0.0
        self._again_s = _AGAIN_FIRST_S
        self._is_large = False
        self._setup = SetupCalls()
        self._photos: Photos | None = None
        self._link: Link | None = None
        self._is_closed = False

    @property
    def replica(self) -> Replica:
        """What the window shows."""
        return self._replica

    def subscribe(self, listener: Callable[[Delta], None]) -> Callable[[], None]:
        """Call `listener` with each delta, on the loop's thread; returns its own undo."""
        self._listeners.append(listener)

        def undo() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return undo

    def request(self, intent: Intent) -> str:
        """Send an intent; returns its id at once. The outcome comes in a delta, exactly one."""
        request = Request(id=str(uuid.uuid4()), intent=intent)
        loop = asyncio.get_running_loop()
        self._replica.add_pending(request.id, intent)
        if self._send_frame(request):
            self._deadlines[request.id] = loop.time() + self._timeout_s
            self._arm_timer()
        else:
            # Not before the caller knows the id.
            loop.call_soon(self._settle, _failed(request.id))
        return request.id

    def set_up(self, task: SetupTask, on_said: Callable[[SetupAnswer], None]) -> None:
        """Ask for something about the hub's settings; the last answer ends it, and always comes."""
        asked = self._setup.ask(task, on_said)
        if not self._send_frame(asked):
            asyncio.get_running_loop().call_soon(self._setup.end_all)

    def want_photos(self, size: int, people: Sequence[str], on_photo: OnPhoto) -> None:
        """Look for photos of these colleagues, `size` pixels wide; `on_photo` hears of them, and later of
        others in their place. The first one that asks is the one that hears."""
        if self._photos is None:
            from reception.console.photos import Photos  # many houses have none

            folder = self._replica.folder
            self._photos = Photos(folder / "photos" if folder else None, self._send_frame, on_photo)
        self._photos.want(size, people)

    def _send_frame(self, frame: ToHub) -> bool:
        is_up = self._replica.link is LinkState.UP and self._link is not None
        return is_up and self._link is not None and self._link.send(encode(frame))

    async def start(self) -> None:
        """Begin connecting in the background; returns at once."""
        from reception.console.link import Link  # the network is loaded after the first paint

        self._link = Link(self._locate, self, name=self._name, pace=self._pace)
        self._link.start()
        self._save_timer = asyncio.get_running_loop().call_later(SAVE_EVERY_S, self._save)

    def come_anew(self) -> None:
        """Somebody has signed in: begin with a whole snapshot, for it may be somebody else than before."""
        self._replica.forget_position()
        self.try_now()

    def sign_out(self) -> None:
        """Somebody has signed out: the hub forgets them, and nothing they asked for is asked again.

        Their call goes on, with the telephone.
        """
        if self._link is not None:
            self._link.sign_out()
        for request in self._replica.pending_ids():
            self._settle(_failed(request))

    def try_now(self) -> None:
        """Try to connect without waiting any longer: something is different from before.

        What comes of it is told, also when it is what came the last time.
        """
        if self._link is not None and self._replica.link is not LinkState.UP:
            self.on_link(LinkState.STARTING, None)
            self._link.try_now()

    async def close(self, stop_hub: bool) -> None:
        """Say goodbye and end. Every request still pending ends as FAILED first."""
        if self._is_closed:
            return
        self._is_closed = True
        for request in self._replica.pending_ids():
            self._settle(_failed(request))
        self._setup.end_all()
        if self._photos is not None:
            self._photos.close()
        for timer in (self._timer, self._work_timer, self._save_timer):
            if timer is not None:
                timer.cancel()
        self._timer = None
        if self._link is not None:
            await self._link.close(stop_hub=stop_hub)
        self._replica.close()
        if self._on_closed is not None:
            await self._on_closed(stop_hub)

    # -------------------------------------------------------------- what the link says

    def position(self) -> tuple[str, int]:
        """Return the epoch and change number we have."""
        return self._replica.epoch, self._replica.have

    def people(self) -> str:
        """Return the fingerprint of the people we have."""
        return self._replica.fingerprint

    async def room(self) -> None:
        """Wait until the next frame can be taken in: what is large goes to the disk in between."""
        while self._replica.is_overloaded:
            self._tell(self._replica.work())
            await asyncio.sleep(0)
        if self._is_large:
            self._is_large = False
            await asyncio.sleep(_BREATH_S)

    def on_frame(self, frame: ToConsole) -> None:
        """Apply a frame and tell what is different."""
        was_up = self._replica.link is LinkState.UP
        match frame:
            case Changes():
                self._is_large = len(frame.items) > _LARGE
                self._tell(self._replica.on_changes(frame))
            case Outcome():
                self._settle(frame)
            case SetupSaid():
                self._setup.hear(frame)
            case PhotosSaid():
                if self._photos is not None:
                    self._photos.hear(frame)
            case Slice():
                self._is_large = True
                self._tell(self._replica.on_slice(frame))
            case Welcome():
                if self._photos is not None:
                    self._photos.begin_anew()
                self._tell(self._replica.on_welcome(frame, now=self._clock()))
            case _:
                _log.debug("the link keeps %s to itself", type(frame).__name__)
        if not was_up and self._replica.link is LinkState.UP:
            self._send_pending_again()
        self._arm_work()

    def on_link(self, state: LinkState, message: Message | None) -> None:
        """Show that the line is gone or refused; what is shown stays, marked as the last known."""
        if state is not LinkState.UP:
            self._setup.end_all()
        if (state, message) != (self._replica.link, self._replica.link_message):
            self._tell(self._replica.set_link(state, message))

    def on_nonsense(self) -> None:
        """Start again from a snapshot."""
        self._replica.forget_position()

    # -------------------------------------------------------------- the disk

    def _arm_work(self) -> None:
        pause = self._replica.work_in_s
        if pause is not None and self._work_timer is None and not self._is_closed:
            delay = max(pause, _BREATH_S)
            self._work_timer = asyncio.get_running_loop().call_later(delay, self._work)

    def _work(self) -> None:
        self._work_timer = None
        self._tell(self._replica.work())
        self._arm_work()

    def _save(self) -> None:
        """Write what the next start is to show, piece by piece, then wait for the next time.

        Also asks the hub for everybody again if the people on disk were lost meanwhile, or not written.
        """
        delay = _BREATH_S if self._replica.save() else SAVE_EVERY_S
        self._save_timer = asyncio.get_running_loop().call_later(delay, self._save)
        if self._replica.must_send:
            self._ask_for_everybody()
        elif self._replica.fingerprint:  # they are all there
            self._again_at, self._again_s = 0.0, _AGAIN_FIRST_S

    def _ask_for_everybody(self) -> None:
        """Begin anew with the hub: at once, and ever more rarely while it does not help (a full disk)."""
        now = asyncio.get_running_loop().time()
        if now < self._again_at or self._replica.link is not LinkState.UP or self._link is None:
            return
        self._again_at, self._again_s = now + self._again_s, min(2 * self._again_s, _AGAIN_LONGEST_S)
        self._replica.forget_position()
        self._link.begin_again()

    # -------------------------------------------------------------- requests

    def _send_pending_again(self) -> None:
        for request in self._replica.pending_ids():
            if request in self._deadlines and self._link is not None:
                self._link.send(encode(Request(id=request, intent=self._replica.pending[request])))

    def _settle(self, outcome: Outcome) -> None:
        intent = self._replica.settle(outcome.id)
        self._deadlines.pop(outcome.id, None)
        if intent is not None:  # a late outcome of a request that timed out is no second one
            self._tell(Delta(settled=((intent, outcome),)))

    def _arm_timer(self) -> None:
        """Keep one short timer for all requests: long ones pile up in a Qt loop (pitfall 10)."""
        if self._timer is None and self._deadlines and not self._is_closed:
            self._timer = asyncio.get_running_loop().call_later(
                min(_CHECK_EVERY_S, self._timeout_s), self._end_overdue
            )

    def _end_overdue(self) -> None:
        self._timer = None
        now = asyncio.get_running_loop().time()
        for request in [r for r, deadline in self._deadlines.items() if deadline <= now]:
            message = Message(key="timed_out")
            self._settle(Outcome(id=request, result=Result.TIMED_OUT, message=message))
        self._arm_timer()

    def _tell(self, delta: Delta | None) -> None:
        if delta is None:
            return
        loop = asyncio.get_running_loop()
        for listener in tuple(self._listeners):
            # Each on its own: a fault of one reaches the loop's handler and harms nobody else.
            loop.call_soon(self._call, listener, delta)

    def _call(self, listener: Callable[[Delta], None], delta: Delta) -> None:
        if listener in self._listeners:
            listener(delta)


def _failed(request: str) -> Outcome:
    return Outcome(id=request, result=Result.FAILED, message=Message(key="hub_away"))
