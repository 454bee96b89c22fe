"""The web server parses a content type once."""

from local_cloud.testing import Cloud

CONTENT_TYPE_PARSED_TWICE = """
from twisted.web import http
from local_cloud.plugins.runtime.content_type_cache import keep_parsed_content_types

parsed = []
def noting(line, original=http._parseContentType):
    parsed.append(line)
    return original(line)
http._parseContentType = noting
keep_parsed_content_types()
lines = [b"application/json; charset=utf-8", b"application/json; charset=utf-8", b"multipart/form-data; boundary=x"]
print([http._parseContentType(line) for line in lines] + [len(parsed)])
"""


def test_a_content_type_is_parsed_once_and_said_as_before(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(CONTENT_TYPE_PARSED_TWICE)
    assert ran.stdout.strip() == "[b'application/json', b'application/json', b'multipart/form-data', 2]", ran.stderr
