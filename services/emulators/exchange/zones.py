"""The time zones that the server knows, and which of them free and busy times are asked in."""

from __future__ import annotations

from datetime import UTC, tzinfo
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from lxml import etree  # type: ignore[import-untyped]  # its types are a package of their own

from services.emulators.exchange.soap import Fault, element, text_of, with_children


class Known(NamedTuple):
    """A zone: minutes that UTC is ahead of it, and the hour of its clock at which summer time begins."""

    name: str
    zone: tzinfo
    bias: int
    changes_at: int | None = None


ZONES: Final = {
    "UTC": Known("(UTC) Coordinated Universal Time", UTC, 0),
    "GMT Standard Time": Known("(UTC+00:00) Dublin, London", ZoneInfo("Europe/London"), 0, 1),
    "W. Europe Standard Time": Known(
        "(UTC+01:00) Berlin, Stockholm, Vienna", ZoneInfo("Europe/Berlin"), -60, 2
    ),
    "Romance Standard Time": Known("(UTC+01:00) Copenhagen, Paris", ZoneInfo("Europe/Copenhagen"), -60, 2),
}


def id_of(zone: str) -> str:
    """Return Windows' name of a zone, UTC for one that is not known here."""
    return next((id_ for id_, known in ZONES.items() if str(known.zone) == zone), "UTC")


def definition(id_: str) -> etree._Element:
    """Return a zone as GetServerTimeZones tells it. Raises KeyError."""
    known = ZONES[id_]
    periods, group = element("t", "Periods"), element("t", "TransitionsGroup", Id="0")
    periods.append(_period("std", "Standard", known.bias))
    if known.changes_at is None:
        group.append(with_children(element("t", "Transition"), element("t", "To", "std", Kind="Period")))
    else:
        periods.append(_period("dlt", "Daylight", known.bias - 60))
        group.append(_transition("dlt", known.changes_at, 3))
        group.append(_transition("std", known.changes_at + 1, 10))
    to_group = with_children(element("t", "Transition"), element("t", "To", "0", Kind="Group"))
    return with_children(
        element("t", "TimeZoneDefinition", Id=id_, Name=known.name),
        periods,
        with_children(element("t", "TransitionsGroups"), group),
        with_children(element("t", "Transitions"), to_group),
    )


def zone_asked(request: etree._Element) -> tzinfo:
    """Return the zone of a SerializableTimeZone: one of those that we know. Raises Fault."""
    bias = text_of(request, "t:TimeZone/t:Bias")
    has_summer = text_of(request, "t:TimeZone/t:DaylightTime/t:Bias") not in ("", "0")
    for known in ZONES.values():
        if str(known.bias) == bias and (known.changes_at is not None) == has_summer:
            return known.zone
    raise Fault("ErrorTimeZone", "the time zone is not known")


def serialized(parent: etree._Element, known: Known) -> etree._Element:
    """Write a zone as working hours tell it."""
    parent.append(element("t", "Bias", str(known.bias)))
    hour = known.changes_at or 0
    for name, bias, at, month in (("StandardTime", 0, hour + 1, 10), ("DaylightTime", -60, hour, 3)):
        bias = bias if known.changes_at is not None else 0
        parent.append(
            with_children(
                element("t", name),
                element("t", "Bias", str(bias)),
                element("t", "Time", f"{at:02}:00:00"),
                element("t", "DayOrder", "5"),
                element("t", "Month", str(month)),
                element("t", "DayOfWeek", "Sunday"),
            )
        )
    return parent


def _period(id_: str, name: str, bias: int) -> etree._Element:
    sign = "-" if bias < 0 else ""
    hours, minutes = divmod(abs(bias), 60)
    text = f"{sign}PT{hours}H{minutes}M" if minutes else f"{sign}PT{hours}H"
    return element("t", "Period", Bias=text, Name=name, Id=id_)


def _transition(to: str, hour: int, month: int) -> etree._Element:
    return with_children(
        element("t", "RecurringDayTransition"),
        element("t", "To", to, Kind="Period"),
        element("t", "TimeOffset", f"PT{hour}H"),
        element("t", "Month", str(month)),
        element("t", "DayOfWeek", "Sunday"),
        element("t", "Occurrence", "-1"),
    )
