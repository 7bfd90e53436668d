"""What is seen of the sign-in in a browser."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urlencode, urlsplit

from services.emulators.graph.asked import Reply
from services.emulators.graph.tenant import User

CHOICE: Final = "emulated_user"
"""Who was chosen on the page; nobody's name for who goes away."""
_HTML: Final = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}


def is_programs(redirect: str) -> bool:
    """Return whether an address is a program's here, for which any port is good (contract 7.2)."""
    address = urlsplit(redirect)
    return address.scheme == "http" and address.hostname == "localhost" and address.path in ("", "/")


def form_page(redirect: str, fields: Mapping[str, str]) -> Reply:
    """Return a page that posts fields back by itself (``response_mode=form_post``)."""
    inputs = "".join(
        f'<input type="hidden" name="{name}" value="{html.escape(value, quote=True)}">'
        for name, value in fields.items()
    )
    page = (
        "<!doctype html><title>Sign in</title>"
        f'<form method="post" action="{html.escape(redirect, quote=True)}">{inputs}'
        "<button>Continue</button></form><script>document.forms[0].submit()</script>"
    )
    return Reply(content=page.encode(), headers=_HTML)


def sign_in_page(users: Iterable[User], asked: Mapping[str, str]) -> Reply:
    """Return the page on which somebody says who they are."""
    choices = "".join(
        f'<li><a id="{html.escape(user.mail.partition("@")[0], quote=True)}" '
        f'href="?{html.escape(urlencode({**asked, CHOICE: user.mail}), quote=True)}">'
        f"{html.escape(user.name)}, {html.escape(user.mail)}</a></li>"
        for user in users
    )
    cancel = html.escape(urlencode({**asked, CHOICE: "nobody"}), quote=True)
    page = (
        '<!doctype html><html lang="en"><title>Sign in (emulated)</title>'
        '<link rel="icon" href="data:,"><h1>Pick an account</h1>'
        f'<ul id="accounts">{choices}</ul><p><a id="cancel" href="?{cancel}">Cancel</a></p></html>'
    )
    return Reply(content=page.encode(), headers=_HTML)
