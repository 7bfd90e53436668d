"""Light or dark, and everything that follows: palette, fonts, the style sheet of the plain controls."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

import resources
from widgets.tokens import (
    BODY_PX,
    BUTTON_RADIUS,
    CARD_RADIUS,
    DARK,
    HEADING_PX,
    LIGHT,
    NAME_PX,
    SCROLL_BAR,
    SECONDARY_PX,
    Tokens,
)

Wanted = Literal["system", "light", "dark"]


class Theme(QObject):
    """The theme in use; follows the system unless told otherwise.

    `has_motion`: changes may fade; off where the system or the user wants nothing to move.

    Signals:
        changed: the tokens are different ones; whoever paints paints anew.
    """

    changed = Signal()

    def __init__(self, wanted: Wanted = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: Wanted = wanted
        self.has_motion = _system_moves()
        self.tokens = self._choose()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    def apply(self, app: QApplication) -> None:
        """Give the application our font, palette and rules."""
        app.setFont(body_font())
        app.setPalette(palette(self.tokens))

    def set_wanted(self, wanted: Wanted) -> None:
        """Follow the system, or stay light or dark."""
        self._wanted = wanted
        self._refresh()

    def _refresh(self) -> None:
        tokens = self._choose()
        if tokens is not self.tokens:
            self.tokens = tokens
            app = QApplication.instance()
            if isinstance(app, QApplication):
                self.apply(app)
            self.changed.emit()

    def _choose(self) -> Tokens:
        if self._wanted == "system":
            is_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        else:
            is_dark = self._wanted == "dark"
        return DARK if is_dark else LIGHT

    @Slot()
    def _on_system_changed(self) -> None:
        self._refresh()


def _system_moves() -> bool:
    """True unless the system's own windows do not move; elsewhere than on Windows Qt does not tell."""
    return sys.platform != "win32" or QApplication.isEffectEnabled(Qt.UIEffect.UI_General)


def body_font(
    pixels: int = BODY_PX, weight: QFont.Weight = QFont.Weight.Normal, *, is_tabular: bool = False
) -> QFont:
    """Return our font in a size. Tabular figures keep a running clock from trembling."""
    font = QFont()
    families = ["Segoe UI"] if sys.platform == "win32" else ["Inter", "Segoe UI", "Noto Sans", "DejaVu Sans"]
    font.setFamilies(families)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    if is_tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def heading_font() -> QFont:
    """Return the font of group headings: small spaced capitals (set by `capitals`)."""
    font = body_font(HEADING_PX, QFont.Weight.DemiBold)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    return font


def palette(tokens: Tokens) -> QPalette:
    """Return the tokens as Qt's palette."""
    found = QPalette()
    roles = {
        QPalette.ColorRole.Window: tokens.background,
        QPalette.ColorRole.WindowText: tokens.text,
        QPalette.ColorRole.Base: tokens.panel,
        QPalette.ColorRole.AlternateBase: tokens.raised,
        QPalette.ColorRole.Text: tokens.text,
        QPalette.ColorRole.PlaceholderText: tokens.muted,
        QPalette.ColorRole.Button: tokens.raised,
        QPalette.ColorRole.ButtonText: tokens.text,
        QPalette.ColorRole.Highlight: tokens.accent,
        QPalette.ColorRole.HighlightedText: tokens.on_accent,
        QPalette.ColorRole.ToolTipBase: tokens.panel,
        QPalette.ColorRole.ToolTipText: tokens.text,
        QPalette.ColorRole.Link: tokens.accent,
    }
    for role, colour in roles.items():
        found.setColor(role, QColor(colour))
    return found


def style_sheet(t: Tokens) -> str:
    """Return the rules of the plain controls; lists and cards are painted by their delegates."""
    icons = Path(resources.__path__[0], "icons").as_posix()
    return f"""
    QWidget#window {{ background: {t.background}; }}
    QFrame#bar {{ background: {t.panel}; border: none; }}
    QFrame#top {{ background: {t.panel}; border: none; border-bottom: 1px solid {t.line}; }}
    QFrame#bottom {{ background: {t.panel}; border: none; border-top: 1px solid {t.line}; }}
    QFrame#left {{ background: {t.background}; border: none; }}
    QFrame#right {{ background: {t.panel}; border: none; }}
    QFrame#right[drawer="true"] {{ border-left: 1px solid {t.line}; }}
    QFrame#list {{ background: {t.panel}; border: 1px solid {t.line}; border-radius: {CARD_RADIUS}px; }}
    QFrame#card {{ background: {t.panel}; border: 1px solid {t.line}; border-radius: {CARD_RADIUS}px; }}
    QFrame#card[tone="active"] {{ border: 1px solid {t.accent}; }}
    QFrame#card[tone="ringing"] {{ border: 1px solid {t.ringing}; }}
    QFrame#card[tone="stale"] {{ border: 1px dashed {t.faint}; }}
    QFrame#float {{ background: {t.panel}; border: 1px solid {t.line}; border-radius: {CARD_RADIUS}px; }}
    QFrame#notice {{ background: {t.ringing_background}; border: 1px solid {t.ringing};
        border-radius: {CARD_RADIUS}px; }}
    QFrame#notice[tone="failure"] {{ background: {t.now_background}; border: 1px solid {t.now}; }}
    QFrame#notice[tone="hint"] {{ background: {t.accent_background}; border: 1px solid {t.accent}; }}
    QFrame#offer {{ background: {t.accent_background}; border: none; border-bottom: 1px solid {t.line}; }}
    QFrame#status {{ background: {t.raised}; border: none; border-radius: 8px; }}
    QFrame#status[tone="busy"] {{ background: {t.now_background}; }}
    QFrame#status[tone="ringing"], QFrame#status[tone="away"] {{ background: {t.ringing_background}; }}
    QSplitter::handle {{ background: {t.line}; }}
    QSplitter::handle:hover, QSplitter::handle:focus {{ background: {t.accent}; }}
    QFrame#separator {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
    QLabel {{ background: transparent; color: {t.text}; }}
    QLabel[tone="muted"] {{ color: {t.muted}; font-size: {SECONDARY_PX}px; }}
    QLabel[tone="heading"] {{ color: {t.muted}; }}
    QLabel[tone="clock"] {{ color: {t.muted}; font-size: {SECONDARY_PX}px; font-weight: 600; }}
    QLabel[tone="name"] {{ font-size: {NAME_PX}px; font-weight: 700; }}
    QLabel[tone="counts"] {{ color: {t.muted}; }}
    QLabel[tone="title"] {{ font-size: 18px; font-weight: 700; }}
    QLabel[tone="second"] {{ color: {t.muted}; }}
    QLabel[tone="strong"] {{ font-weight: 600; }}
    QLabel[tone="free"] {{ color: {t.free_text}; }}
    QLabel[tone="busy"] {{ color: {t.now_text}; }}
    QLabel[tone="ringing"] {{ color: {t.ringing}; }}
    QLabel[tone="away"] {{ color: {t.away_text}; }}
    QLabel[tone="off"], QLabel[tone="unknown"] {{ color: {t.off_text}; }}
    QLineEdit#search {{ background: {t.panel}; border: none; color: {t.text}; font-size: 16px;
        selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
    QDialog {{ background: {t.panel}; }}
    QDialog QPushButton {{ background: {t.panel}; color: {t.text}; border: 1px solid {t.line};
        border-radius: {BUTTON_RADIUS}px; padding: 7px 16px; min-width: 64px; }}
    QDialog QPushButton:default {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; }}
    QDialog QPushButton:focus {{ border: 2px solid {t.text}; padding: 6px 15px; }}
    QLineEdit#field, QSpinBox#field, QComboBox#field {{ background: {t.raised}; color: {t.text};
        border: 1px solid {t.line}; border-radius: {BUTTON_RADIUS}px; padding: 4px 9px;
        selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
    QLineEdit#field:focus, QSpinBox#field:focus, QComboBox#field:focus {{
        border: 2px solid {t.accent}; padding: 3px 8px; }}
    QLineEdit#field:disabled, QSpinBox#field:disabled, QComboBox#field:disabled {{
        background: {t.panel}; color: {t.muted}; }}
    QComboBox#field::drop-down {{ border: none; width: 22px; }}
    QComboBox#field::down-arrow {{ image: url("{icons}/chevron.svg"); width: 14px; height: 14px; }}
    QDialog QCheckBox {{ color: {t.text}; spacing: 8px; }}
    QDialog QCheckBox:focus {{ text-decoration: underline; }}
    QDialog QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {t.muted};
        border-radius: 4px; background: {t.raised}; }}
    QDialog QCheckBox::indicator:focus {{ border: 2px solid {t.accent}; width: 14px; height: 14px; }}
    QDialog QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
        image: url("{icons}/check-{"dark" if t.is_dark else "light"}.svg"); }}
    QTabWidget::pane {{ border: 1px solid {t.line}; border-radius: {BUTTON_RADIUS}px; }}
    QTabBar::tab {{ background: transparent; color: {t.muted}; padding: 8px 14px; border: none;
        border-bottom: 2px solid transparent; }}
    QTabBar::tab:selected {{ color: {t.text}; border-bottom: 2px solid {t.accent}; }}
    QTabBar::tab:focus {{ color: {t.accent}; }}
    QComboBox#field QAbstractItemView {{ background: {t.panel}; color: {t.text}; border: 1px solid {t.line};
        selection-background-color: {t.accent_background}; selection-color: {t.text}; }}
    QFrame#searchbox {{ background: {t.panel}; border: 2px solid {t.line}; border-radius: {CARD_RADIUS}px; }}
    QFrame#searchbox[focused="true"] {{ border: 2px solid {t.accent}; }}
    QTableView {{ background: transparent; border: none; outline: 0; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ background: transparent; width: {SCROLL_BAR}px; margin: 2px; }}
    QScrollBar::handle:vertical {{ background: {t.faint}; border-radius: 3px; min-height: 28px; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        background: none; border: none; height: 0; }}
    QToolTip {{ background: {t.panel}; color: {t.text}; border: 1px solid {t.line}; padding: 4px 6px; }}
    QMenu {{ background: {t.panel}; color: {t.text}; border: 1px solid {t.line}; padding: 4px; }}
    QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: {BUTTON_RADIUS - 2}px; }}
    QMenu::item:selected {{ background: {t.accent_background}; color: {t.text}; }}
    QMenu::item:disabled {{ color: {t.muted}; }}
    """
