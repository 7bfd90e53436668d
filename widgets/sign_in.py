"""Asks for the receptionist's token when the team's hub does not know this console, or has Microsoft asked.

The dialogue stands beside the window and comes once by itself for each start; Enter takes, Escape leaves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from reception.console.api import Delta, LinkState
from reception.console.tokens import SignIn
from widgets.controller import Controller
from widgets.labels import PlainLabel
from widgets.settings import Form
from widgets.texts import translate
from widgets.window import Window

if TYPE_CHECKING:
    from widgets.microsoft_sign_in import SigningIn

_UNKNOWN = "wrong_token"


class SignInDialog(Form):
    """One field for a token.

    Signals:
        given: (str) a token was typed and confirmed.
        elsewhere: it is to come by a sign-in with Microsoft.
    """

    given = Signal(str)
    elsewhere = Signal()

    def __init__(self, hub: str, parent: QWidget) -> None:
        super().__init__(translate("SignIn", "Sign in"), parent)
        words = translate("SignIn", "Your administrator gives you an access token for {hub}.").format(hub=hub)
        self.form.addRow(PlainLabel(words, is_wrapped=True))
        name = translate("SignIn", "Access token")
        self.field = QLineEdit()
        self.field.setObjectName("field")
        self.field.setMinimumHeight(34)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(name)
        self.add(name, self.field)
        self.microsoft = QPushButton(translate("SignIn", "Sign in with Microsoft"))
        self.microsoft.setMinimumHeight(34)
        self.microsoft.setAutoDefault(False)
        self.microsoft.clicked.connect(self._on_microsoft)
        self.form.addRow(PlainLabel(translate("SignIn", "Or")), self.microsoft)
        self.close_with_buttons()
        self.accepted.connect(self._on_accepted)

    @Slot()
    def _on_microsoft(self) -> None:
        self.reject()
        self.elsewhere.emit()

    @Slot()
    def _on_accepted(self) -> None:
        if token := self.field.text().strip():
            self.given.emit(token)


class AsksForToken(QObject):
    """Opens the dialogue when the hub refuses this console for its token."""

    def __init__(self, window: Window, controller: Controller, sign_in: SignIn) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._sign_in = sign_in
        self.dialog: SignInDialog | None = None
        self.signing: SigningIn | None = None
        controller.updated.connect(self._on_updated)
        self._on_updated()

    @Slot(object)
    def _on_updated(self, delta: Delta | None = None) -> None:
        if delta is not None and not delta.link:
            return
        replica = self._controller.replica
        message = replica.link_message
        if replica.link is LinkState.REFUSED and message is not None and message.key == _UNKNOWN:
            self._controller.updated.disconnect(self._on_updated)
            self.open()

    async def stop(self) -> None:
        """Give up a sign-in that is under way."""
        if self.signing is not None:
            await self.signing.stop()

    @Slot()
    def open(self) -> None:
        """Ask."""
        self.dialog = SignInDialog(self._sign_in.hub, self._window)
        self.dialog.given.connect(self._on_given)
        self.dialog.elsewhere.connect(self._on_elsewhere)
        self.dialog.form.setRowVisible(self.dialog.microsoft, self._sign_in.way is not None)
        self.dialog.show()
        self.dialog.field.setFocus()

    @Slot()
    def _on_elsewhere(self) -> None:
        if self._sign_in.way is None:
            return
        if self.signing is None:
            from widgets.microsoft_sign_in import SigningIn

            self.signing = SigningIn(self._window, self._controller, self._sign_in.way)
            self.signing.given_up.connect(self.open)
            self.signing.done.connect(self._listen)
        self.signing.open()

    @Slot()
    def _listen(self) -> None:
        """What somebody got may open nothing, or nothing any more."""
        self._controller.updated.connect(self._on_updated)

    @Slot(str)
    def _on_given(self, token: str) -> None:
        if self._sign_in.save(token):
            self._controller.updated.connect(self._on_updated)  # it may be a wrong one again
        else:
            self._controller.say("settings_not_saved")
