"""What the window does while another program is in front: settings, and when a call is told.

Pure: which calls there are, and whether the window is in front, are handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

NOTIFICATIONS: Final = "desk.notifications"
ANSWER_KEY: Final = "desk.answer_key"
FRONT_KEY: Final = "desk.front_key"


class AtDesk(msgspec.Struct, frozen=True, kw_only=True):
    """Whether calls are told by a notification; keys from other programs such as ``Ctrl+Alt+A``, empty:
    none.
    """

    notifications: bool = True
    answer_key: str = ""
    front_key: str = ""


def at_desk_in(more: Mapping[str, bool | int | float | str]) -> AtDesk:
    """Return what the preferences say; nonsense there counts as not given."""
    answer, front = more.get(ANSWER_KEY), more.get(FRONT_KEY)
    return AtDesk(
        notifications=more.get(NOTIFICATIONS) is not False,
        answer_key=answer if isinstance(answer, str) else "",
        front_key=front if isinstance(front, str) else "",
    )


def with_at_desk(
    more: Mapping[str, bool | int | float | str], wanted: AtDesk
) -> dict[str, bool | int | float | str]:
    """Return the preferences with these in them; what says nothing does not stand there."""
    kept = {k: v for k, v in more.items() if k not in (NOTIFICATIONS, ANSWER_KEY, FRONT_KEY)}
    if not wanted.notifications:
        kept[NOTIFICATIONS] = False
    keys = ((ANSWER_KEY, wanted.answer_key), (FRONT_KEY, wanted.front_key))
    return kept | {name: value for name, value in keys if value}


class Ringing:
    """Which calls are news: each is told once, and only to somebody who works in another program and is free.

    A call that came while the window was in front, or while its user was talking, was seen or would
    disturb; when it rings at their own phone it is told all the same.
    """

    def __init__(self) -> None:
        self._known: frozenset[str] = frozenset()
        self._offered = ""

    def news(
        self, waiting: Iterable[str], *, offered: str = "", is_in_front: bool, is_talking: bool
    ) -> tuple[str, ...]:
        """Return the calls to tell of now, the one that rings at one's own phone first."""
        there = tuple(waiting)
        new = [call for call in there if call not in self._known] if not is_talking else []
        if offered and offered != self._offered:
            new = [offered, *(call for call in new if call != offered)]
        self._known, self._offered = frozenset(there), offered
        return () if is_in_front else tuple(new)
