"""The office that the window's tests and pictures show: the people of the design, and many others."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from reception.model.attendants import Attendant, DeskState, Readiness
from reception.model.calls import Call, CallbackRequest, CallerId, Direction, Place, Spoken, Target
from reception.model.changes import DayCounts, Source, SourceState
from reception.model.groups import AttendantGroup
from reception.model.lines import Line, LineState, PersonStatus, StatusKind
from reception.model.office import Activity, Office, Profile, Shortcut
from reception.model.people import Number, NumberKind, Person
from reception.model.presence import CallHandling, Entry, Timeline
from tests.gui.fake_session import FakeSession

NOW = datetime(2026, 11, 20, 13, 42, 8).astimezone().timestamp()
"""The moment of the pictures, local time, so that they read alike everywhere."""

_DESIGN = (
    ("ali", "Alice Holm", "ALH", "Indkøbschef", "Indkøb", "201", "+4540112233", ("car", "bob")),
    ("hol", "Holger Brandt", "HBR", "Salgschef", "Salg", "202", "+4540112234", ()),
    ("met", "Mette Holst", "MHO", "Konsulent", "Rådgivning", "204", None, ()),
    ("jon", "Jonas Holmgaard", "JHO", "Montør", "Service", "205", "+4540112236", ()),
    ("per", "Pernille Holde", "PHO", "HR-partner", "HR", None, None, ()),
    ("car", "Carol Dam", "CDA", "Indkøber", "Indkøb", "203", "+4540112237", ()),
    ("bob", "Bob Krogh", "BKR", "Lagerchef", "Lager", "207", "+4540112238", ()),
)

_KINDS = {
    LineState.IDLE: StatusKind.FREE,
    LineState.RINGING: StatusKind.RINGING,
    LineState.TALKING: StatusKind.BUSY,
    LineState.HELD: StatusKind.BUSY,
    LineState.UNREACHABLE: StatusKind.OFF,
}

_FIRST = [
    "Anna",
    "Birgit",
    "Camilla",
    "Dorte",
    "Emil",
    "Freja",
    "Gustav",
    "Hanne",
    "Ida",
    "Jens",
    "Kirsten",
    "Lars",
    "Maja",
    "Niels",
    "Oda",
    "Peter",
    "Rikke",
]
_LAST = [
    "Andersen",
    "Bech",
    "Christensen",
    "Dahl",
    "Eriksen",
    "Friis",
    "Gram",
    "Hansen",
    "Iversen",
    "Jensen",
    "Kjær",
    "Lund",
    "Møller",
    "Nygaard",
]
_NOTES = {"Kun reception": "Leverandører stilles til Carol Dam."}
_TITLES = ["Konsulent", "Montør", "Bogholder", "Sælger", "Projektleder", "Udvikler", "Assistent", "Chauffør"]
_DEPARTMENTS = ["Salg", "Service", "Økonomi", "IT", "Lager", "Indkøb", "HR", "Rådgivning"]


def people(count: int = 400) -> list[Person]:
    """Return the design's colleagues and others, `count` in all."""
    found = [_colleague(*row) for row in _DESIGN]
    pick = random.Random(7)
    while len(found) < count:
        n = len(found)
        name = f"{pick.choice(_FIRST)} {pick.choice(_FIRST[:8])} {pick.choice(_LAST)}"
        numbers = [Number(kind=NumberKind.DESK, number=str(1000 + n))]
        if n % 3:
            numbers.append(Number(kind=NumberKind.MOBILE, number=f"+45{30000000 + n}"))
        found.append(
            Person(
                id=f"p{n}",
                name=name,
                title=pick.choice(_TITLES),
                department=pick.choice(_DEPARTMENTS),
                numbers=tuple(numbers),
            )
        )
    return found


def _colleague(
    person_id: str,
    name: str,
    initials: str,
    title: str,
    department: str,
    desk: str | None,
    mobile: str | None,
    alternates: tuple[str, ...],
) -> Person:
    numbers = [Number(kind=NumberKind.DESK, number=desk)] if desk else []
    if mobile:
        numbers.append(Number(kind=NumberKind.MOBILE, number=mobile))
    return Person(
        id=person_id,
        name=name,
        initials=initials,
        title=title,
        department=department,
        email=f"{name.split()[0].lower()}.{name.split()[-1].lower()}@firma.dk",
        numbers=tuple(numbers),
        mailbox=desk or "",
        fields={"Lokale": "2.14"} if alternates else {},
        notes=_NOTES if alternates else {},
        alternates=alternates,
    )


def strangers() -> list[Person]:
    """Return people whose names are a trial for every layout."""
    names = (
        "Maximiliane Wilhelmine von und zu Hohenstaufen-Schleswig-Holstein-Sonderburg",
        "",
        "דוד בן-גוריון",
        "محمد عبد الله",
        "🎉 Party-Peter 🎉",
        "<b>Fed</b> <img src=x>",
        "Ole\nLinje\tSkift",
        "李小龍",
        "Z̸a̷l̶g̵o̴ Z̷o̸l̵t̶á̷n̸",
        "A",
    )
    return [
        Person(
            id=f"s{n}",
            name=name,
            title="מנהל מכירות" if n == 2 else "Chefkonsulent for tværgående udviklingsprojekter",
            department="Salg & Service",
            email="" if n else "x@firma.dk",
            numbers=(Number(kind=NumberKind.DESK, number=str(300 + n)),) if n != 4 else (),
            notes={"Kun reception": "🎈 " + "meget lang besked " * 8} if n == 0 else {},
            fields={"<i>Felt</i>": "דוד"} if n == 0 else {},
        )
        for n, name in enumerate(names)
    ]


def status(person: Person, state: LineState | None, *, since: float = NOW - 185) -> PersonStatus:
    """Return the status that follows from one desk line."""
    if state is None or not person.numbers:
        return PersonStatus(person=person.id, kind=StatusKind.UNKNOWN, since=since)
    line = Line(number=person.numbers[0].number, state=state, since=since)
    return PersonStatus(person=person.id, kind=_KINDS[state], since=since, lines=(line,))


def at(hour: int, minute: int = 0, *, days: int = 0) -> float:
    """Return a local time of the day of the pictures, or of one after it."""
    day = datetime(2026, 11, 20, hour, minute) + timedelta(days=days)  # noqa: DTZ001  # local by intention
    return day.astimezone().timestamp()


def entry(person: str, reason: str, start: float, end: float | None, origin: str, **more: object) -> Entry:
    """Return an entry of a timeline."""
    values: dict[str, object] = {"reason": reason, "start": start, "end": end, "origin": origin, **more}
    return Entry(id=f"{person}-{start:.0f}", **values)  # type: ignore[arg-type]


_TIMELINES = {
    "ali": (
        entry("ali", "Budget", at(8, 45), at(10, 10), "OL"),
        entry("ali", "Leverandørmøde", at(13), at(14, 30), "OL", place="Mødelokale 2"),
        entry("ali", "Status", at(15, 15), at(16, 30), "WEB", handling=CallHandling.OPEN),
        entry("ali", "Tandlæge", at(8, days=1), at(12, days=1), "KLJ", is_private=True),
        entry(
            "ali",
            "Ferie",
            at(0, days=3),
            at(0, days=8),
            "OL",
            handling=CallHandling.DIVERTED,
            divert_to="203",
        ),
    ),
    "hol": (entry("hol", "Møde", at(15), at(16), "OL"),),
    "met": (
        entry("met", "Frokost", at(13, 30), at(14), "WEB"),
        entry("met", "Kundebesøg", at(16), at(17, 30), "OL"),
    ),
    "per": (entry("per", "Ferie", at(0), at(0, days=8), "KLJ"),),
}


def _design_status(person: Person) -> PersonStatus:
    """Return the status of one of the design's colleagues, as its picture tells it."""
    kind, desk, mobile = {
        "ali": (StatusKind.BUSY, LineState.TALKING, LineState.IDLE),
        "met": (StatusKind.AWAY, LineState.IDLE, LineState.IDLE),
        "jon": (StatusKind.RINGING, LineState.RINGING, LineState.IDLE),
        "per": (StatusKind.OFF, LineState.UNREACHABLE, LineState.IDLE),
        "bob": (StatusKind.BUSY, LineState.TALKING, LineState.IDLE),
    }.get(person.id, (StatusKind.FREE, LineState.IDLE, LineState.IDLE))
    states = (desk, mobile)
    lines = tuple(
        Line(number=n.number, state=s, since=NOW - 185) for n, s in zip(person.numbers, states, strict=False)
    )
    entered = {
        "ali": {"reason": "Leverandørmøde", "origin": "OL", "until": at(14, 30), "back_at": at(14, 30)},
        "met": {"reason": "Frokost", "origin": "WEB", "until": at(14), "back_at": at(14)},
        "per": {"reason": "Ferie", "origin": "KLJ", "until": at(0, days=8), "back_at": at(0, days=8)},
    }.get(person.id, {})
    next_ = {
        "ali": {"next_at": at(15, 15), "next_reason": "Status", "teams": "Busy"},
        "hol": {"next_at": at(15), "next_reason": "Møde", "teams": "Available"},
        "met": {"next_at": at(16), "next_reason": "Kundebesøg", "teams": "Away"},
    }.get(person.id, {})
    values: dict[str, object] = {**entered, **next_, "is_entered": bool(entered), "lines": lines}
    return PersonStatus(person=person.id, kind=kind, since=NOW - 185, **values)  # type: ignore[arg-type]


def rules() -> Office:
    """Return what this office lays down about presence."""
    activities = (
        Activity(id="lunch", labels={"da": "Frokost", "de": "Mittagspause", "en": "Lunch"}),
        Activity(id="break", labels={"da": "Pause", "de": "Pause", "en": "Break"}),
        Activity(id="meeting", labels={"da": "Møde", "de": "Besprechung", "en": "Meeting"}),
        Activity(id="ill", labels={"da": "Syg", "de": "Krank", "en": "Ill"}),
        Activity(id="holiday", labels={"da": "Ferie", "de": "Urlaub", "en": "Holiday"}),
        Activity(id="home", labels={"da": "Hjemme", "de": "Homeoffice", "en": "At home"}, is_busy=False),
    )
    shortcuts = (
        Shortcut(id="lunch", labels=activities[0].labels, activity="lunch", minutes=30),
        Shortcut(id="break", labels=activities[1].labels, activity="break", minutes=15),
        Shortcut(id="meeting", labels=activities[2].labels, activity="meeting"),
        Shortcut(id="ill", labels={"da": "Syg i dag", "de": "Krank", "en": "Ill today"}, activity="ill"),
        Shortcut(id="holiday", labels=activities[4].labels, activity="holiday"),
        Shortcut(
            id="home",
            labels=activities[5].labels,
            activity="home",
            is_busy=False,
            handling=CallHandling.OPEN,
            key="h",
        ),
    )
    profiles = (
        Profile(
            id="quiet",
            labels={"da": "Forstyr ikke", "de": "Nicht stören", "en": "Do not disturb"},
            handling=CallHandling.VOICEMAIL,
            info="Skriver",
        ),
        Profile(id="off", labels={"da": "Slået fra"}, is_enabled=False),
    )
    return Office(activities=activities, shortcuts=shortcuts, profiles=profiles)


def call(call_id: str, place: Place = Place.QUEUED, *, ago: float = 30.0, **fields: object) -> Call:
    """Return a call that came to its place some seconds ago."""
    values: dict[str, object] = {
        "id": call_id,
        "direction": Direction.IN,
        "party": CallerId(number="+4597123456"),
        "leg": f"leg-{call_id}",
        "place": place,
        "arrived_at": NOW - ago,
        "since": NOW - ago,
        "group": "main",
        **fields,
    }
    return Call(**values)  # type: ignore[arg-type]


def me(**fields: object) -> Attendant:
    """Return the receptionist at this console."""
    values: dict[str, object] = {
        "id": "KLJ",
        "name": "Kirsten Lund Jensen",
        "number": "100",
        "groups": ("main", "sales", "support"),
        "readiness": Readiness.READY,
        "is_connected": True,
        **fields,
    }
    return Attendant(**values)  # type: ignore[arg-type]


def office(count: int = 400) -> FakeSession:
    """Return a session with people, groups and well sources; nobody calls."""
    session = FakeSession("KLJ")
    replica = session.replica
    replica.people = {p.id: p for p in people(count)}
    for n, person in enumerate(replica.people.values()):
        if person.id.startswith("p") and person.id[1:].isdigit():
            state = (LineState.IDLE, LineState.IDLE, LineState.TALKING, LineState.UNREACHABLE, None)[n % 5]
            replica.statuses[person.id] = status(person, state)
        else:
            replica.statuses[person.id] = _design_status(person)
    replica.timelines = {p: Timeline(person=p, entries=entries) for p, entries in _TIMELINES.items()}
    replica.office = rules()
    replica.day = DayCounts(answered=86, lost=2, mean_wait_s=11.0)
    replica.groups = {
        "main": AttendantGroup(id="main", name="Hovednummer", number="7000"),
        "sales": AttendantGroup(id="sales", name="Salg", number="7001"),
        "support": AttendantGroup(id="support", name="Support", number="7002"),
    }
    replica.attendants = {"KLJ": me(), "ANB": Attendant(id="ANB", name="Anne Bro", number="101")}
    replica.sources = {
        name: Source(id=name, state=SourceState.UP, since=NOW - 4000)
        for name in ("telephony", "teams", "exchange")
    }
    return session


def talking(session: FakeSession, **fields: object) -> Call:
    """Let the receptionist talk with a caller."""
    party = CallerId(number="+4597123456", name="Nordsø Entreprise A/S")
    spoken = Spoken(person="ali", name="Alice Holm", at=at(10, 14, days=-1))
    fields = {"party": party} | fields
    found = call("c0", Place.TALKING, ago=137, owner="KLJ", spoken=spoken, **fields)
    session.replica.calls[found.id] = found
    session.replica.attendants["KLJ"] = me(active="c0", desk=DeskState.UP, desk_leg="d0")
    return found


def busy_minute(session: FakeSession) -> None:
    """Let callers wait, be on hold and wait at colleagues."""
    bob = Target(number="207", person="bob", name="Bob Krogh")
    found = [
        call("q1", ago=72, party=CallerId(number="+4575121314", name="Hansen Transport")),
        call("q2", ago=41, party=CallerId(number="+494055501230")),
        call("q3", ago=19, party=CallerId(is_withheld=True)),
        call("q4", ago=8, party=CallerId(number="+4533112299", name="Maja Lind (Lind & Co)"), group="sales"),
        call(
            "q5",
            ago=300,
            leg=None,
            party=CallerId(number="+4586112233", name="Fynsk Logistik"),
            callback=CallbackRequest(number="+4586112233", asked_at=NOW - 300, tries=1),
        ),
        call("h1", Place.HELD, ago=24, owner="KLJ", party=CallerId(number="+4522334411", name="Trine Vest")),
        call("a1", Place.CAMPED, ago=52, owner="KLJ", target=bob, party=CallerId(name="Bygma Næstved")),
        call("a2", Place.PARKED, ago=15, owner="ANB", slot="701", party=CallerId(number="+4522334455")),
    ]
    session.replica.calls |= {c.id: c for c in found}
