"""Signing in with Microsoft, for a console without a token: the browser does it, the window waits.

The code that stands here stands on the page in the browser too. On a computer that several use at once it is
how somebody sees that the page asks about this console and no other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from reception.console.api import LinkState
from reception.console.tokens import SignInWay
from reception.errors import ServiceError, SignInRefused
from reception.model.changes import Message
from widgets import loop, wording
from widgets.controller import Controller
from widgets.labels import PlainLabel, set_shown
from widgets.texts import translate

if TYPE_CHECKING:
    from reception.console.sign_in import Offer

OpenBrowser: TypeAlias = Callable[[QUrl], bool]


class BrowserDialog(QDialog):
    """Offers the sign-in, shows the code while it is under way, and says what went wrong.

    Signals:
        wanted: (bool) the sign-in is to begin; true to stay signed in on this computer.
        browser_wanted: the page is to be opened again.
        given_up: nothing is to come of it.
    """

    wanted = Signal(bool)
    browser_wanted = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("SignIn", "Sign in"))
        self.setModal(False)
        self.setMinimumWidth(420)
        self.said = PlainLabel(is_wrapped=True)
        self.code = PlainLabel(tone="heading")
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stays = QCheckBox(translate("SignIn", "Stay signed in on this computer"))
        self.begin = self._button(translate("SignIn", "Sign in with Microsoft"), self._on_begin)
        self.again = self._button(translate("SignIn", "Open the browser again"), self.browser_wanted.emit)
        self.cancel = self._button(translate("SignIn", "Cancel"), self.reject)
        self.rejected.connect(self.given_up)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 18)
        box.setSpacing(12)
        for widget in (self.said, self.code, self.stays):
            box.addWidget(widget)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.again, self.cancel, self.begin):
            row.addWidget(button)
        box.addLayout(row)
        self.begin.setDefault(True)

    def offer(self, message: Message) -> None:
        """Say why somebody should sign in, or why it did not work, and let them begin."""
        words = wording.sentence(message)
        self._show(" ".join(part for part in (words.lead, words.rest) if part), code="", is_under_way=False)
        self.begin.setFocus()

    def wait_for_hub(self) -> None:
        """Say that the hub is being asked."""
        self._show(translate("SignIn", "The hub is being asked …"), code="", is_under_way=True)
        set_shown(self.again, is_shown=False)

    def wait_for_windows(self) -> None:
        """Say that Windows asks."""
        text = translate("SignIn", "Sign in in the window that Windows opens.")
        self._show(text, code="", is_under_way=True)
        set_shown(self.again, is_shown=False)

    def wait_for_browser(self, code: str, warning: Message | None = None) -> None:
        """Show the code that the browser must show as well."""
        text = translate("SignIn", "Sign in in the browser. Confirm there only if it shows this code:")
        if warning is not None:
            words = wording.sentence(warning)
            text = f"{words.lead} {words.rest}\n\n{text}"
        self._show(text, code=code, is_under_way=True)

    def _show(self, text: str, *, code: str, is_under_way: bool) -> None:
        self.said.set_text(text)
        self.code.set_text(code)
        spoken = translate("SignIn", "Code {code}").format(code=" ".join(code)) if code else ""
        self.code.setAccessibleName(spoken)
        set_shown(self.code, bool(code))
        set_shown(self.stays, not is_under_way)
        set_shown(self.begin, not is_under_way)
        set_shown(self.again, is_under_way)
        self.setAccessibleDescription(f"{text} {spoken}".strip())
        self.adjustSize()

    def _button(self, words: str, on_click: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setMinimumHeight(34)
        button.setAutoDefault(False)
        button.clicked.connect(on_click)
        return button

    @Slot()
    def _on_begin(self) -> None:
        self.wanted.emit(self.stays.isChecked())


class SigningIn(QObject):
    """Opens the dialogue and has the sign-in done.

    Signals:
        done: there is another token.
        given_up: somebody has closed the dialogue.
    """

    done = Signal()
    given_up = Signal()

    def __init__(
        self,
        window: QWidget,
        controller: Controller,
        way: SignInWay,
        open_browser: OpenBrowser = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._way = way
        self._open_browser = open_browser
        self._offer: Offer | None = None
        self._task: asyncio.Task[None] | None = None
        self.dialog: BrowserDialog | None = None
        controller.updated.connect(self._on_updated)

    @Slot()
    def open(self) -> None:
        """Open the dialogue, or bring it to the front."""
        if self.dialog is None:
            self.dialog = BrowserDialog(self._window)
            self.dialog.wanted.connect(self._begin)
            self.dialog.browser_wanted.connect(self._open_page)
            self.dialog.given_up.connect(self._give_up)
            self.dialog.given_up.connect(self.given_up)
            self.dialog.finished.connect(self._forget)
            self.dialog.offer(Message(key="sign_in_needed"))
        self.dialog.show()
        self.dialog.activateWindow()

    async def stop(self) -> None:
        """Give up what is under way."""
        task = self._task
        self._give_up()
        if task is not None:
            await asyncio.gather(task, return_exceptions=True)

    @Slot(bool)
    def _begin(self, stays: bool) -> None:
        if self._task is None and self.dialog is not None:
            self.dialog.wait_for_hub()
            self._task = loop.spawn(self._sign_in(stays, int(self.dialog.winId())), "sign-in")

    async def _sign_in(self, stays: bool, window: int) -> None:
        try:
            await self._way.sign_in(self._on_offer, stays=stays, window=window)
        except (SignInRefused, ServiceError) as refusal:
            self._end()
            if self.dialog is not None:
                self.dialog.offer(refusal.message)
        else:
            self._end()
            if self.dialog is not None:
                self.dialog.accept()
            self.done.emit()

    def _end(self) -> None:
        self._task = self._offer = None

    def _on_offer(self, offer: Offer) -> None:
        if offer.address:
            self._offer = offer
            self._open_page()
        elif self.dialog is not None:
            self.dialog.wait_for_windows()

    @Slot()
    def _open_page(self) -> None:
        if self._offer is None or self.dialog is None:
            return
        address = self._offer.address
        is_open = self._open_browser(QUrl(address))
        warning = None if is_open else Message(key="sign_in_no_browser", params={"address": address})
        self.dialog.wait_for_browser(self._offer.code, warning)

    @Slot()
    def _give_up(self) -> None:
        task = self._task
        self._end()
        if task is not None:
            task.cancel()

    @Slot()
    def _forget(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    @Slot(object)
    def _on_updated(self, _: object) -> None:
        if self.dialog is not None and self._controller.replica.link is LinkState.UP:
            self.dialog.accept()
