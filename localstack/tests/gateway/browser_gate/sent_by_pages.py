"""What pages send, and what goes with it, as it is written."""

from urllib.parse import urlencode

ELSEWHERE = "Origin: http://evil.example"
FORM = "Content-Type: application/x-www-form-urlencoded"
MULTIPART = "Content-Type: multipart/form-data; boundary=x"
COGNITO = "Content-Type: application/x-amz-json-1.1"
SIGNATURE = {
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": "test/20260101/us-east-1/{service}/aws4_request",
    "X-Amz-Date": "20260101T000000Z",
    "X-Amz-Expires": "604800",
    "X-Amz-SignedHeaders": "host",
    "X-Amz-Signature": "0" * 64,
}


def presigned(service: str = "s3") -> str:
    return urlencode({name: value.format(service=service) for name, value in SIGNATURE.items()})


def create_user(name: str) -> str:
    return urlencode({"Action": "CreateUser", "Version": "2010-05-08", "UserName": name})


def multipart(fields: dict[str, str]) -> str:
    """The body of a form with the fields and a file."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
    ]
    file = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.html"\r\n\r\n<script>\r\n--x--\r\n'
    return "".join(parts) + file


def target(operation: str) -> str:
    return f"X-Amz-Target: AWSCognitoIdentityProviderService.{operation}"
