"""The `Speech` port: a synthesiser that is installed (espeak-ng), and recordings of the organisation.

Both give what a telephone line carries: WAV, 8 kHz, 16 bit, mono. All work is done in threads or processes of
their own. Settings: `services.speech.settings`.

    [[speech]]
    backend = "recorded"        # asked first: what it has pieces for is said in a human voice
    [speech.recorded]
    folder = "prompts"          # prompts/da/prompts.toml and its files

    [[speech]]
    backend = "espeak"          # says everything else
"""

from __future__ import annotations

from services.speech.espeak import create as create_espeak
from services.speech.recorded import create as create_recorded

__all__ = ["create_espeak", "create_recorded"]
