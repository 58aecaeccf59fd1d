"""A certificate for this machine alone, so that a site can be measured as it answers at https."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from newsroom import database

_FOLDER = database.BASE / "var" / "certificate"
_DAYS = 30


def files() -> tuple[Path, Path]:
    """The certificate and its key; made anew when it is older than a day."""
    own, key = _FOLDER / "certificate.pem", _FOLDER / "key.pem"
    now = datetime.now(UTC)
    if own.exists() and key.exists() and own.stat().st_mtime > now.timestamp() - 86_400:
        return own, key
    _FOLDER.mkdir(parents=True, exist_ok=True)
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=_DAYS))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(private, hashes.SHA256())
    )
    key.touch(mode=0o600)
    key.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    own.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return own, key
