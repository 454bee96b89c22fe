"""The gate's certificate: made on this machine, for one address, and kept where only its user can read the key.

No authority signs for an address of a room's, so each phone warns at its first visit, and its owner has to trust the
gate; what they can compare is the fingerprint. What Apple's devices ask of such a certificate beside that:
https://support.apple.com/en-us/103769 (at most 825 days, the address among its alternative names, for TLS's servers).
"""

import os
import secrets
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LASTS = timedelta(days=90)
RENEWED_BEFORE_END = timedelta(days=7)  # none ends in the middle of a class
NAME = "Serverlesspresso, on a laptop in this room"


@dataclass(frozen=True)
class Certificate:
    """A certificate with its key, in one file."""

    file: Path
    fingerprint: str
    ends: datetime

    def for_server(self) -> ssl.SSLContext:
        """What a server needs to show it."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self.file)
        return context


def certificate_for(address: str, folder: Path, now: datetime) -> Certificate:
    """The certificate that was made for an address before, or a new one.

    Args:
        folder: where it is kept.
        now: with its time zone.
    """
    file = folder / "certificate.pem"
    held = _read(file)
    if held is None or not _is_good(held, address, now):
        held = _make(address, file, now)
    return Certificate(file, fingerprint(held), held.not_valid_after_utc)


def fingerprint(held: x509.Certificate) -> str:
    """Its SHA-256, as phones show it."""
    return held.fingerprint(hashes.SHA256()).hex(":").upper()


def own_secret(folder: Path) -> bytes:
    """Random bytes that nobody but this gate knows, the same at each start."""
    file = folder / "secret"
    with suppress(FileNotFoundError):
        if len(held := file.read_bytes()) == 32:
            return held
    write_privately(file, secrets.token_bytes(32))
    return file.read_bytes()


def write_privately(file: Path, content: bytes) -> None:
    """Write a file that only its user can read, whole or not at all."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.parent.chmod(0o700)
    half = file.with_name(f"{file.name}.{os.getpid()}")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as writing:
        writing.write(content)
    half.replace(file)


def _read(file: Path) -> x509.Certificate | None:
    try:
        content = file.read_bytes()
        serialization.load_pem_private_key(content, None)
        return x509.load_pem_x509_certificate(content)
    except (FileNotFoundError, ValueError):
        return None


def _is_good(held: x509.Certificate, address: str, now: datetime) -> bool:
    """Whether it names the address and does not end soon."""
    names = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    is_for_address = names.get_values_for_type(x509.IPAddress) == [ip_address(address)]
    return is_for_address and held.not_valid_before_utc <= now < held.not_valid_after_utc - RENEWED_BEFORE_END


def _make(address: str, file: Path, now: datetime) -> x509.Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    made = _signed(address, key, now.astimezone(UTC))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_privately(file, private + made.public_bytes(serialization.Encoding.PEM))
    return made


def _signed(address: str, key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))  # a phone's clock may be behind
        .not_valid_after(now + LASTS)
        .add_extension(alternative, critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
