"""Programs and packages are signed by the command that is given, with certificates of a test."""

from __future__ import annotations

import http.server
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from installer.products import HUB
from installer.running import BuildError
from installer.signing import VARIABLE, sign
from scripts.requirements import TOP
from tests.msi.conftest import OLD, Shelf

COMMAND = f"{TOP}/installer/sign-with-osslsigncode {{}}"
LEAF = "basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage={use}\n"
CLOCK = """
[tsa]
default_tsa = clock
[clock]
serial = serial
crypto_device = builtin
signer_cert = clock.pem
certs = root.pem
signer_key = clock.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256,sha384,sha512
ess_cert_id_alg = sha256
"""


class Office:
    """Certificates of a test, and a time stamp service (RFC 3161) on this computer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._openssl(
            *(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-sha256",
                "-days",
                "30",
                "-nodes",
                "-keyout",
                "root.key",
            ),
            *("-out", "root.pem", "-subj", "/CN=Reception test root"),
            *(
                "-addext",
                "basicConstraints=critical,CA:true",
                "-addext",
                "keyUsage=critical,keyCertSign,cRLSign",
            ),
        )
        self._leaf("signer", "codeSigning")
        self._leaf("clock", "critical,timeStamping")
        (folder / "password").write_text("test")
        self._openssl(
            *("pkcs12", "-export", "-inkey", "signer.key", "-in", "signer.pem", "-certfile", "root.pem"),
            *("-passout", "file:password", "-out", "signer.p12"),
        )
        (folder / "clock.cnf").write_text(CLOCK)
        (folder / "serial").write_text("01\n")
        self.stamps = 0

    def _openssl(self, *words: str) -> bytes:
        return subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, check=True).stdout

    def _leaf(self, name: str, use: str) -> None:
        (self.folder / "extensions").write_text(LEAF.format(use=use))
        self._openssl(
            *("req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr"),
            *("-subj", f"/O=Reception/CN=Reception test {name}"),
        )
        self._openssl(
            *(
                "x509",
                "-req",
                "-in",
                f"{name}.csr",
                "-CA",
                "root.pem",
                "-CAkey",
                "root.key",
                "-CAcreateserial",
            ),
            *("-days", "30", "-sha256", "-extfile", "extensions", "-out", f"{name}.pem"),
        )

    def stamp(self, question: bytes) -> bytes:
        (self.folder / "question").write_bytes(question)
        self.stamps += 1
        return self._openssl("ts", "-reply", "-config", "clock.cnf", "-queryfile", "question")

    def verified(self, file: Path) -> bool:
        root = str(self.folder / "root.pem")
        done = subprocess.run(
            ["osslsigncode", "verify", "-CAfile", root, "-TSA-CAfile", root, "-in", str(file)],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode == 0 and "Succeeded" in done.stdout


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    made = Office(tmp_path)

    class Service(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = made.stamp(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Service) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setenv("SIGN_P12", str(tmp_path / "signer.p12"))
        monkeypatch.setenv("SIGN_PASSWORD_FILE", str(tmp_path / "password"))
        monkeypatch.setenv("SIGN_TIMESTAMP", f"http://127.0.0.1:{server.server_port}/")
        yield made
        server.shutdown()
        thread.join()


def test_what_is_signed_is_verified_and_what_was_changed_is_not(
    office: Office, shelf: Shelf, hub: Path, tmp_path: Path
) -> None:
    program = shelf.folder / f"work-{HUB.key}-{OLD}" / "files" / "ReceptionHub.exe"
    for source in (program, hub):
        file = tmp_path / source.name
        shutil.copyfile(source, file)
        assert not office.verified(file)
        assert sign(file, {VARIABLE: COMMAND})
        assert office.verified(file)
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
        assert not office.verified(file)
    assert office.stamps == 2


def test_nothing_is_signed_unless_somebody_said_how(tmp_path: Path) -> None:
    file = tmp_path / "file.exe"
    file.write_bytes(b"MZ")
    assert not sign(file, {})
    assert file.read_bytes() == b"MZ"


def test_a_signature_that_fails_ends_the_build(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="exit code 1"):
        sign(tmp_path / "file", {VARIABLE: "false {}"})
