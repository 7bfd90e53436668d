"""What is read and written, in SQLAlchemy's words: the same on both databases.

All functions work in the transaction that is open on their connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final, TypeVar

import msgspec
from sqlalchemy import Connection, Delete, Select, Table, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from reception.model.attendants import Attendant
from reception.model.calls import Call, Spoken
from reception.model.people import Person
from reception.model.stored import Account, Batch, DayRecord, KeptEntry, StoredOutcome, StoredState
from reception.model.sync import OwnSession
from services.store import tables

OUTCOMES_KEPT_S: Final = 24 * 3600.0
"""Requests are repeated within seconds; a day is plenty."""

T = TypeVar("T")
_encode: Final = msgspec.json.Encoder().encode


class Unreadable(Exception):
    """A stored row is not what it should be; says which and why."""


# ------------------------------------------------------------------ reading


def load(connection: Connection) -> StoredState:
    """Read everything. Raises Unreadable."""
    spoken, day, kept = tables.spoken, tables.day, tables.outcomes
    return StoredState(
        calls=_all(connection, _ordered(tables.calls), Call),
        attendants=_all(connection, _ordered(tables.attendants), Attendant),
        people=_all(connection, _people(), Person),
        day=next(iter(_all(connection, select(day.c.row), DayRecord)), None),
        spoken=tuple(
            (number, _decoded(row, Spoken))
            for number, row in connection.execute(
                select(spoken.c.number, spoken.c.row).order_by(spoken.c.at, spoken.c.number)
            )
        ),
        entries=_all(connection, _ordered(tables.entries), KeptEntry),
        accounts=_all(connection, _ordered(tables.accounts), Account),
        sessions=_all(connection, _ordered(tables.sessions), OwnSession),
        outcomes=tuple(
            StoredOutcome(key=key, outcome=outcome, at=at)
            for key, outcome, at in connection.execute(
                select(kept.c.intent, kept.c.outcome, kept.c.at).order_by(kept.c.at, kept.c.intent)
            )
        ),
    )


def _ordered(table: Table) -> Select[Any]:
    (key,) = table.primary_key
    return select(table.c.row).order_by(key)


def _people() -> Select[Any]:
    people, directory = tables.people, tables.directory
    return (
        select(people.c.row)
        .join(directory, directory.c.generation == people.c.generation)
        .order_by(people.c.position)
    )


def _all(connection: Connection, query: Select[Any], kind: type[T]) -> tuple[T, ...]:
    return tuple(_decoded(row, kind) for row in connection.execute(query).scalars())


def _decoded(row: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(row, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unreadable(f"a stored {kind.__name__.lower()} is unreadable: {error}") from error


# ------------------------------------------------------------------ writing


def save(connection: Connection, batch: Batch) -> None:
    """Keep and forget what a batch says."""
    write = _Writer(connection)
    write.keep(tables.calls, [(call.id, _encode(call)) for call in batch.calls])
    write.forget(tables.calls, batch.ended)
    write.keep(tables.attendants, [(one.id, _encode(one)) for one in batch.attendants])
    write.keep(tables.spoken, [(number, one.at, _encode(one)) for number, one in batch.spoken])
    write.forget(tables.spoken, batch.forgotten)
    write.keep(tables.entries, [(entry.key, _encode(entry)) for entry in batch.entries])
    write.forget(tables.entries, batch.removed)
    write.keep(tables.accounts, [(account.person, _encode(account)) for account in batch.accounts])
    write.keep(tables.sessions, [(one.person.id, _encode(one)) for one in batch.sessions])
    write.forget(tables.sessions, batch.cleared)
    write.keep(tables.day, [(1, _encode(batch.day))] if batch.day is not None else [])
    write.keep(tables.outcomes, [(one.key, one.outcome, one.at) for one in batch.outcomes], is_final=True)
    if batch.outcomes:
        too_old = max(one.at for one in batch.outcomes) - OUTCOMES_KEPT_S
        connection.execute(delete(tables.outcomes).where(tables.outcomes.c.at < too_old))


class _Writer:
    """Writes rows; what is there under the same key is replaced, or stays where it `is_final`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, table: Table, rows: Sequence[tuple[object, ...]], *, is_final: bool = False) -> None:
        if rows:
            names = table.columns.keys()
            values = [dict(zip(names, row, strict=True)) for row in rows]
            self._connection.execute(_upsert(table, self._connection.dialect.name, is_final), values)

    def forget(self, table: Table, keys: Iterable[str]) -> None:
        if values := [{"gone": key} for key in keys]:
            self._connection.execute(_delete(table), values)


@cache
def _upsert(table: Table, dialect: str, is_final: bool) -> Any:
    # The two have the same words for it, but no common type.
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect](table)
    if is_final:
        return insert.on_conflict_do_nothing()
    keys = [column.name for column in table.primary_key]
    others = {name: insert.excluded[name] for name in table.columns.keys() if name not in keys}  # noqa: SIM118
    return insert.on_conflict_do_update(index_elements=keys, set_=others)


@cache
def _delete(table: Table) -> Delete:
    (key,) = table.primary_key
    return delete(table).where(key == bindparam("gone"))


# ------------------------------------------------------------------ a new directory


def begin_people(connection: Connection) -> int:
    """Return the number of a new generation, higher than all of which there are rows."""
    highest = connection.execute(select(func.max(tables.people.c.generation))).scalar_one()
    holding = connection.execute(select(tables.directory.c.generation)).scalar_one()
    return int(max(highest or 0, holding)) + 1


def add_people(connection: Connection, generation: int, position: int, people: Sequence[Person]) -> None:
    """Write some of a generation's people, beginning at a position."""
    rows = [(generation, n, _encode(person)) for n, person in enumerate(people, start=position)]
    _Writer(connection).keep(tables.people, rows)


def turn_to(connection: Connection, generation: int) -> None:
    """Let a generation be the directory."""
    _Writer(connection).keep(tables.directory, [(1, generation)])


def forget_others(connection: Connection, below: int) -> None:
    """Remove people of generations that do not hold, up to a position."""
    people = tables.people
    holding = select(tables.directory.c.generation).scalar_subquery()
    connection.execute(delete(people).where(people.c.generation != holding, people.c.position < below))


def highest_of_others(connection: Connection) -> int:
    """Return the highest position in generations that do not hold, -1 if there are none."""
    people = tables.people
    holding = select(tables.directory.c.generation).scalar_subquery()
    highest = select(func.max(people.c.position)).where(people.c.generation != holding)
    found = connection.execute(highest).scalar_one()
    return -1 if found is None else int(found)
