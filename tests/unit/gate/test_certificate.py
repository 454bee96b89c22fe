"""The certificate names the room's address, is made anew in time, and its key is nobody else's."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from gate.certificate import LASTS, RENEWED_BEFORE_END, certificate_for, own_secret, write_privately

NOW = datetime(2026, 11, 29, 18, tzinfo=UTC)
ADDRESS = "192.168.1.20"


def made(folder: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder / "certificate.pem").read_bytes())


def test_it_names_the_address_and_serves_tls_only(tmp_path: Path) -> None:
    certificate_for(ADDRESS, tmp_path / "room", NOW).for_server()
    extensions = made(tmp_path / "room").extensions
    names = extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.IPAddress) == [ip_address(ADDRESS)]
    assert list(extensions.get_extension_for_class(x509.ExtendedKeyUsage).value) == [ExtendedKeyUsageOID.SERVER_AUTH]
    assert not extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_phones_that_trusted_it_once_meet_the_same_one_again(tmp_path: Path) -> None:
    first = certificate_for(ADDRESS, tmp_path, NOW)
    later = certificate_for(ADDRESS, tmp_path, NOW + LASTS - RENEWED_BEFORE_END - timedelta(hours=1))
    assert later.fingerprint == first.fingerprint


def test_it_is_made_anew_for_another_address_and_before_it_ends(tmp_path: Path) -> None:
    first = certificate_for(ADDRESS, tmp_path, NOW)
    other = certificate_for("192.168.1.21", tmp_path, NOW)
    again = certificate_for("192.168.1.21", tmp_path, NOW + LASTS - RENEWED_BEFORE_END)
    assert len({first.fingerprint, other.fingerprint, again.fingerprint}) == 3
    assert again.ends - NOW > LASTS
    assert certificate_for("192.168.1.21", tmp_path, NOW - timedelta(days=9)).fingerprint != again.fingerprint


def test_what_cannot_be_read_is_made_anew(tmp_path: Path) -> None:
    first = certificate_for(ADDRESS, tmp_path, NOW)
    for content in (b"", b"no certificate", (tmp_path / "certificate.pem").read_bytes()[:300]):
        (tmp_path / "certificate.pem").write_bytes(content)
        assert certificate_for(ADDRESS, tmp_path, NOW).fingerprint != first.fingerprint


def test_only_its_user_can_read_the_key(tmp_path: Path) -> None:
    certificate_for(ADDRESS, tmp_path / "room", NOW)
    own_secret(tmp_path / "room")
    assert (tmp_path / "room").stat().st_mode & 0o077 == 0
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "room").iterdir()} == {0o600}


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"s" * 32)
    (tmp_path / "secret").chmod(0o644)
    write_privately(tmp_path / "secret", b"new")
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_the_secret_is_the_same_at_each_start_and_another_elsewhere(tmp_path: Path) -> None:
    first = own_secret(tmp_path / "a")
    assert own_secret(tmp_path / "a") == first
    assert own_secret(tmp_path / "b") != first
    (tmp_path / "a" / "secret").write_bytes(b"short")
    assert len(own_secret(tmp_path / "a")) == 32
