"""Why a leg ended: Asterisk's hang-up causes (Q.850) and SIP answers in the engine's words.

Seen on a real Asterisk (tests/lab/FACTS.md, 3.3 and 3.13): busy 17 with SIP 486; time is up 19 with 480
(Asterisk 16: 0); a caller who gives up 127 with 487, one who hangs up none or 16; we hang up 16.
"""

from __future__ import annotations

from typing import Final

from reception.ports import GoneCause

_BY_SIP: Final[dict[int, GoneCause]] = {
    403: GoneCause.REJECTED,
    404: GoneCause.UNREACHABLE,
    408: GoneCause.NO_ANSWER,
    410: GoneCause.UNREACHABLE,
    480: GoneCause.NO_ANSWER,
    484: GoneCause.UNREACHABLE,
    486: GoneCause.BUSY,
    487: GoneCause.NORMAL,
    600: GoneCause.BUSY,
    603: GoneCause.REJECTED,
    604: GoneCause.UNREACHABLE,
    607: GoneCause.REJECTED,
}
_BY_Q850: Final[dict[int, GoneCause]] = {
    0: GoneCause.NO_ANSWER,
    1: GoneCause.UNREACHABLE,
    2: GoneCause.UNREACHABLE,
    3: GoneCause.UNREACHABLE,
    16: GoneCause.NORMAL,
    17: GoneCause.BUSY,
    18: GoneCause.NO_ANSWER,
    19: GoneCause.NO_ANSWER,
    20: GoneCause.UNREACHABLE,
    21: GoneCause.REJECTED,
    22: GoneCause.UNREACHABLE,
    26: GoneCause.NORMAL,  # answered elsewhere
    27: GoneCause.UNREACHABLE,
    28: GoneCause.UNREACHABLE,
    31: GoneCause.NORMAL,
    32: GoneCause.NORMAL,  # what a hang-up by ARI asks for
}
_NETWORK: Final = frozenset({34, 38, 41, 42, 44, 47, 58, 65, 88, 102})

REASON_CODES: Final[dict[GoneCause, int]] = {
    GoneCause.BUSY: 17,
    GoneCause.NO_ANSWER: 19,
    GoneCause.REJECTED: 21,
    GoneCause.UNREACHABLE: 20,
    GoneCause.FAILED: 38,
}
"""What to tell ARI when we end a leg; NORMAL needs nothing."""


def gone_cause(cause: int | None, tech_cause: int | None, *, is_trying: bool) -> GoneCause:
    """Say why a leg ended. `is_trying`: we were ringing it and it had not answered yet."""
    if not is_trying:
        return GoneCause.FAILED if cause in _NETWORK else GoneCause.NORMAL
    if tech_cause in _BY_SIP:
        return _BY_SIP[tech_cause]
    return _BY_Q850.get(cause or 0, GoneCause.FAILED)
