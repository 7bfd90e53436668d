"""What a search over the directory gives (`reception.console.catalogue` does the searching)."""

from __future__ import annotations

import msgspec


class SearchResult(msgspec.Struct, frozen=True, kw_only=True):
    """The ids of those found, best first, at most as many as asked for.

    `alike` are those among them that only sound like what was typed, or are one slip of the keys away.
    `total` counts all others; with `is_more` there are more than that, and nobody counted them.
    """

    ids: tuple[str, ...]
    total: int
    alike: frozenset[str] = frozenset()
    is_more: bool = False
