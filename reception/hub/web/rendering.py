"""Templates and what they may use, and the files that never change while the hub runs."""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path
from typing import Any, Final, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

FOLDER: Final = Path(str(resources.files("resources"))) / "web"
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
_FOR_EVER: Final = "public, max-age=31536000, immutable"


class _File(NamedTuple):
    data: bytes
    kind: str
    mark: str


class Assets:
    """The style, the script and the pictures; each address carries a mark of what is in it."""

    def __init__(self, folder: Path = FOLDER / "static") -> None:
        self._files = {path.name: _read(path) for path in folder.iterdir() if path.suffix in _TYPES}

    def address(self, name: str) -> str:
        """Return the address of a file; it changes with the file, so browsers may keep it."""
        return f"/static/{name}?v={self._files[name].mark}"

    async def serve(self, request: Request) -> Response:
        """Serve one of the files."""
        file = self._files.get(request.path_params["name"])
        if file is None:
            return Response(status_code=404)
        is_marked = request.query_params.get("v") == file.mark
        headers = {"cache-control": _FOR_EVER if is_marked else "no-cache", "etag": f'"{file.mark}"'}
        if request.headers.get("if-none-match") == headers["etag"]:
            return Response(status_code=304, headers=headers)
        return Response(file.data, media_type=file.kind, headers=headers)


class Renderer:
    """Makes pages from templates; what is put in is text, never markup."""

    def __init__(self, assets: Assets) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.globals["asset"] = assets.address

    def page(self, template: str, *, code: int = 200, **values: Any) -> HTMLResponse:
        """Return a page, or a part of one."""
        html = self._templates.get_template(template).render(**values)
        return HTMLResponse(html, status_code=code)


def _read(path: Path) -> _File:
    data = path.read_bytes()
    return _File(data, _TYPES[path.suffix], hashlib.sha256(data).hexdigest()[:12])
