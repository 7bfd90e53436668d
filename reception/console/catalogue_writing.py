"""Putting people into the catalogue: all at once into an empty one, or one by one between the others."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

import msgspec

from reception.console.catalogue_places import Places, spread
from reception.console.catalogue_schema import CONTACTS
from reception.directory.fingerprint import Fingerprint
from reception.directory.folding import sort_key
from reception.directory.numbers import NumberPlan
from reception.directory.sound import SPOKEN_FROM, sounds_of
from reception.directory.texts import Texts, texts_of
from reception.model.people import ContactKind, Person

_COUNTED: Final = ("begins", "words", "name_words", "spoken")
"""The tables that count people by word."""
_INDEXES: Final = ("in_name", "anywhere")
_PAGES: Final = 4
"""Pages of each index tidied up for each changed person: that keeps pace, and takes half a millisecond."""
_Counted: TypeAlias = Mapping[str, frozenset[str]]
_NOTHING: Final = Texts(names=(), name=(), other=(), numbers=())
_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(Person).decode


class Writer:
    """Changes a catalogue; the caller begins and ends the transaction."""

    def __init__(self, db: sqlite3.Connection, plan: NumberPlan, language: str) -> None:
        self._db = db
        self._plan = plan
        self._language = language
        self._places = Places(db)
        self.reload()

    def reload(self) -> None:
        """Take the fingerprint from the file, after a transaction that may have failed."""
        row = self._db.execute("SELECT value FROM facts WHERE key='fingerprint'").fetchone()
        self._fingerprint = Fingerprint(row[0] if row else "")

    @property
    def fingerprint(self) -> str:
        """The fingerprint of everybody who is in."""
        return str(self._fingerprint)

    # -------------------------------------------------------------- many

    def fill(self, people: Iterable[Person]) -> None:
        """Put everybody into an empty catalogue. A person who comes twice is as they came last."""
        by_id = {person.id: person for person in people}
        ordered = sorted((self._sort_of(p), p.id) for p in by_id.values())
        places = spread(len(ordered))
        counted: dict[str, Counter[str]] = {table: Counter() for table in _COUNTED}
        for place, (sort, id_) in zip(places, ordered, strict=True):
            person = by_id[id_]
            texts = texts_of(person, self._plan)
            self._insert(place, sort, person, texts)
            for table, words in _counted(texts).items():
                counted[table].update(words)
        for table, people_of in counted.items():
            self._db.executemany(f"INSERT INTO {table} VALUES (?, ?)", sorted(people_of.items()))
        self._hear(counted["spoken"])
        self._places.begin(places)
        for table in _INDEXES:
            self._db.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")
        self._keep_fingerprint()

    # -------------------------------------------------------------- one by one

    def put(self, people: Iterable[Person]) -> None:
        """Add people, or replace what is known of them."""
        changed = 0
        for person in people:
            known = self._known(person.id)
            if known is None or known[1] != person:
                self._change(known, person)
                changed += 1
        self._tidy(changed)
        self._keep_fingerprint()

    def remove(self, ids: Iterable[str]) -> None:
        """Forget people. Harmless for those who are not known."""
        changed = 0
        for id_ in ids:
            if (known := self._known(id_)) is not None:
                self._change(known, None)
                changed += 1
        self._tidy(changed)
        self._keep_fingerprint()

    def _sort_of(self, person: Person) -> str:
        """Return by what people are in order: colleagues by name, then contacts, the favourite ones first."""
        key = sort_key(person.name, self._language)
        if person.contact is None:
            return key
        return f"{CONTACTS}{int(person.contact is not ContactKind.FAVOURITE)}{key}"

    def _known(self, id_: str) -> tuple[int, Person] | None:
        row = self._db.execute(
            "SELECT place, record FROM people JOIN records USING (place) WHERE id=?", (id_,)
        ).fetchone()
        return None if row is None else (row[0], _decode(row[1]))

    def _change(self, known: tuple[int, Person] | None, person: Person | None) -> None:
        before = after = _NOTHING
        if known is not None:
            place, old = known
            before = texts_of(old, self._plan)
            self._delete(place, old)
        if person is not None:
            after = texts_of(person, self._plan)
            sort = self._sort_of(person)
            place = self._places.between(sort, person.id)
            self._insert(place, sort, person, after)
            self._places.came(place)
        self._count(_counted(before), _counted(after))

    def _tidy(self, changed: int) -> None:
        """Bring together what lies apart in the indexes since so many changed: searching reads less."""
        if changed:
            for table in _INDEXES:
                sql = f"INSERT INTO {table}({table}, rank) VALUES ('merge', ?)"
                self._db.execute(sql, (_PAGES * changed,))

    def _insert(self, place: int, sort: str, person: Person, texts: Texts) -> None:
        self._db.execute("INSERT INTO people VALUES (?, ?, ?)", (place, person.id, sort))
        self._db.execute("INSERT INTO records VALUES (?, ?)", (place, _encode(person)))
        for table, words in (("in_name", texts.name), ("anywhere", texts.everything)):
            self._db.execute(f"INSERT INTO {table}(rowid, text) VALUES (?, ?)", (place, " ".join(words)))
        self._fingerprint.add(person)

    def _delete(self, place: int, person: Person) -> None:
        for table in ("people", "records", "in_name", "anywhere"):
            self._db.execute(f"DELETE FROM {table} WHERE rowid=?", (place,))
        self._places.went(place)
        self._fingerprint.remove(person)

    def _count(self, before: _Counted, after: _Counted) -> None:
        """Keep the tables of words in step with one person."""
        for table in _COUNTED:
            come, gone = after[table] - before[table], before[table] - after[table]
            for word, step in (*((w, 1) for w in come), *((w, -1) for w in gone)):
                (people,) = self._db.execute(
                    f"INSERT INTO {table} VALUES (?, ?)"
                    " ON CONFLICT DO UPDATE SET people = people + excluded.people RETURNING people",
                    (word, step),
                ).fetchone()
                if not people:
                    self._db.execute(f"DELETE FROM {table} WHERE word=?", (word,))
            if table == "spoken":
                self._hear(come)
                self._unhear(gone)

    def _hear(self, words: Iterable[str]) -> None:
        keys = sorted((sound, word) for word in words for sound in sounds_of(word))
        self._db.executemany("INSERT OR IGNORE INTO sounds VALUES (?, ?)", keys)

    def _unhear(self, words: Iterable[str]) -> None:
        for word in words:
            if self._db.execute("SELECT 1 FROM spoken WHERE word=?", (word,)).fetchone() is None:
                keys = ((sound, word) for sound in sounds_of(word))
                self._db.executemany("DELETE FROM sounds WHERE sound=? AND word=?", keys)

    def _keep_fingerprint(self) -> None:
        self._db.execute("INSERT OR REPLACE INTO facts VALUES ('fingerprint', ?)", (str(self._fingerprint),))


def _counted(texts: Texts) -> _Counted:
    """Return what of a person is counted in each table."""
    everything = {*texts.name, *texts.other, *texts.numbers}
    return {
        "begins": frozenset(word[:size] for word in everything for size in (1, 2) if len(word) >= size),
        "words": frozenset((*texts.name, *texts.other)),
        "name_words": frozenset(texts.name),
        "spoken": frozenset(word for word in texts.names if len(word) >= SPOKEN_FROM),
    }
