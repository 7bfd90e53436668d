"""The floor of the start and of memory, as a process: a bare window, with `qasync` when told so.

Says the milliseconds from its first line to its first paint; then, when asked, its memory in kB.
"""

import time

BEGAN = time.perf_counter()

import os  # noqa: E402
import sys  # noqa: E402

from PySide6.QtCore import QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

if "qasync" in sys.argv:
    os.environ["QT_API"] = "pyside6"
    import qasync  # noqa: F401


class Window(QWidget):
    """Says when it was painted."""

    def paintEvent(self, event):
        """Paint nothing, and tell."""
        super().paintEvent(event)
        QTimer.singleShot(0, self.tell)

    def tell(self):
        """Say when, and end or wait."""
        sys.stdout.write(f"{(time.perf_counter() - BEGAN) * 1000}\n")
        sys.stdout.flush()
        if "stay" in sys.argv:
            return
        os._exit(0)


app = QApplication(sys.argv[:1])
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
