"""The keys of the window: which chord means which action, what is printed on its cap, what the help says.

The key is bound, not the character: numeric + is a command while + of the main keys goes into the search.
Enter, Escape and the function keys mean the same wherever the caret is.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from widgets.intents_for import Action, View
from widgets.texts import QT_TRANSLATE_NOOP, translate


class TakeCall(int):
    """Ctrl+1…9: bring the n-th call of the list to my phone."""


class Alternate(int):
    """Alt+1…9: the n-th stand-in."""


Meaning = Action | View | TakeCall | Alternate

MAY_REPEAT: Final = frozenset(
    {View.UP, View.DOWN, View.PAGE_UP, View.PAGE_DOWN, View.MARK_UP, View.MARK_DOWN}
)
"""What a key that is held down does again and again."""

_NONE: Final = Qt.KeyboardModifier.NoModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
_PAD: Final = Qt.KeyboardModifier.KeypadModifier

CHORDS: Final[dict[tuple[Qt.KeyboardModifier, Qt.Key], Meaning]] = {
    (_NONE, Qt.Key.Key_Return): Action.ENTER,
    (_SHIFT, Qt.Key.Key_Return): Action.CONSULT,
    (_PAD, Qt.Key.Key_Plus): Action.CONSULT,
    (_PAD, Qt.Key.Key_Minus): Action.BACK,
    (_CTRL, Qt.Key.Key_Return): Action.MOBILE,
    (_CTRL | _SHIFT, Qt.Key.Key_Return): Action.ANYWAY,
    (_NONE, Qt.Key.Key_Escape): Action.ESCAPE,
    (_NONE, Qt.Key.Key_F1): View.HELP,
    (_NONE, Qt.Key.Key_F2): Action.ANSWER_NEXT,
    (_NONE, Qt.Key.Key_F3): View.SEARCH,
    (_NONE, Qt.Key.Key_F4): Action.HOLD,
    (_NONE, Qt.Key.Key_F5): Action.SWAP,
    (_NONE, Qt.Key.Key_F6): Action.CAMP_ON,
    (_NONE, Qt.Key.Key_F7): Action.VOICEMAIL,
    (_NONE, Qt.Key.Key_F8): Action.HANG_UP,
    (_NONE, Qt.Key.Key_F9): Action.PARK,
    (_NONE, Qt.Key.Key_F11): Action.CONFERENCE,  # without a consultation: an absence (`Window._do`)
    (_SHIFT, Qt.Key.Key_F11): View.ABSENCE,
    (_NONE, Qt.Key.Key_F12): Action.READY,
    (_SHIFT, Qt.Key.Key_F12): Action.LOG_OUT,
    (_CTRL, Qt.Key.Key_D): Action.DIGITS,
    (_CTRL, Qt.Key.Key_G): View.GROUPS,
    (_CTRL, Qt.Key.Key_I): View.CARD,
    (_CTRL, Qt.Key.Key_M): View.MESSAGE,
    (_CTRL, Qt.Key.Key_N): View.NEXT_NUMBER,
    (_CTRL, Qt.Key.Key_U): View.WEEK,
    (_CTRL, Qt.Key.Key_E): View.EDIT,
    (_CTRL, Qt.Key.Key_T): View.WALL,
    (_CTRL, Qt.Key.Key_B): View.FAVOURITES,
    (_CTRL, Qt.Key.Key_Comma): View.SETTINGS,
    (_CTRL, Qt.Key.Key_F): View.ONLY_FREE,
    (_CTRL, Qt.Key.Key_Z): Action.UNDO,
    (_CTRL, Qt.Key.Key_L): View.LANGUAGE,
    (_ALT, Qt.Key.Key_Left): View.EARLIER,
    (_ALT, Qt.Key.Key_Right): View.LATER,
    (_ALT, Qt.Key.Key_Up): View.MANAGER,
    (_CTRL, Qt.Key.Key_Q): View.CLOSE,
    (_CTRL, Qt.Key.Key_0): Action.TAKE,
    (_CTRL, Qt.Key.Key_Delete): Action.REMOVE_CALLBACK,
    (_CTRL, Qt.Key.Key_Up): View.MARK_UP,
    (_CTRL, Qt.Key.Key_Down): View.MARK_DOWN,
    (_NONE, Qt.Key.Key_Up): View.UP,
    (_NONE, Qt.Key.Key_Down): View.DOWN,
    (_NONE, Qt.Key.Key_PageUp): View.PAGE_UP,
    (_NONE, Qt.Key.Key_PageDown): View.PAGE_DOWN,
    (_CTRL, Qt.Key.Key_Home): View.FIRST,
    (_CTRL, Qt.Key.Key_End): View.LAST,
}

_FIRST_COMMAND: Final = Qt.Key.Key_Escape.value
"""From here on keys are no characters."""
_DIGITS: Final = {Qt.Key(Qt.Key.Key_0.value + n): n for n in range(1, 10)}
_PAD_COMMANDS: Final = (Qt.Key.Key_Plus, Qt.Key.Key_Minus)


def plain_digit(event: QKeyEvent) -> int | None:
    """Return the digit of a key pressed alone (main or numeric keys), else None."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return None
    text = event.text()
    return int(text) if len(text) == 1 and text in "123456789" else None


def meaning(event: QKeyEvent) -> Meaning | None:
    """Return what a pressed key means, or None when it is text or unknown."""
    held = event.modifiers()
    if event.key() < _FIRST_COMMAND and held == _NONE:  # what is typed, which is most
        return None
    key = Qt.Key(event.key())
    chord = held & (_SHIFT | _CTRL | _ALT | Qt.KeyboardModifier.MetaModifier)
    if key in _DIGITS and not held & _PAD:
        if chord == _CTRL:
            return TakeCall(_DIGITS[key])
        if chord == _ALT:
            return Alternate(_DIGITS[key])
    if key in _PAD_COMMANDS:
        return CHORDS.get((_PAD, key)) if held & _PAD and chord == _NONE else None
    if key == Qt.Key.Key_Enter:
        key = Qt.Key.Key_Return
    return CHORDS.get((chord, key))


CAPS: Final[dict[Action | View, str]] = {
    Action.ENTER: "↵",
    Action.CONSULT: "⇧↵",
    Action.MOBILE: "Ctrl ↵",
    Action.ANYWAY: "Ctrl ⇧↵",
    Action.BACK: "Num −",
    Action.ESCAPE: "Esc",
    Action.ANSWER_NEXT: "F2",
    Action.HOLD: "F4",
    Action.SWAP: "F5",
    Action.CAMP_ON: "F6",
    Action.VOICEMAIL: "F7",
    Action.HANG_UP: "F8",
    Action.PARK: "F9",
    Action.CONFERENCE: "F11",
    Action.READY: "F12",
    Action.LOG_OUT: "⇧F12",
    Action.DIGITS: "Ctrl D",
    Action.TAKE: "Ctrl 0",
    Action.REMOVE_CALLBACK: "Ctrl Del",
    Action.UNDO: "Ctrl Z",
    View.HELP: "F1",
    View.SEARCH: "F3",
    View.GROUPS: "Ctrl G",
    View.CARD: "Ctrl I",
    View.NEXT_NUMBER: "Ctrl N",
    View.WEEK: "Ctrl U",
    View.MESSAGE: "Ctrl M",
    View.UP: "↑",
    View.DOWN: "↓",
    View.PAGE_UP: "PgUp",
    View.PAGE_DOWN: "PgDn",
    View.FIRST: "Ctrl Home",
    View.LAST: "Ctrl End",
    View.MARK_UP: "Ctrl ↑",
    View.MARK_DOWN: "Ctrl ↓",
    View.ABSENCE: "F11",
    View.EDIT: "Ctrl E",
    View.WALL: "Ctrl T",
    View.FAVOURITES: "Ctrl B",
    View.SETTINGS: "Ctrl ,",
    View.ONLY_FREE: "Ctrl F",
    View.EARLIER: "Alt ←",
    View.LATER: "Alt →",
    View.MANAGER: "Alt ↑",
    View.LANGUAGE: "Ctrl L",
    View.CLOSE: "Ctrl Q",
}

CAP_NAMES: Final = {"Ctrl": QT_TRANSLATE_NOOP("Cap", "Ctrl"), "Del": QT_TRANSLATE_NOOP("Cap", "Del")}

LABELS: Final[dict[Action | View, str]] = {
    Action.ENTER: QT_TRANSLATE_NOOP("Key", "Answer / transfer"),
    Action.CONSULT: QT_TRANSLATE_NOOP("Key", "Consult"),
    Action.MOBILE: QT_TRANSLATE_NOOP("Key", "To mobile"),
    Action.ANYWAY: QT_TRANSLATE_NOOP("Key", "Transfer anyway"),
    Action.BACK: QT_TRANSLATE_NOOP("Key", "Back / hang up"),
    Action.ESCAPE: QT_TRANSLATE_NOOP("Key", "Back, never hangs up"),
    Action.ANSWER_NEXT: QT_TRANSLATE_NOOP("Key", "Answer next"),
    Action.HOLD: QT_TRANSLATE_NOOP("Key", "Hold / fetch"),
    Action.SWAP: QT_TRANSLATE_NOOP("Key", "Swap"),
    Action.CAMP_ON: QT_TRANSLATE_NOOP("Key", "Camp-on"),
    Action.VOICEMAIL: QT_TRANSLATE_NOOP("Key", "Voicemail"),
    Action.HANG_UP: QT_TRANSLATE_NOOP("Key", "Hang up"),
    Action.PARK: QT_TRANSLATE_NOOP("Key", "Park / fetch"),
    Action.CONFERENCE: QT_TRANSLATE_NOOP("Key", "Conference"),
    Action.READY: QT_TRANSLATE_NOOP("Key", "Ready / pause"),
    Action.LOG_OUT: QT_TRANSLATE_NOOP("Key", "Log out"),
    Action.DIGITS: QT_TRANSLATE_NOOP("Key", "Send tones"),
    Action.TAKE: QT_TRANSLATE_NOOP("Key", "Fetch the marked call"),
    Action.REMOVE_CALLBACK: QT_TRANSLATE_NOOP("Key", "Remove callback"),
    Action.UNDO: QT_TRANSLATE_NOOP("Key", "Undo"),
    View.HELP: QT_TRANSLATE_NOOP("Key", "Help"),
    View.SEARCH: QT_TRANSLATE_NOOP("Key", "Search"),
    View.GROUPS: QT_TRANSLATE_NOOP("Key", "My groups"),
    View.CARD: QT_TRANSLATE_NOOP("Key", "Card"),
    View.NEXT_NUMBER: QT_TRANSLATE_NOOP("Key", "Other number"),
    View.WEEK: QT_TRANSLATE_NOOP("Key", "Day / week"),
    View.MESSAGE: QT_TRANSLATE_NOOP("Key", "Message"),
    View.UP: QT_TRANSLATE_NOOP("Key", "Previous colleague"),
    View.DOWN: QT_TRANSLATE_NOOP("Key", "Next colleague"),
    View.PAGE_UP: QT_TRANSLATE_NOOP("Key", "A page up"),
    View.PAGE_DOWN: QT_TRANSLATE_NOOP("Key", "A page down"),
    View.FIRST: QT_TRANSLATE_NOOP("Key", "First colleague"),
    View.LAST: QT_TRANSLATE_NOOP("Key", "Last colleague"),
    View.MARK_UP: QT_TRANSLATE_NOOP("Key", "Mark a call further up"),
    View.MARK_DOWN: QT_TRANSLATE_NOOP("Key", "Mark a call further down"),
    View.ABSENCE: QT_TRANSLATE_NOOP("Key", "Absence"),
    View.EDIT: QT_TRANSLATE_NOOP("Key", "Change an entry"),
    View.WALL: QT_TRANSLATE_NOOP("Key", "Timeline"),
    View.FAVOURITES: QT_TRANSLATE_NOOP("Key", "Favourite contacts"),
    View.SETTINGS: QT_TRANSLATE_NOOP("Key", "Settings"),
    View.ONLY_FREE: QT_TRANSLATE_NOOP("Key", "Only free"),
    View.EARLIER: QT_TRANSLATE_NOOP("Key", "Earlier"),
    View.LATER: QT_TRANSLATE_NOOP("Key", "Later"),
    View.MANAGER: QT_TRANSLATE_NOOP("Key", "Manager"),
    View.LANGUAGE: QT_TRANSLATE_NOOP("Key", "Language of the words for the caller"),
    View.CLOSE: QT_TRANSLATE_NOOP("Key", "Close Reception"),
}

# The help overlay: heading, then (caps, sentence).
HELP: Final[tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = (
    (
        QT_TRANSLATE_NOOP("Help", "Take a call"),
        (
            ("↵", QT_TRANSLATE_NOOP("Help", "Free: answer the marked or the oldest call")),
            ("⇧↵  Num +", QT_TRANSLATE_NOOP("Help", "Free: call the colleague, or the number typed")),
            ("F2", QT_TRANSLATE_NOOP("Help", "Answer the next call; the present one goes on hold")),
            ("Ctrl 1…9", QT_TRANSLATE_NOOP("Help", "Fetch this call of the list, wherever it waits")),
            ("Ctrl ↑ ↓", QT_TRANSLATE_NOOP("Help", "Mark a call in the list; Ctrl 0 fetches it")),
            ("F4", QT_TRANSLATE_NOOP("Help", "Hold, and fetch again; grab back a transfer that rings")),
            ("F9", QT_TRANSLATE_NOOP("Help", "Park the call; free: fetch a parked one")),
            ("Ctrl Del", QT_TRANSLATE_NOOP("Help", "Remove the marked callback")),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Help", "Pass it on"),
        (
            ("↵", QT_TRANSLATE_NOOP("Help", "Transfer to the selection, or to the number typed")),
            ("⇧↵  Num +", QT_TRANSLATE_NOOP("Help", "Talk with the colleague first; again: connect the two")),
            ("Num −", QT_TRANSLATE_NOOP("Help", "Give the consultation up; in a call: hang up")),
            ("F5", QT_TRANSLATE_NOOP("Help", "Swap between caller and colleague, or between two calls")),
            ("F11", QT_TRANSLATE_NOOP("Help", "In a consultation: all three talk")),
            ("Ctrl ↵", QT_TRANSLATE_NOOP("Help", "To the mobile phone")),
            ("Ctrl ⇧↵", QT_TRANSLATE_NOOP("Help", "Transfer to somebody busy or absent")),
            ("F6", QT_TRANSLATE_NOOP("Help", "Let the caller wait until the colleague is free")),
            ("F7", QT_TRANSLATE_NOOP("Help", "To the colleague's voicemail")),
            ("Alt 1…9", QT_TRANSLATE_NOOP("Help", "To a stand-in; free: show the stand-in")),
            ("Ctrl M", QT_TRANSLATE_NOOP("Help", "Write the colleague a message about the call")),
            ("F8", QT_TRANSLATE_NOOP("Help", "Hang up")),
            ("Ctrl D", QT_TRANSLATE_NOOP("Help", "Send the digits typed as tones")),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Help", "Find and see"),
        (
            ("↑ ↓ PgUp PgDn", QT_TRANSLATE_NOOP("Help", "Move the selection; typing goes on")),
            ("F3", QT_TRANSLATE_NOOP("Help", "To the search field, all of it selected")),
            ("Ctrl N", QT_TRANSLATE_NOOP("Help", "Use the colleague's next number")),
            ("Alt ↑", QT_TRANSLATE_NOOP("Help", "Select the colleague's manager")),
            ("Ctrl U", QT_TRANSLATE_NOOP("Help", "Show the day, or the week")),
            ("Ctrl F", QT_TRANSLATE_NOOP("Help", "Only those who are free; again: all")),
            ("Ctrl B  Ctrl ,", QT_TRANSLATE_NOOP("Help", "Favourite contacts; settings")),
            ("Ctrl T", QT_TRANSLATE_NOOP("Help", "Everybody's time side by side; Alt ← → other days")),
            ("F11", QT_TRANSLATE_NOOP("Help", "Set an absence (⇧F11 always): one key, or words")),
            ("Ctrl E", QT_TRANSLATE_NOOP("Help", "Change or delete an entry; again: the next one")),
            ("Ctrl Z", QT_TRANSLATE_NOOP("Help", "Take an absence back, for a minute")),
            ("Ctrl L", QT_TRANSLATE_NOOP("Help", "The words for the caller in another language")),
            ("Ctrl I", QT_TRANSLATE_NOOP("Help", "Open or close the card in a narrow window")),
            ("F12", QT_TRANSLATE_NOOP("Help", "Ready, or pause; with ⇧ log out")),
            ("Ctrl G", QT_TRANSLATE_NOOP("Help", "Log in to and out of groups: then 1…9")),
            ("Esc", QT_TRANSLATE_NOOP("Help", "Close, clear, back out. Never hangs up")),
            ("Ctrl Q", QT_TRANSLATE_NOOP("Help", "Close Reception; calls go on")),
        ),
    ),
)


def cap(meaning: Action | View) -> str:
    """Return what is printed on the key cap."""
    return printed(CAPS[meaning])


def printed(caps: str) -> str:
    """Return caps as the keyboards of the window's language have them (Strg, Entf)."""
    for name in ("Ctrl", "Del"):
        if name in caps:
            caps = caps.replace(name, translate("Cap", CAP_NAMES[name]))
    return caps


def take_cap(number: int) -> str:
    """Return the cap that fetches the `number`-th call of the list."""
    return printed(f"Ctrl {number}")


def label(meaning: Action | View) -> str:
    """Return the short name of an action."""
    return translate("Key", LABELS[meaning])
