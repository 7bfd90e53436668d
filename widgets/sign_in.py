"""Asks for the receptionist's token when the team's hub does not know this console, or has Microsoft asked.

The dialogue stands beside the window and comes once by itself for each start, and after each sign-out; Enter
takes, Escape leaves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from reception.console.api import Delta, LinkState
from reception.console.tokens import SignIn
from reception.model.changes import Message
from widgets import wording
from widgets.controller import Controller
from widgets.labels import PlainLabel
from widgets.settings import Form, SettingsDialog
from widgets.texts import translate
from widgets.window import Window

if TYPE_CHECKING:
    from widgets.microsoft_sign_in import SigningIn

_NOT_IN: Final = ("wrong_token", "signed_out")


class SignInDialog(Form):
    """One field for a token; above it `note`, why it is asked for just now.

    Signals:
        given: (str) a token was typed and confirmed.
        elsewhere: it is to come by a sign-in with Microsoft.
    """

    given = Signal(str)
    elsewhere = Signal()

    def __init__(self, hub: str, parent: QWidget, note: str = "") -> None:
        super().__init__(translate("SignIn", "Sign in"), parent)
        if note:
            self.form.addRow(PlainLabel(note, is_wrapped=True))
            self.setAccessibleDescription(note)
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
    """Opens the dialogue when the hub refuses this console for its token, and lets receptionists sign out."""

    def __init__(self, window: Window, controller: Controller, sign_in: SignIn) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._sign_in = sign_in
        self.dialog: SignInDialog | None = None
        self.signing: SigningIn | None = None
        self.button: QPushButton | None = None
        self._settings: SettingsDialog | None = None
        self._note = ""
        self._listens = False
        self._listen()
        self._on_updated()

    @Slot(object)
    def _on_updated(self, delta: Delta | None = None) -> None:
        if delta is not None and not delta.link:
            return
        if self._is_unknown:
            self._controller.updated.disconnect(self._on_updated)
            self._listens = False
            self.open()

    async def stop(self) -> None:
        """Give up a sign-in that is under way."""
        if self.signing is not None:
            await self.signing.stop()

    @Slot()
    def open(self) -> None:
        """Ask."""
        self.dialog = SignInDialog(self._sign_in.hub, self._window, self._note)
        self._note = ""
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
        if not self._listens:
            self._listens = True
            self._controller.updated.connect(self._on_updated)

    @Slot(object)
    def add_to_settings(self, dialog: SettingsDialog) -> None:
        """Let whoever is signed in sign out in the settings, and whoever is not, sign in."""
        self._settings = dialog
        hint = ""
        if not self._sign_in.token() or self._is_unknown:
            said = translate("SignIn", "You are not signed in.")
            button = self.button = QPushButton(translate("SignIn", "Sign in …"))
            button.clicked.connect(self._on_sign_in)
        else:
            said = self._signed_in_as()
            button = self.button = QPushButton(translate("SignIn", "Sign out"))
            button.clicked.connect(self._on_sign_out)
            hint = translate("SignIn", "A call you are in goes on at your telephone.")
        button.setMinimumHeight(34)
        button.setAutoDefault(False)
        button.setAccessibleDescription(f"{said} {hint}".strip())
        dialog.add(said, button)
        if hint:
            dialog.form.addRow("", PlainLabel(hint, tone="muted", is_wrapped=True))

    def _signed_in_as(self) -> str:
        replica = self._controller.replica
        me = replica.attendants.get(replica.me)
        if me is None:
            return translate("SignIn", "Signed in")
        return translate("SignIn", "Signed in as {name}").format(name=me.name)

    @property
    def _is_unknown(self) -> bool:
        """Whether the hub will not have us for who we are, or because we are nobody."""
        replica = self._controller.replica
        message = replica.link_message
        return replica.link is LinkState.REFUSED and message is not None and message.key in _NOT_IN

    @Slot()
    def _on_sign_in(self) -> None:
        if self._settings is not None:
            self._settings.reject()
        if self.signing is not None and self.signing.dialog is not None:  # it is under way
            self.signing.open()
        else:
            self.open()

    @Slot()
    def _on_sign_out(self) -> None:
        if self._settings is not None:
            self._settings.reject()
        key = "signed_out" if self._controller.replica.link is LinkState.UP else "signed_out_alone"
        self._listen()
        if not self._sign_in.sign_out():
            key = "sign_in_still_kept"
        self._note = wording.sentence(Message(key=key)).text

    @Slot(str)
    def _on_given(self, token: str) -> None:
        if self._sign_in.save(token):
            self._listen()  # it may be a wrong one again
        else:
            self._controller.say("settings_not_saved")
