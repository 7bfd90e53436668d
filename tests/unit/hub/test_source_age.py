"""How old the last good data of a source is, from the moment it is not well any more."""

from __future__ import annotations

from reception.errors import AuthNeeded, Unavailable
from reception.hub.presence_turn import Sources
from reception.light import Light
from reception.model.changes import Message, Source, SourceState
from reception.presence.port import TEAMS, PresenceEvent, SourceSet
from services.graph.answers import Throttled


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def source(state: SourceState, good_at: float | None = None) -> Source:
    return Source(id=TEAMS, state=state, since=0.0, good_at=good_at)


def test_what_was_well_until_now_has_data_of_now_and_it_grows_old() -> None:
    clock = Clock()
    sources = Sources(clock)
    assert sources.take(source(SourceState.CONNECTING)).source.good_at is None
    assert sources.take(source(SourceState.UP)).source.good_at is None
    clock.now = 1_060.0
    assert sources.take(source(SourceState.DOWN)).source.good_at == 1_060.0
    clock.now = 1_200.0
    assert sources.take(source(SourceState.NEEDS_SETTINGS)).source.good_at == 1_060.0
    assert sources.take(source(SourceState.DOWN, good_at=1_050.0)).source.good_at == 1_050.0, (
        "it knows better"
    )


def test_the_light_of_microsoft_says_what_is_done_about_it() -> None:
    clock, said = Clock(), list[PresenceEvent]()
    light = Light(TEAMS, said.append, clock)
    light.well()
    clock.now = 1_010.0
    light.well()
    clock.now = 1_020.0
    assert light.failed(Throttled(30.0)) == 30.0
    assert light.failed(Unavailable("unreachable", address="x")) == 10.0
    assert light.failed(AuthNeeded("microsoft_user_sign_in", app="x")) == 60.0
    told = [one for one in said if isinstance(one, SourceSet)]
    assert [one.good_at for one in told] == [None, 1_010.0, 1_010.0, 1_010.0]
    assert [one.doing for one in told[1:]] == [
        Message(key="waits_as_asked", params={"at": 1_050}),
        Message(key="tries_again", params={"at": 1_030}),
        Message(key="waits_for_somebody", params={"at": 1_080}),
    ]
