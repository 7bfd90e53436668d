"""All about a source in sentences: its state, the age of its last good data, what is done about it. No Qt."""

from __future__ import annotations

from reception.model.changes import Source, SourceState
from widgets import wording
from widgets.source_words import source_name
from widgets.texts import translate


def source_why(source: Source, now: float) -> str:
    """Return what stands behind a light: the age of its news, what is wrong, what is done about it."""
    parts = [] if source.state is SourceState.UP else [_age(source, now)]
    said = (source.message or source.note, source.doing)
    return " ".join([*(p for p in parts if p), *(wording.sentence(m).text for m in said if m is not None)])


def source_details(source: Source, now: float, good_at: float | None = None) -> str:
    """Return all about a source but its name: state, age of the last good data, what is done about it."""
    parts = [_state(source)]
    at = source.good_at if source.good_at is not None else good_at
    if at is not None:
        parts.append(translate("Source", "last data {age} ago").format(age=age_words(now - at)))
    elif source.state is not SourceState.UP:
        parts.append(translate("Source", "no data yet"))
    said = (source.message or source.note, source.doing)
    sentences = [wording.sentence(message).text for message in said if message is not None]
    return " ".join([f"{', '.join(parts)}.", *sentences])


def source_line(source: Source, now: float, good_at: float | None = None) -> str:
    """Return a source's name with all about it."""
    return f"{source_name(source.id)}: {source_details(source, now, good_at)}"


def _age(source: Source, now: float) -> str:
    if source.good_at is None:
        return ""
    return translate("Source", "The last data is {age} old.").format(age=age_words(now - source.good_at))


def age_words(seconds: float) -> str:
    """Return an age in the largest unit that fits."""
    whole = max(0, int(seconds))
    if whole < 90:
        return translate("Source", "{count} s").format(count=whole)
    if whole < 5_400:
        return translate("Source", "{count} min").format(count=whole // 60)
    return translate("Source", "{count} h").format(count=whole // 3_600)


def _state(source: Source) -> str:
    if source.state is SourceState.UP and source.message is not None:
        return translate("Source", "Incomplete")
    return {
        SourceState.UP: translate("Source", "Connected"),
        SourceState.CONNECTING: translate("Source", "Connecting"),
        SourceState.DOWN: translate("Source", "No answer"),
        SourceState.NEEDS_SETTINGS: translate("Source", "Needs settings"),
        SourceState.NEEDS_SIGN_IN: translate("Source", "Needs a sign-in"),
    }[source.state]
