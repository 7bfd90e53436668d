"""Recurrence rules made fit to be followed: times by the clock on the wall, and never for long.

What repeats within a minute, or could be looked for until the year 9999 without ever being found, is refused
rather than followed.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from math import prod
from typing import Any, Final

from icalendar.prop import vRecur

from services.ics.events import Moment
from services.ics.zones import local_of

_STEPS: Final = {"HOURLY": timedelta(hours=1), "DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1)}
_FREQUENCIES: Final = (*_STEPS, "MONTHLY", "YEARLY")
_DAYS_LIMITED: Final = ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")
_LONGEST_MONTH: Final = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
_MOST_IN_A_DAY: Final = 24
_RUN_UP: Final = timedelta(days=400)
"""A rule is followed from so long before the window on: more than a year."""


class BadRule(Exception):
    """A rule that cannot be followed; its text says why."""


def plain_rule(rule: vRecur, start: Moment, zone: tzinfo) -> vRecur:
    """Return a rule for local times in `zone`. Raises BadRule."""
    plain: dict[str, Any] = {str(name).upper(): values for name, values in rule.items()}
    frequency = str(_first(plain, "FREQ")).upper()
    if frequency not in _FREQUENCIES:
        raise BadRule("RRULE repeats too often")
    if frequency == "HOURLY" and any(name in plain for name in _DAYS_LIMITED):
        raise BadRule("RRULE repeats too often")
    if _in_a_day(plain) > _MOST_IN_A_DAY:
        raise BadRule("RRULE repeats too often")
    if _never_comes(plain):
        raise BadRule("RRULE names days that never come")
    until = _first(plain, "UNTIL")
    if until is not None:
        plain.pop("COUNT", None)  # both together are not allowed; the date is what people see
        plain["UNTIL"] = [_local_until(until, start, zone)]
    return vRecur(plain)


def brought_near(rule: vRecur, start: datetime, window: datetime) -> datetime:
    """Return a later start from which the rule gives the same occurrences in the window.

    A daily meeting since 1990 need not be counted from 1990 on. Only for rules of equal steps without COUNT.
    """
    step = _STEPS.get(str(_first(rule, "FREQ")).upper())
    if step is None or "COUNT" in rule or "BYSETPOS" in rule:
        return start
    step *= max(int(_first(rule, "INTERVAL") or 1), 1)
    return start + max((window - _RUN_UP - start) // step, 0) * step


def _in_a_day(rule: dict[str, Any]) -> int:
    """Return how often a rule of days or longer comes in a day."""
    return prod(len(_list(rule[name])) for name in ("BYHOUR", "BYMINUTE", "BYSECOND") if name in rule)


def _never_comes(rule: dict[str, Any]) -> bool:
    months, days = rule.get("BYMONTH"), rule.get("BYMONTHDAY")
    if not months or not days:
        return False
    longest = max(_LONGEST_MONTH.get(int(month), 31) for month in _list(months))
    return all(abs(int(day)) > longest for day in _list(days))


def _local_until(until: date, start: Moment, zone: tzinfo) -> datetime:
    if not isinstance(until, datetime):
        return datetime.combine(until, time.min if start.is_date else time(23, 59, 59))
    local = until if until.tzinfo is None else local_of(until, zone)
    return datetime.combine(local.date(), time.min) if start.is_date else local


def _first(rule: dict[str, Any], name: str) -> Any:
    return next(iter(_list(rule.get(name, []))), None)


def _list(values: Any) -> list[Any]:
    return list(values) if isinstance(values, list | tuple) else [values]
