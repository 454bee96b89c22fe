"""Which media types are binary, and what a function is then told of a body."""

import pytest
from local_cloud.plugins.apigateway.media_types import event_body, is_binary


@pytest.mark.parametrize(
    ("mime_type", "binary_media_types"),
    [
        ("image/png", ["image/png"]),
        ("image/png", ["application/pdf", "image/*"]),
        ("image/png", ["*/*"]),
        ("Image/PNG", ["image/png"]),
        ("multipart/form-data; boundary=x", ["multipart/form-data"]),
        ("image/png, */*;q=0.5", ["image/png"]),
        ("*/*", ["*/*"]),
        (None, ["*/*"]),
        ("nonsense", ["*/*"]),
    ],
)
def test_a_type_of_the_list_or_below_a_wildcard_is_binary(mime_type: str | None, binary_media_types: list[str]) -> None:
    assert is_binary(mime_type, binary_media_types)


@pytest.mark.parametrize(
    ("mime_type", "binary_media_types"),
    [
        ("image/png", []),
        ("image/png", ["image/jpeg", "text/*"]),
        ("text/html, image/png", ["image/png"]),
        ("*/*", ["image/png"]),
        ("image/*", ["image/png"]),
        (None, ["image/*"]),
        ("nonsense", ["nonsense/*", "image/*"]),
        ("image", ["image/*"]),
    ],
)
def test_any_other_is_not(mime_type: str | None, binary_media_types: list[str]) -> None:
    assert not is_binary(mime_type, binary_media_types)


@pytest.mark.parametrize(
    ("body", "mime_type", "text", "is_encoded"),
    [
        (b"\x00\xff", "image/png", "AP8=", True),
        (b"text", "image/png", "dGV4dA==", True),
        ("é".encode(), "text/plain", "é", False),
        (b"a\xffb", "text/plain", "a\ufffdb", False),
        (b"{}", None, "{}", False),
        (b"", "image/png", None, False),
    ],
)
def test_a_function_is_given_what_is_binary_in_base64(
    body: bytes, mime_type: str | None, text: str | None, is_encoded: bool
) -> None:
    assert event_body(body, mime_type, ["image/png"]) == {"body": text, "isBase64Encoded": is_encoded}


def test_a_body_without_a_type_counts_as_json() -> None:
    assert event_body(b"{}", None, ["application/json"])["isBase64Encoded"]
