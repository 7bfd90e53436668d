"""The card's look at a colleague's time: today's strip or the week's, and what is entered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from reception.model.lines import WorkingHours
from reception.model.presence import Timeline
from widgets import bars_paint, day_words, hours_words, keys, paint, person_view, tags
from widgets.hours_words import Part
from widgets.intents_for import View
from widgets.labels import PlainLabel, set_shown
from widgets.person_view import EntryView, Moment, Span
from widgets.texts import translate
from widgets.theme import Theme, heading_font
from widgets.tokens import Tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent  # setting it up at the start would cost more than a row

MOST: Final = 12
"""Entries shown; how many more there are is said."""

_TRACK: Final = 36
_HOURS: Final = 24
_WEEK_ROW: Final = 20
_WEEK_TRACK: Final = 12
_WEEK_NAME: Final = 52
_TIMES: Final = 106
_TIMES_MOST: Final = 150


class Switch(QWidget):
    """``DAG · UGE``: which of the two the strip shows, and the key that changes it.

    Signals:
        clicked: the other one is wanted.
    """

    clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_week = False
        self._font = heading_font()  # not the widget's own: a cap would inherit its capitals
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self.set_week(False)

    def set_week(self, is_week: bool) -> None:
        """Show which one is on."""
        self._is_week = is_week
        shown = translate("Card", "Week") if is_week else translate("Card", "Day")
        title = translate("Card", "Time shown")
        self.setAccessibleName(f"{title}: {shown}, {keys.cap(View.WEEK)}")
        self.update()

    def _parts(self) -> tuple[str, str, str]:
        return translate("Card", "Day"), " · ", translate("Card", "Week")

    def _widths(self) -> list[int]:
        measures = QFontMetrics(self._font)
        return [measures.horizontalAdvance(part) for part in self._parts()]

    def sizeHint(self) -> QSize:
        cap = paint.key_cap_width(keys.cap(View.WEEK))
        return QSize(round(sum(self._widths()) + cap + 14), 20)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = self._theme.tokens
        painter = QPainter(self)
        cap = keys.cap(View.WEEK)
        right = self.width() - paint.draw_key_cap(painter, QPointF(self.width(), 10), cap, t) - 8
        painter.setFont(self._font)
        parts = self._parts()
        left = right - sum(self._widths())
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for n, (words, width) in enumerate(zip(parts, self._widths(), strict=True)):
            is_on = n == (2 if self._is_week else 0)
            painter.setPen(paint.pen_of(t.text if is_on else t.muted))
            painter.drawText(QRectF(left, 0, width + 2, 20), flags, words)
            if n != 1 and not is_on:
                paint.fill(painter, QRect(round(left), 17, width, 1), t.muted)
            left += width
        painter.end()


class StripDay(NamedTuple):
    """A day on the strip: its name, its bars, the parts outside working hours."""

    name: str
    bars: tuple[Span, ...]
    off: tuple[Part, ...] = ()


class TimeStrip(QWidget):
    """Today on a scale of hours, or seven such days one under the other."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._days: tuple[StripDay, ...] = ()
        self._now: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def is_week(self) -> bool:
        """True while more than today is shown."""
        return len(self._days) > 1

    def show_days(self, days: tuple[StripDay, ...], now: float | None) -> None:
        """Show these days; today is the first."""
        if (days, now) == (self._days, self._now):
            return
        is_other_size = len(days) != len(self._days)
        self._days, self._now = days, now
        self.setAccessibleName(
            "; ".join(f"{day.name}: {', '.join(b.words for b in day.bars) or '–'}" for day in days)
        )
        if is_other_size:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        high = _WEEK_ROW * len(self._days) if self.is_week else _TRACK
        return QSize(200, high + _HOURS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = self._theme.tokens
        painter = QPainter(self)
        left = _WEEK_NAME if self.is_week else 0
        for n, (name, bars, off) in enumerate(self._days):
            if self.is_week:
                top = n * _WEEK_ROW
                where = QRectF(0, top, left - 6, _WEEK_ROW)
                paint.draw_text(painter, where, name, t.text if n == 0 else t.muted, pixels=11)
                box = QRectF(left, top + 4, self.width() - left, _WEEK_TRACK)
            else:
                box = QRectF(0, 0, self.width(), _TRACK)
            bars_paint.paint_bars(painter, box, bars, t, off)
            if not self.is_week:
                self._paint_names(painter, box, bars, t)
            if n == 0 and self._now is not None:
                x = round(box.left() + self._now * (box.width() - 2))
                paint.fill(painter, QRect(x, round(box.top()), 2, round(box.height())), t.text)
        self._paint_hours(painter, left, t)
        painter.end()

    def _paint_names(self, painter: QPainter, box: QRectF, bars: tuple[Span, ...], t: Tokens) -> None:
        for bar in bars:
            width = (bar.end - bar.begin) * box.width() - 8
            if bar.tone != "ended" and bar.is_busy and width > 22:
                where = QRectF(box.left() + bar.begin * box.width() + 5, box.top() + 2, width, 16)
                paint.draw_text(painter, where, bar.words, t.on_accent, pixels=11)

    def _paint_hours(self, painter: QPainter, left: float, t: Tokens) -> None:
        hours = range(day_words.OPENS, day_words.CLOSES + 1, 2)
        step = (self.width() - left) / (len(hours) - 1)
        top = self.height() - _HOURS + 5
        for n, hour in enumerate(hours):
            words = f"{hour:02}"
            wide = paint.metrics(10).horizontalAdvance(words) + 2
            x = left + n * step - (0 if n == 0 else wide if n == len(hours) - 1 else wide / 2)
            paint.draw_text(painter, QRectF(x, top, wide + 2, 14), words, t.muted, pixels=10)


class EntryLine(QWidget):
    """One entry: a bar in the colour of its time, when, what, and who entered it.

    Signals:
        clicked: (str) the entry of this id is to be changed.
    """

    clicked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: EntryView | None = None
        self._times = _TIMES
        self._is_last = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def show_entry(self, entry: EntryView, times: int, *, is_last: bool) -> None:
        """Show an entry; `times` is how wide the column of times is."""
        if (entry, times, is_last) != (self._shown, self._times, self._is_last):
            self._shown, self._times, self._is_last = entry, times, is_last
            self.setAccessibleName(entry.spoken)
            self.setToolTip(entry.spoken)
            self.updateGeometry()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._shown is not None and self.rect().contains(event.position().toPoint()):
            self.clicked.emit(self._shown.id)

    def sizeHint(self) -> QSize:
        return QSize(200, 66 if self._shown is not None and self._shown.note else 48)

    def paintEvent(self, _event: QPaintEvent) -> None:
        shown, t = self._shown, self._theme.tokens
        if shown is None:
            return
        painter = QPainter(self)
        is_now = shown.tone == "now"
        paint.rounded(painter, QRectF(0, 8, 4, 30), 2, t.now if is_now else t.future)
        colour = t.now_text if is_now else t.future_text
        times = QRectF(14, 5 if is_now else 13, self._times, 18)
        paint.draw_text(painter, times, shown.when, colour, weight=paint.SEMI, is_tabular=True)
        if is_now:
            times.translate(0, 17)
            paint.draw_text(painter, times, translate("Card", "now"), colour, pixels=11)
        self._paint_words(painter, shown, t)
        if not self._is_last:
            paint.fill(painter, QRect(0, self.height() - 1, self.width(), 1), t.line)
        painter.end()

    def _paint_words(self, painter: QPainter, shown: EntryView, t: Tokens) -> None:
        right = float(self.width())
        if shown.origin:
            tag = tags.tag(shown.origin, t.is_dark, self.devicePixelRatioF())
            right -= tags.width_of(tag)
            painter.drawPixmap(QPointF(right, 14), tag)
        left = 14.0 + self._times + 10
        words = QRectF(left, 5 if shown.detail else 13, right - left - 8, 18)
        paint.draw_text(painter, words, shown.reason, t.text)
        detail = QRectF(left, 22, right - left - 8, 17)
        if shown.is_phone_open:
            paint.draw_icon(painter, "phone", t.muted, QPointF(left + 6, 31), 12)
            detail.setLeft(left + 16)
        paint.draw_text(painter, detail, shown.detail, t.muted, pixels=12)
        if shown.note:
            paint.fill(painter, QRect(round(left), 42, 2, 15), t.away)
            note = QRectF(left + 8, 41, self.width() - left - 8, 17)
            paint.draw_text(painter, note, shown.note, t.text, pixels=12)


class DayPart(QWidget):
    """Heading with the switch, strip, entries.

    Signals:
        week_wanted: the switch was clicked.
        entry_wanted: (str) an entry was clicked, by its id.
    """

    week_wanted = Signal()
    entry_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_week = False
        self.heading = PlainLabel(translate("Card", "Today"), tone="heading")
        self.switch = Switch(theme)
        self.strip = TimeStrip(theme)
        self.more = PlainLabel(tone="muted")
        self._lines: list[EntryLine] = []
        self._entries = QVBoxLayout()
        self._entries.setSpacing(0)
        self._lay_out()
        self.switch.clicked.connect(self.week_wanted)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(self.switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(8)
        column.addWidget(self.strip)
        column.addSpacing(2)
        column.addLayout(self._entries)
        column.addWidget(self.more)

    @property
    def entries(self) -> list[str]:
        """What the lines say for those who listen."""
        return [line.accessibleName() for line in self._lines if not line.isHidden()]

    @property
    def is_week(self) -> bool:
        """True while the strip shows seven days."""
        return self._is_week

    def set_week(self, is_week: bool) -> None:
        """Show today, or seven days; the next `show_time` paints it."""
        self._is_week = is_week
        self.switch.set_week(is_week)
        self.heading.set_text(translate("Card", "Seven days") if is_week else translate("Card", "Today"))

    def show_time(
        self,
        timeline: Timeline | None,
        entries: list[EntryView],
        at: Moment,
        hours: WorkingHours | None = None,
    ) -> None:
        """Show somebody's time."""
        days = day_words.week(at.now) if self._is_week else day_words.week(at.now)[:1]
        self.strip.show_days(
            tuple(_day(day, timeline, hours, at.now) for day in days), person_view.now_mark(at)
        )
        shown = entries[:MOST]
        widest = max((paint.text_width(e.when, 13, paint.SEMI, True) + 4 for e in shown), default=0)
        times = round(min(_TIMES_MOST, max(_TIMES, widest)))
        while len(self._lines) < len(shown):
            self._lines.append(EntryLine(self._theme))
            self._lines[-1].clicked.connect(self.entry_wanted)
            self._entries.addWidget(self._lines[-1])
        for n, line in enumerate(self._lines):
            if n < len(shown):
                line.show_entry(shown[n], times, is_last=n == len(shown) - 1)
            set_shown(line, n < len(shown))
        rest = len(entries) - len(shown)
        self.more.set_text(translate("Card", "and {count} more").format(count=rest) if rest else "")
        set_shown(self.more, bool(rest))


def _day(day: date, timeline: Timeline | None, hours: WorkingHours | None, now: float) -> StripDay:
    scale = day_words.scale(day)
    bars = person_view.bars(timeline, scale, now) if timeline is not None else ()
    return StripDay(day_words.weekday(day), bars, hours_words.off_parts(hours, scale))
