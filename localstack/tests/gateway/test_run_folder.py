"""A cloud says which folder it runs in, by which its owner knows it."""

import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from local_cloud.own_endpoints import RUN_FOLDER_PATH
from local_cloud.testing import Cloud


def test_a_cloud_tells_the_folder_that_its_process_and_its_log_are_in(cloud: Cloud) -> None:
    with urlopen(cloud.endpoint_url + RUN_FOLDER_PATH) as answer:  # noqa: S310
        told = json.load(answer)
    assert told == {"runFolder": str(cloud.log.parent.resolve())}


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_nothing_can_be_done_with_it(cloud: Cloud, method: str) -> None:
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(cloud.endpoint_url + RUN_FOLDER_PATH, method=method, data=b"{}"))  # noqa: S310
    with refused.value as answer:
        assert answer.code == 405
