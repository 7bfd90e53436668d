"""Links that name a telephone number: ``tel:`` (RFC 3966) and ``callto:``, as web pages and mails have them.

What a link says is only ever put into the search field; who sits there sees it and presses Enter, or does
not.
"""

from __future__ import annotations

import re
from typing import Final

_SCHEME: Final = re.compile(r"\s*[\"']?(tel|callto):", re.IGNORECASE)
_SEPARATORS: Final = re.compile(r"[\s.()/\-]+")
"""Visual separators of RFC 3966, and those that people write."""
_A_NUMBER: Final = re.compile(r"\+?[0-9*#]+")
_LONGEST: Final = 64
"""Characters of a number or name; what is longer is no number that anybody dials."""


def number_of(link: str) -> str:
    """Return the number that a link names, without what separates; empty when it names none.

    Parameters (``;ext=``, ``;phone-context=``) are left out: an extension is dialled when somebody answers,
    and a context says where a local number is valid, not what goes before it (RFC 3966, 5.1.4 and 5.1.5).
    What is no number, as in ``callto:alice``, is a name to search for.
    """
    match = _SCHEME.match(link)
    if match is None:
        return ""
    said = _decoded(link[match.end() :]).strip().strip("\"'").lstrip("/")
    said = re.split(r"[;?]", said, maxsplit=1)[0]
    said = " ".join("".join(c if c.isprintable() else " " for c in said).split())
    number = _SEPARATORS.sub("", re.sub(r"(?<=\d)\s*\(0\)", "", said))
    return (number if _A_NUMBER.fullmatch(number) else said.rstrip("/"))[:_LONGEST]


def _decoded(text: str) -> str:
    from urllib.parse import unquote

    return unquote(text, errors="replace")
