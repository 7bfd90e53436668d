"""What the hub may rely on when something is to be said aloud: one suite for every backend."""

from __future__ import annotations

import asyncio
import io
import math
import struct
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from reception.presence.voice import Speech
from services.speech import create_espeak, create_recorded

SENTENCE = "Personen De søger kan ikke træffes, men kommer tilbage kl. 14.30."
PIECES = ("Personen De søger kan ikke træffes", "men kommer tilbage kl.", "14", "30")
PIECE_S = 0.5


def tone(path: Path, seconds: float, *, rate: int = 8000, hz: float = 440.0) -> None:
    """Write a recording: a tone with silence around it."""
    quiet = [0] * (rate // 4)
    loud = [round(9000 * math.sin(2 * math.pi * hz * n / rate)) for n in range(round(seconds * rate))]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(struct.pack(f"<{len(loud) + 2 * len(quiet)}h", *quiet, *loud, *quiet))


def recorded(folder: Path) -> Speech:
    """Return the backend with the sentence's pieces, in two rates."""
    language = folder / "da"
    language.mkdir()
    lines = ["[pieces]"]
    for n, piece in enumerate(PIECES):
        tone(language / f"{n}.wav", PIECE_S, rate=(8000, 16000)[n % 2])
        lines.append(f'"{piece}" = "{n}.wav"')
    (language / "prompts.toml").write_text("\n".join(lines), encoding="utf-8")
    return create_recorded({"folder": str(folder)})


def espeak(_: Path) -> Speech:
    return create_espeak({})


@pytest.fixture(params=[espeak, recorded], ids=["espeak", "recorded"])
def speech(request: pytest.FixtureRequest, tmp_path: Path) -> Speech:
    make: Callable[[Path], Speech] = request.param
    return make(tmp_path)


def frames(sound: bytes) -> list[int]:
    """Return the samples of a sound, checked to be what a telephone line carries."""
    with wave.open(io.BytesIO(sound)) as file:
        assert (file.getframerate(), file.getsampwidth(), file.getnchannels()) == (8000, 2, 1)
        return list(struct.unpack(f"<{file.getnframes()}h", file.readframes(file.getnframes())))


def loudness(samples: list[int]) -> float:
    return math.sqrt(sum(s * s for s in samples) / len(samples))


@pytest.mark.requirement("001-12")
async def test_a_sentence_is_a_sound_of_the_right_length_and_not_silent(speech: Speech):
    sound = await speech.say(SENTENCE, "da")
    assert sound is not None
    samples = frames(sound)
    assert 2.0 < len(samples) / 8000 < 8.0
    assert loudness(samples) > 500
    assert max(samples) < 32767, "clipped"


async def test_it_speaks_the_language_it_says_and_no_other(speech: Speech):
    assert "da" in speech.languages
    assert await speech.say(SENTENCE, "fi") is None


async def test_the_same_text_sounds_the_same(speech: Speech):
    assert await speech.say(SENTENCE, "da") == await speech.say(SENTENCE, "da")


async def test_nothing_to_say_is_no_sound(speech: Speech):
    assert await speech.say(" ... ", "da") is None


async def test_several_may_ask_at_once_and_the_loop_goes_on(speech: Speech):
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0.001)

    ticking = asyncio.create_task(tick())
    sounds = await asyncio.gather(*(speech.say(SENTENCE, "da") for _ in range(4)))
    ticking.cancel()
    assert all(sounds)
    assert ticks > 4
