"""What Microsoft sends encrypted, for a key that we made (contract 1.11).

The key lives as long as the hub: a subscription that was made for another one is made anew anyway.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.asymmetric import padding as asymmetric
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.serialization import Encoding

from reception.errors import ProtocolError

_BITS: Final = 2048
_LASTS: Final = timedelta(days=366)
_OAEP: Final = asymmetric.OAEP(mgf=asymmetric.MGF1(hashes.SHA1()), algorithm=hashes.SHA1(), label=None)
"""SHA-1 is what Microsoft uses here; the strength of OAEP does not rest on its collisions."""
_IV: Final = 16


class Seal:
    """A key pair with a certificate. `id` tells Microsoft's items which one they were made for."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Reception")])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self._key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + _LASTS)
            .sign(self._key, hashes.SHA256())
        )
        self.certificate = base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()
        self.id = certificate.fingerprint(hashes.SHA256()).hex()

    def open(self, sealed: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is in an `encryptedContent`. Raises ProtocolError for what was not made for us."""
        if sealed.get("encryptionCertificateId") != self.id:
            raise ProtocolError("graph_malformed", what="encryptedContent")
        try:
            key = self._key.decrypt(base64.b64decode(str(sealed["dataKey"])), _OAEP)
            data = base64.b64decode(str(sealed["data"]))
            signature = base64.b64decode(str(sealed["dataSignature"]))
            if not hmac.compare_digest(hmac.new(key, data, hashlib.sha256).digest(), signature):
                raise ValueError("it was changed on its way")
            lock = Cipher(algorithms.AES(key), modes.CBC(key[:_IV])).decryptor()
            padded = lock.update(data) + lock.finalize()
            unpadder = padding.PKCS7(algorithms.AES.block_size).unpadder()
            return msgspec.json.decode(unpadder.update(padded) + unpadder.finalize(), type=dict[str, Any])
        except (ValueError, KeyError, msgspec.DecodeError) as error:
            raise ProtocolError("graph_malformed", what="encryptedContent") from error
