"""The goals of speed: what is measured, against which floor of the same run, and how much is allowed.

Every figure is a ratio, because machines differ. The numbers are those of the design; a letter behind one
is a second figure of the same goal.
"""

from __future__ import annotations

from typing import Final, NamedTuple

FRAME_MS: Final = 1000 / 60
"""The floor of what a person sees: one frame of a screen."""


class Goal(NamedTuple):
    """One figure: what it is in words, what it is divided by, and the most it may be."""

    what: str
    floor: str
    limit: float


GOALS: Final = {
    "1": Goal(
        "start: first line of Python to 100,000 people painted, search ready", "bare window + qasync", 1.35
    ),
    "1b": Goal("the same", "bare window", 1.9),
    "2": Goal("memory with 100,000 people, connected", "bare window", 2.0),
    "3": Goal("memory at 100,000 people", "at 10,000", 1.05),
    "4": Goal("key to painted, 100,000 people, p99", "frame", 0.5),
    "4b": Goal("key to painted, 100,000 people, p50", "frame", 0.12),
    "5": Goal("search alone, 100,000 people, p99", "frame", 0.1),
    "5b": Goal("search alone, four single letters, p99", "frame", 0.5),
    "6": Goal("search at 100,000 people, p99", "at 10,000", 6.0),
    "7": Goal("status change to painted, 1,000 a second on visible rows, p99", "frame", 1.25),
    "7b": Goal("status change to painted, 20,000 a second on visible rows, p99", "frame", 1.25),
    "8": Goal("a single status change to painted, p50", "frame", 0.15),
    "8b": Goal("a single ringing call to painted, p50", "frame", 0.15),
    "9": Goal("console's CPU at 20,000 changes a second", "at 100 a second", 3.0),
    "10": Goal("a changed row among 100,000", "among 10,000", 1.2),
    "11": Goal("repaint of 40 rows, a day of 8 entries each", "the 40 names only", 1.5),
    "11b": Goal("repaint of 40 rows, 40 entries each", "the 40 names only", 2.0),
    "14": Goal("PBX event at the hub's socket to painted, p99", "hub's batch + goal 7", 1.25),
    "15": Goal("answer key to command on the wire, p99", "a WebSocket and an HTTP round trip", 3.0),
    "16": Goal("heartbeat's lateness during import, sync and rebuild, p99", "frame", 0.5),
    "16b": Goal("longest gap of the heartbeat meanwhile", "frame", 3.0),
    "17": Goal("call engine, cost of an event at 1,000 live calls", "at 10", 1.3),
    "18": Goal("re-evaluating one person's status", "a dictionary look-up and a dataclass built", 30.0),
    "18b": Goal("the same", "50 us", 1.0),
    "18c": Goal("20,000 people through a whole simulated day", "10 s", 1.0),
    "19": Goal("the wall scrolled by a step, 100 rows and more, p99", "frame", 1.0),
    "19b": Goal("repaint of the wall", "an empty repaint of the same size", 3.0),
    "20": Goal("status change to painted, 500 a second on visible rows, p99", "frame", 1.0),
    "21": Goal("requests for the presence of 5,000 people", "650 people in each", 1.1),
    "21b": Goal("how old their presence gets, p99", "the interval that is set", 1.25),
    "21c": Goal("requests for the calendars of 5,000 people", "20 mailboxes in each", 1.1),
}
