"""Teams' words for all who are followed, asked for by the plan, each told when it is different."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Final

from msgspec.structs import replace

from reception.errors import ServiceError
from reception.light import Light
from reception.model.changes import Message
from reception.presence.port import TEAMS, PresenceEvent, TeamsSet
from services.graph.accounts import Account
from services.graph.answers import Request
from services.graph.budgets import Kind, Scope
from services.graph.client import GraphClient
from services.graph.mail_settings import Replies
from services.graph.plan import Pace, Plan
from services.graph.presences import Presence, presence_of
from services.graph.settings import PresenceSettings

_log = logging.getLogger(__name__)

PERMISSION: Final = "Presence.Read.All"
_IDLE_S: Final = 3_600.0
_WINDOW_S: Final = 30.0
"""Presence is limited by the half minute."""
_DISLIKED: Final = frozenset({400, 404})
_DISLIKED_S: Final = 3_600.0
"""Somebody whom the service does not like is asked for again after so long."""
_PATIENCE_S: Final = 5.0
"""A read that is late is no news any more; the next one comes soon."""


class TeamsWords:
    """Asks Teams. `clock` gives UTC seconds."""

    def __init__(
        self,
        client: GraphClient,
        settings: PresenceSettings,
        emit: Callable[[PresenceEvent], None],
        clock: Callable[[], float],
    ) -> None:
        self._client = client
        self._emit = emit
        self._clock = clock
        self.light = Light(TEAMS, emit, clock)
        self._plan = Plan(
            watched_s=settings.watched_s,
            rest_s=settings.rest_s,
            size=settings.people_a_request,
            budget=settings.presence_requests * 60.0 / _WINDOW_S,
        )
        self._person_of: dict[str, str] = {}
        self._user_of: dict[str, str] = {}
        self._watched: Set[str] = frozenset()
        self._latest: dict[str, Presence] = {}
        self._told: dict[str, TeamsSet] = {}
        self._replies: Mapping[str, Replies] = {}
        self._wake = asyncio.Event()

    @property
    def pace(self) -> Pace:
        """How often who is asked for, and what that costs."""
        return self._plan.pace()

    def follow(self, accounts: Mapping[str, Account], people: Iterable[str]) -> None:
        """Ask for these people from now on; Teams does not know those who have lost their account."""
        self._user_of = {p: account.user for p in people if (account := accounts.get(p)) is not None}
        self._person_of = {user: person for person, user in self._user_of.items()}
        self._latest = {user: self._latest[user] for user in self._person_of if user in self._latest}
        self._plan.follow(self._person_of)
        self.watch(self._watched)
        gone = [person for person in self._told if person not in self._user_of]
        for person in gone:
            self._tell(TeamsSet(person=person))
            del self._told[person]
        self._wake.set()

    def watch(self, people: Set[str]) -> None:
        """Ask for these people more often: somebody looks at them, or waits for them."""
        self._watched = people
        self._plan.watch(user for person in people if (user := self._user_of.get(person)) is not None)
        self._wake.set()

    def take_replies(self, replies: Mapping[str, Replies]) -> None:
        """Automatic replies, by person, are as told here from now on."""
        self._replies = replies
        for presence in tuple(self._latest.values()):
            self._show(presence)

    def take(self, presence: Presence) -> None:
        """Take in what somebody's presence is; what is older than what is known changes nothing."""
        known = self._latest.get(presence.user)
        if presence.user not in self._person_of or (known is not None and presence.is_older_than(known)):
            return
        self._latest[presence.user] = presence
        self._show(presence)

    def take_pushed(self, presence: Presence) -> None:
        """Take in words that Microsoft sent: they tell neither their age nor of automatic replies."""
        known = self._latest.get(presence.user)
        if known is not None:
            presence = replace(
                presence, stamp=known.stamp, is_out_of_office=known.is_out_of_office, note=known.note
            )
        self.take(presence)

    def look_now(self, user: str) -> None:
        """Ask for somebody at once: something is different."""
        self._plan.forget(user)
        self._wake.set()

    def look_at_all_now(self) -> None:
        """Ask for everybody at once: something was missed."""
        for user in self._person_of:
            self._plan.forget(user)
        self._wake.set()

    async def run(self) -> None:
        """Ask for ever."""
        while True:
            self._wake.clear()
            pause = await self._round()
            try:
                async with asyncio.timeout(pause):
                    await self._wake.wait()
            except TimeoutError:
                pass

    # ------------------------------------------------------------- rounds

    async def _round(self) -> float:
        """Ask for those who are due; returns the seconds until the next ones are."""
        due = self._plan.due(self._clock())
        results = await asyncio.gather(*(self._ask(users) for users in due), return_exceptions=True)
        faults = [result for result in results if isinstance(result, BaseException)]
        for fault in faults:
            if not isinstance(fault, ServiceError):
                raise fault
        if faults:
            assert isinstance(faults[0], ServiceError)
            return self.light.failed(faults[0])
        self.light.well(self._slowed(), self._note())
        following = self._plan.next_at()
        return _IDLE_S if following is None else max(following - self._clock(), 0.0)

    async def _ask(self, users: Sequence[str]) -> None:
        """Ask for up to 650. Raises ServiceError, also when the service likes none of several."""
        refused = await self._ask_part(users)
        if refused is not None and len(users) > 1:
            for user in users:
                self._plan.forget(user)  # the fault is nobody's own
            raise refused

    async def _ask_part(self, users: Sequence[str]) -> ServiceError | None:
        """Ask for some; those who do not come back are unknown to Teams. Returns why none was answered for.

        One whom the service does not like must not hide the others: it is found by halves, and is left alone
        for a while. Raises ServiceError.
        """
        request = Request(
            "POST",
            "/communications/getPresencesByUserId",
            Scope(Kind.PRESENCE),
            PERMISSION,
            body={"ids": list(users)},
            expected=_DISLIKED,
        )
        answer = await self._client.ask(request, patience_s=_PATIENCE_S)
        if answer.is_well:
            self._take_all(users, [presence_of(item) for item in answer.values("presence")])
            return None
        if len(users) > 1:
            half = len(users) // 2
            parts = [await self._ask_part(part) for part in (users[:half], users[half:])]
            return next(iter(parts)) if all(part is not None for part in parts) else None
        self._plan.asked(users, self._clock() + _DISLIKED_S)
        self._unknown(users[0])
        return self._client.fault(answer, request)

    def _take_all(self, users: Sequence[str], found: Sequence[Presence]) -> None:
        self._plan.asked(users, self._clock())
        if not self.light.is_well:
            self.light.well(self._slowed(), self._note())
        for presence in found:
            self.take(presence)
        for user in set(users) - {presence.user for presence in found}:
            self._unknown(user)

    def _unknown(self, user: str) -> None:
        self._latest.pop(user, None)
        if (person := self._person_of.get(user)) is not None:
            self._tell(TeamsSet(person=person))

    # ------------------------------------------------------------- telling

    def _show(self, presence: Presence) -> None:
        person = self._person_of[presence.user]
        replies = self._replies.get(person)
        self._tell(
            TeamsSet(
                person=person,
                availability=presence.availability,
                activity=presence.activity,
                is_out_of_office=presence.is_out_of_office
                or (replies is not None and replies.are_on(self._clock())),
                note=presence.note,
            )
        )

    def _tell(self, word: TeamsSet) -> None:
        if self._told.get(word.person, TeamsSet(person=word.person)) != word:
            self._told[word.person] = word
            self._emit(word)

    def _slowed(self) -> Message | None:
        pace = self.pace
        if not pace.is_slowed:
            return None
        return Message(key="graph_slowed", params={"seconds": round(pace.rest_s)})

    def _note(self) -> Message | None:
        pace = self.pace
        if not self._plan.users:
            return None
        params: dict[str, str | float] = {
            "people": len(self._plan.users),
            "seconds": round(pace.rest_s),
            "requests": round(pace.requests),
            "budget": round(pace.budget),
        }
        return Message(key="graph_pace", params=params)
