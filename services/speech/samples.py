"""Sound as numbers: reading and writing WAV, and making of it what a telephone line carries. Pure.

A line carries 8,000 samples a second (G.711), so what is above 4 kHz must go before the rate is lowered, or
it comes back as noise: each new sample is a windowed-sinc mean of the old ones around it.
"""

from __future__ import annotations

import math
import struct
import sys
from array import array
from collections.abc import Iterable
from functools import lru_cache
from operator import mul
from typing import Final

RATE_HZ: Final = 8000
_CUTOFF_HZ: Final = 3600.0
_CROSSINGS: Final = 12
"""Zero crossings of the sinc on either side: what is above 4.2 kHz is 50 dB down."""
_BREATH_S: Final = 0.3
"""Silence before and after: a line that has just been answered swallows the first moment."""
_LOUDEST: Final = 32767
_AUDIBLE: Final = 200
"""Samples below this (of 32767) are the noise between words."""


class NotSound(Exception):
    """It is not a WAV file as we take them; says why."""


def read_wav(data: bytes) -> tuple[int, array[int]]:
    """Return rate (Hz) and samples of a WAV file: PCM, 16 bit, one channel.

    A program that writes to a pipe does not know the length when it writes the header (espeak-ng says 2 GB):
    the data last to the end then. Raises NotSound.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise NotSound("not a WAV file")
    rate, at = 0, 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], int(struct.unpack_from("<I", data, at + 4)[0])
        body = data[at + 8 : at + 8 + size]
        if name == b"fmt " and len(body) >= 16:
            kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", body)
            if (kind, channels, bits) != (1, 1, 16):
                raise NotSound("must be PCM, one channel, 16 bit")
        elif name == b"data" and rate:
            return rate, _samples(body)
        at += 8 + size + size % 2
    raise NotSound("has no sound in it")


def _samples(body: bytes) -> array[int]:
    samples = array("h", body[: len(body) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def write_wav(samples: array[int]) -> bytes:
    """Return samples of `RATE_HZ` as a WAV file."""
    little = array("h", samples)
    if sys.byteorder == "big":
        little.byteswap()
    body = little.tobytes()
    form = struct.pack("<HHIIHH", 1, 1, RATE_HZ, RATE_HZ * 2, 2, 16)
    chunks = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(chunks)) + chunks


def for_telephone(rate: int, samples: array[int]) -> array[int]:
    """Return samples of any rate (Hz) at `RATE_HZ`."""
    if rate == RATE_HZ:
        return samples
    common = math.gcd(rate, RATE_HZ)
    step, phases = rate // common, RATE_HZ // common
    kernels = _kernels(rate, phases)
    half = len(kernels[0]) // 2
    padded = [0] * half + samples.tolist() + [0] * (half + 1)
    new = array("h")
    for n in range(len(samples) * phases // step):
        at, phase = divmod(n * step, phases)
        kernel = kernels[phase]
        value = round(sum(map(mul, padded[at : at + len(kernel)], kernel)))
        new.append(max(-_LOUDEST, min(_LOUDEST, value)))
    return new


@lru_cache(maxsize=8)
def _kernels(rate: int, phases: int) -> tuple[tuple[float, ...], ...]:
    """Return the weights for each place that a new sample can have between two old ones."""
    cutoff = min(_CUTOFF_HZ, 0.45 * rate) * 2 / rate
    half = math.ceil(_CROSSINGS / cutoff)
    return tuple(_kernel(phase / phases, half, cutoff) for phase in range(phases))


def _kernel(offset: float, half: int, cutoff: float) -> tuple[float, ...]:
    weights = []
    for k in range(-half, half + 1):
        x = k - offset
        arch = math.sin(math.pi * cutoff * x) / (math.pi * cutoff * x) if x else 1.0
        weights.append(arch * (0.5 + 0.5 * math.cos(math.pi * x / (half + 1))))
    total = sum(weights)
    return tuple(w / total for w in weights)


def without_silence(samples: array[int]) -> array[int]:
    """Return samples without the silence before and after them."""
    loud = [n for n, value in enumerate(samples) if abs(value) > _AUDIBLE]
    return samples[loud[0] : loud[-1] + 1] if loud else array("h")


def joined(parts: Iterable[array[int]], *, gap_s: float) -> array[int]:
    """Return parts one after the other with a pause between them."""
    gap = array("h", [0] * round(gap_s * RATE_HZ))
    whole = array("h")
    for part in parts:
        whole.extend(gap if whole else ())
        whole.extend(part)
    return whole


def with_breath(samples: array[int]) -> array[int]:
    """Return samples with a moment of silence before and after them."""
    breath = array("h", [0] * round(_BREATH_S * RATE_HZ))
    return breath + samples + breath
