"""``python -m reception``."""

from __future__ import annotations

import sys

from reception.start import main

if __name__ == "__main__":
    sys.exit(main())
