"""Putting people into the catalogue: all at once into an empty one, or one by one between the others."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from reception.console.catalogue_places import Places, spread
from reception.directory.fingerprint import Fingerprint
from reception.directory.folding import sort_key
from reception.directory.numbers import NumberPlan
from reception.directory.sound import sounds_of
from reception.directory.texts import Texts, texts_of
from reception.model.people import Person

_SPOKEN_FROM: Final = 3
"""Letters from which a word of a name is listened to."""
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
        ordered = sorted((sort_key(p.name, self._language), p.id) for p in by_id.values())
        places = spread(len(ordered))
        begins, names = Counter[str](), Counter[str]()
        for place, (sort, id_) in zip(places, ordered, strict=True):
            person = by_id[id_]
            texts = texts_of(person, self._plan)
            self._insert(place, sort, person, texts)
            begins.update(_begins(texts))
            names.update(_heard(texts))
        self._db.executemany("INSERT INTO begins VALUES (?, ?)", sorted(begins.items()))
        self._db.executemany("INSERT INTO names VALUES (?, ?)", sorted(names.items()))
        sounds = sorted((sound, word) for word in names for sound in sounds_of(word))
        self._db.executemany("INSERT INTO sounds VALUES (?, ?)", sounds)
        self._places.begin(places)
        self._db.execute("INSERT INTO found(found) VALUES ('optimize')")
        self._keep_fingerprint()

    # -------------------------------------------------------------- one by one

    def put(self, people: Iterable[Person]) -> None:
        """Add people, or replace what is known of them."""
        for person in people:
            row = self._known(person.id)
            if row is not None:
                if row[1] == person:
                    continue
                self._remove(*row)
            self._add(person)
        self._keep_fingerprint()

    def remove(self, ids: Iterable[str]) -> None:
        """Forget people. Harmless for those who are not known."""
        for id_ in ids:
            if (row := self._known(id_)) is not None:
                self._remove(*row)
        self._keep_fingerprint()

    def _known(self, id_: str) -> tuple[int, Person] | None:
        row = self._db.execute(
            "SELECT place, record FROM people JOIN records USING (place) WHERE id=?", (id_,)
        ).fetchone()
        return None if row is None else (row[0], _decode(row[1]))

    def _add(self, person: Person) -> None:
        sort = sort_key(person.name, self._language)
        texts = texts_of(person, self._plan)
        place = self._places.between(sort, person.id)
        self._insert(place, sort, person, texts)
        self._places.came(place)
        self._count(texts, 1)
        for word in _heard(texts):
            sounds = ((sound, word) for sound in sounds_of(word))
            self._db.executemany("INSERT OR IGNORE INTO sounds VALUES (?, ?)", sounds)

    def _insert(self, place: int, sort: str, person: Person, texts: Texts) -> None:
        self._db.execute("INSERT INTO people VALUES (?, ?, ?)", (place, person.id, sort))
        self._db.execute("INSERT INTO records VALUES (?, ?)", (place, _encode(person)))
        self._db.execute(
            "INSERT INTO found(rowid, name, other, numbers) VALUES (?, ?, ?, ?)",
            (place, " ".join(texts.name), " ".join(texts.other), " ".join(texts.numbers)),
        )
        self._fingerprint.add(person)

    def _remove(self, place: int, person: Person) -> None:
        self._db.execute("DELETE FROM people WHERE place=?", (place,))
        self._db.execute("DELETE FROM records WHERE place=?", (place,))
        self._db.execute("DELETE FROM found WHERE rowid=?", (place,))
        self._places.went(place)
        self._count(texts_of(person, self._plan), -1)
        self._fingerprint.remove(person)

    def _count(self, texts: Texts, step: int) -> None:
        for table, key, values in (("begins", "letters", _begins(texts)), ("names", "word", _heard(texts))):
            self._db.executemany(
                f"INSERT INTO {table} VALUES (?, ?) ON CONFLICT DO UPDATE SET people = people + excluded.people",
                ((value, step) for value in values),
            )
            gone = self._gone(table, key, values) if step < 0 else ()
            for (word,) in gone:
                self._db.execute(f"DELETE FROM {table} WHERE {key}=?", (word,))
                if table == "names":
                    self._db.executemany(
                        "DELETE FROM sounds WHERE sound=? AND word=?", ((s, word) for s in sounds_of(word))
                    )

    def _gone(self, table: str, key: str, values: Iterable[str]) -> Sequence[tuple[str]]:
        return self._db.execute(
            f"SELECT {key} FROM {table} WHERE people<=0 AND {key} IN (SELECT value FROM json_each(?))",
            (msgspec.json.encode(tuple(values)).decode(),),
        ).fetchall()

    def _keep_fingerprint(self) -> None:
        self._db.execute("INSERT OR REPLACE INTO facts VALUES ('fingerprint', ?)", (str(self._fingerprint),))


def _begins(texts: Texts) -> frozenset[str]:
    """Return the one and two letters with which the words of a person begin."""
    return frozenset(word[:size] for word in texts.all for size in (1, 2) if len(word) >= size)


def _heard(texts: Texts) -> tuple[str, ...]:
    return tuple(word for word in texts.names if len(word) >= _SPOKEN_FROM)
