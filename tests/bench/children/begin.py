"""The start of the real program, as a process: says the milliseconds until people are painted and found.

The program is not changed for it: when its window is shown, its list of people is watched for the first
paint with rows in it. `DATA` is the console's folder; nothing listens at the hub's address.
"""

import time

BEGAN = time.perf_counter()

import os  # noqa: E402
import sys  # noqa: E402


class Watch:
    """Looks on while modules are imported; as soon as there are windows, waits for the console's."""

    def find_spec(self, name, path=None, target=None):
        """Find nothing."""
        if name == "widgets.window":
            sys.meta_path.remove(self)
            wait_for_window()


def wait_for_window():
    """Have the list of people of the first window that is shown watched."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QWidget

    show = QWidget.show

    class Eye(QObject):
        """Sees the list of people painted."""

        def __init__(self, window):
            super().__init__(window)
            self.window = window
            window.people.viewport().installEventFilter(self)

        def eventFilter(self, watched, event):
            """Tell once the paint that comes is done."""
            if event.type() is QEvent.Type.Paint and self.window.people.model().rowCount():
                QTimer.singleShot(0, self.tell)
            return False

        def tell(self):
            """Search once, and say what is there and when."""
            painted = (time.perf_counter() - BEGAN) * 1000
            replica = self.window._controller.replica
            found = len(replica.find("hans j", 50).ids)
            ready = (time.perf_counter() - BEGAN) * 1000
            sys.stdout.write(f"{ready} {painted} {len(replica.people)} {found}\n")
            sys.stdout.flush()
            os._exit(0)

    def watched(window):
        QWidget.show = show
        window.eye = Eye(window)
        show(window)

    QWidget.show = watched


sys.meta_path.insert(0, Watch())

from reception.start import main  # noqa: E402

data, token = sys.argv[1:]
main(
    [
        "--hub",
        "ws://127.0.0.1:9",
        "--token-file",
        token,
        "--data",
        data,
        "--language",
        "da",
        "--theme",
        "light",
    ]
)
