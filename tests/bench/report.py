"""The figures for people: a table, and a plot of how much of each limit is used."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from html import escape
from typing import Final

import msgspec

from tests.bench.crowd import CACHE
from tests.bench.figures import Figure

_ROW: Final = 30
_LABEL: Final = 470
_SCALE: Final = 300
"""Pixels from nothing to the limit."""
_WIDTH: Final = _LABEL + 2 * _SCALE + 150


def write(figures: Sequence[Figure], *, slack: float) -> None:
    """Write the table, the plot and the bare figures to `out/bench`, and say where."""
    CACHE.mkdir(parents=True, exist_ok=True)
    (CACHE / "table.md").write_text(table(figures, slack=slack), encoding="utf-8")
    (CACHE / "plot.svg").write_text(plot(figures, slack=slack), encoding="utf-8")
    (CACHE / "figures.json").write_bytes(msgspec.json.format(msgspec.json.encode(figures)))
    sys.stderr.write(f"# {CACHE}: table.md, plot.svg, figures.json\n")


def table(figures: Sequence[Figure], *, slack: float) -> str:
    """Return a table in Markdown."""
    rows = [
        "| goal | what | measured | floor | ratio | limit | | |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for f in figures:
        word = "ok" if f.is_met(slack=slack) else "**missed**"
        rows.append(
            f"| {f.goal} | {f.of.what} | {f.value:.4g} {f.unit} | {f.floor:.4g} {f.unit} ({f.of.floor}) "
            f"| {f.ratio:.2f} | {f.of.limit * slack:.2f} | {word} | {f.note} |"
        )
    return "\n".join(rows) + "\n"


def plot(figures: Sequence[Figure], *, slack: float) -> str:
    """Return an SVG: a bar for each goal, its length the ratio in limits; the line is the limit."""
    height = _ROW * len(figures) + 50
    line = _LABEL + _SCALE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'font-family="sans-serif" font-size="13">',
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="{line}" y="20" text-anchor="middle" fill="#666">limit</text>',
    ]
    for n, f in enumerate(figures):
        parts += _bar(f, 30 + n * _ROW, slack)
    parts += [f'<path d="M{line} 26V{height - 14}" stroke="#666" stroke-dasharray="4 3"/>', "</svg>"]
    return "\n".join(parts) + "\n"


def _bar(f: Figure, top: int, slack: float) -> list[str]:
    limit = f.of.limit * slack
    length = round(min(2.0, f.ratio / limit) * _SCALE)
    colour = "#2557D6" if f.is_met(slack=slack) else "#B3261E"
    beyond = " →" if f.ratio > 2 * limit else ""
    words = escape(f"{f.goal}  {f.of.what}")
    return [
        f'<text x="{_LABEL - 10}" y="{top + 17}" text-anchor="end">{words}</text>',
        f'<rect x="{_LABEL}" y="{top + 4}" width="{max(1, length)}" height="{_ROW - 12}" fill="{colour}"/>',
        f'<text x="{_LABEL + length + 8}" y="{top + 17}">{f.ratio:.2f}{beyond} of {limit:g}</text>',
    ]
