"""The console's copy of the hub's state."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reception.console.api import LinkState
from reception.console.replica import Replica
from reception.hub.changelog import ChangeLog
from reception.model.attendants import Attendant
from reception.model.calls import Call, CallerId, Direction, EndReason, Place
from reception.model.changes import (
    AttendantChanged,
    CallChanged,
    CallEnded,
    Change,
    GroupChanged,
    GroupRemoved,
    Message,
    Notice,
    PersonChanged,
    PersonRemoved,
    Source,
    SourceChanged,
    SourceState,
    StatusChanged,
)
from reception.model.groups import AttendantGroup
from reception.model.lines import PersonStatus, StatusKind
from reception.model.people import Person
from reception.wire import PROTOCOL, Changes, Slice, Welcome, decode_to_console, encode

IDS = ("a", "b", "c")


def call(call_id: str = "a", since: float = 0.0) -> Call:
    return Call(
        id=call_id,
        direction=Direction.IN,
        party=CallerId(number="+4533112233"),
        leg=f"leg-{call_id}",
        place=Place.QUEUED,
        arrived_at=0.0,
        since=since,
    )


def welcome(*, resumed: bool = False, epoch: str = "e1", now: float = 100.0) -> Welcome:
    return Welcome(protocol=PROTOCOL, epoch=epoch, attendant="KLJ", hub_version="0", now=now, resumed=resumed)


def filled(*calls: Call, upto: int = 1) -> Replica:
    replica = Replica()
    replica.on_welcome(welcome(), now=100.0)
    replica.on_slice(Slice(upto=upto, is_first=True, is_last=True, calls=calls))
    return replica


ids = st.sampled_from(IDS)
moments = st.integers(0, 5).map(float)
changes = st.one_of(
    st.builds(lambda i, t: CallChanged(call=call(i, t)), ids, moments),
    st.builds(lambda i, r: CallEnded(call=i, reason=r), ids, st.sampled_from(EndReason)),
    st.builds(lambda i: AttendantChanged(attendant=Attendant(id=i, name=i, number="1")), ids),
    st.builds(
        lambda i, t: GroupChanged(group=AttendantGroup(id=i, name=i, number="7", ring_s=t)), ids, moments
    ),
    st.builds(lambda i: GroupRemoved(group=i), ids),
    st.builds(lambda i, t: PersonChanged(person=Person(id=i, name=str(t))), ids, moments),
    st.builds(lambda i: PersonRemoved(person=i), ids),
    st.builds(
        lambda i, k: StatusChanged(status=PersonStatus(person=i, kind=k, since=0.0)),
        ids,
        st.sampled_from(StatusKind),
    ),
    st.builds(
        lambda s: SourceChanged(source=Source(id="x", state=s, since=0.0)), st.sampled_from(SourceState)
    ),
    st.builds(lambda i: Notice(id=i, to=(), at=0.0, message=Message(key="k")), ids),
)


class Model:
    """The hub's state, kept in the plainest way."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, Any]] = {
            name: {} for name in ("calls", "attendants", "groups", "people", "statuses", "sources")
        }

    def apply(self, change: Change) -> None:
        tables = self.tables
        match change:
            case CallChanged(call=value):
                tables["calls"][value.id] = value
            case CallEnded(call=key):
                tables["calls"].pop(key, None)
            case AttendantChanged(attendant=value):
                tables["attendants"][value.id] = value
            case GroupChanged(group=value):
                tables["groups"][value.id] = value
            case GroupRemoved(group=key):
                tables["groups"].pop(key, None)
            case PersonChanged(person=value):
                tables["people"][value.id] = value
            case PersonRemoved(person=key):
                tables["people"].pop(key, None)
                tables["statuses"].pop(key, None)
            case StatusChanged(status=value):
                tables["statuses"][value.person] = value
            case SourceChanged(source=value):
                tables["sources"][value.id] = value

    def slices(self, upto: int, size: int) -> list[Slice]:
        items = [(name, value) for name, table in self.tables.items() for value in table.values()]
        parts = [items[n : n + size] for n in range(0, len(items), size)] or [[]]
        return [
            Slice(
                upto=upto,
                is_first=n == 0,
                is_last=n == len(parts) - 1,
                **{name: tuple(v for k, v in part if k == name) for name in self.tables},
            )
            for n, part in enumerate(parts)
        ]


def shown(replica: Replica) -> dict[str, dict[str, Any]]:
    names = ("calls", "attendants", "groups", "people", "statuses", "sources")
    return {name: dict(getattr(replica, name)) for name in names}


@settings(max_examples=300, deadline=None)
@given(
    before=st.lists(changes, max_size=20),
    after=st.lists(changes, max_size=30),
    cuts=st.lists(st.integers(0, 30), max_size=6),
    size=st.integers(1, 7),
    drop_at=st.integers(0, 40),
)
def test_snapshot_and_changes_in_any_slicing_equal_the_hubs_state(
    before: list[Change], after: list[Change], cuts: list[int], size: int, drop_at: int
) -> None:
    hub, log, replica = Model(), ChangeLog(), Replica()
    for change in before:
        hub.apply(change)
    log.append(before)
    frames: list[Any] = [welcome(), *hub.slices(log.upto, size)]
    edges = sorted({0, len(after), *(c for c in cuts if c < len(after))})
    for start, end in itertools.pairwise(edges):
        numbered = log.append(after[start:end])
        frames.append(Changes(upto=numbered[-1][0], items=tuple(c for _, c in numbered)))
    for change in after:
        hub.apply(change)

    for n, frame in enumerate(frames):
        if n == drop_at:  # the line drops here, and comes back
            break
        feed(replica, frame)
    missed = log.since(replica.have) if replica.epoch == "e1" else None
    feed(replica, welcome(resumed=missed is not None))
    if missed is None:
        for part in hub.slices(log.upto, size):
            feed(replica, part)
    elif missed:
        feed(replica, Changes(upto=missed[-1][0], items=tuple(c for _, c in missed)))

    assert shown(replica) == hub.tables
    assert replica.have == log.upto
    assert replica.link is LinkState.UP


def feed(replica: Replica, frame: Any) -> Any:
    frame = decode_to_console(encode(frame))
    match frame:
        case Welcome():
            return replica.on_welcome(frame, now=0.0)
        case Slice():
            return replica.on_slice(frame)
        case _:
            return replica.on_changes(frame)


@settings(max_examples=200, deadline=None)
@given(items=st.lists(changes, max_size=30))
def test_a_delta_names_everything_that_is_different(items: list[Change]) -> None:
    replica = filled()
    before = shown(replica)
    delta = replica.on_changes(Changes(upto=5, items=tuple(items)))
    after = shown(replica)
    for name in ("attendants", "groups", "people", "statuses", "sources"):
        keys = before[name].keys() | after[name].keys()
        different = {k for k in keys if before[name].get(k) != after[name].get(k)}
        if name == "statuses":  # a person who left takes the status along
            different -= delta.people
        assert different <= getattr(delta, name)
    assert set(after["calls"]) == set(delta.calls)
    assert not set(delta.calls) & set(delta.ended)
    assert set(before["calls"]) - set(after["calls"]) <= set(delta.ended)
    assert [n.id for n in delta.notices] == [c.id for c in items if isinstance(c, Notice)]


def test_a_broken_snapshot_leaves_the_last_known_state() -> None:
    replica = filled(call("a"), upto=7)
    replica.on_welcome(welcome(epoch="e2"), now=0.0)
    assert replica.on_slice(Slice(upto=1, is_first=True, is_last=False, calls=(call("b"),))) is None
    assert set(replica.calls) == {"a"}
    replica.on_welcome(welcome(epoch="e2"), now=0.0)  # the line dropped and came back
    assert replica.on_slice(Slice(upto=1, is_first=False, is_last=True, calls=(call("c"),))) is None
    assert set(replica.calls) == {"a"}
    assert (replica.epoch, replica.have) == ("", 0)


def test_a_snapshot_begun_anew_forgets_its_first_beginning() -> None:
    replica = filled()
    replica.on_slice(Slice(upto=2, is_first=True, is_last=False, calls=(call("a"),)))
    replica.on_slice(Slice(upto=3, is_first=True, is_last=True, calls=(call("b"),)))
    assert set(replica.calls) == {"b"}
    assert replica.have == 3


def test_the_link_is_up_only_when_there_is_a_whole_state_to_show() -> None:
    replica = Replica()
    assert replica.on_welcome(welcome(), now=0.0) is None
    assert replica.link is LinkState.STARTING
    delta = replica.on_slice(Slice(upto=0, is_first=True, is_last=True))
    assert delta is not None
    assert delta.link
    assert delta.is_reset
    assert replica.link is LinkState.UP


def test_the_hubs_clock_is_known_by_its_offset() -> None:
    replica = Replica()
    replica.on_welcome(welcome(now=130.0), now=100.0)
    assert replica.clock_offset_s == 30.0
    assert replica.me == "KLJ"


def test_a_call_that_comes_and_goes_in_one_frame_is_ended_only() -> None:
    replica = filled()
    ended = CallEnded(call="a", reason=EndReason.CALLER_HUNG_UP)
    delta = replica.on_changes(Changes(upto=2, items=(CallChanged(call=call("a")), ended)))
    assert delta.calls == frozenset()
    assert delta.ended == {"a": EndReason.CALLER_HUNG_UP}
