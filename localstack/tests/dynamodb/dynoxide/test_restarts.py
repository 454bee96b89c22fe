"""A dynoxide that ends, whatever ends it, is back with all its tables; a file that is lost is not passed over."""

from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.session import get_session
from local_cloud.process_tree import listening_addresses, tree_of
from local_cloud.testing import Cloud

KEYS: dict[str, Any] = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
REGION = "eu-central-1"  # the tables of which are of this module alone


def dynamodb(cloud: Cloud, attempts: int = 5, region: str = REGION) -> Any:
    config = Config(retries={"total_max_attempts": attempts, "mode": "standard"})
    return get_session().create_client(
        "dynamodb", endpoint_url=cloud.endpoint_url, region_name=region, config=config, **KEYS
    )


def create_table(client: Any) -> str:
    name = f"t-{uuid4().hex[:8]}"
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    )
    return name


def dynoxide(cloud: Cloud, region: str = REGION) -> psutil.Process:
    """The process with the tables of the region."""
    ending = f"{region.replace('-', '')}.db"
    (found,) = (one for one in tree_of(psutil.Process(cloud.pid)) if one.cmdline()[-1:][0].endswith(ending))
    return found


def put(client: Any, table: str, key: str) -> None:
    client.put_item(TableName=table, Item={"id": {"S": key}})


def keys(client: Any, table: str) -> set[str]:
    return {item["id"]["S"] for item in client.scan(TableName=table)["Items"]}


def test_it_is_back_after_a_kill_with_every_row_that_it_has_confirmed(cloud: Cloud) -> None:
    client = dynamodb(cloud)
    table = create_table(client)
    with ThreadPoolExecutor(4) as writers:
        writing = [writers.submit(put, client, table, str(n)) for n in range(40)]
        writing[10].result()
        dynoxide(cloud).kill()
        for one in writing:
            one.result()
    assert keys(client, table) == {str(n) for n in range(40)}
    client.delete_table(TableName=table)


def test_who_asks_while_it_is_gone_gets_an_error_that_sdks_try_again_after(cloud: Cloud) -> None:
    once = dynamodb(cloud, attempts=1)
    table = create_table(once)
    told = set()
    for _ in range(20):
        killed = dynoxide(cloud)
        killed.kill()
        try:
            put(once, table, "1")
        except ClientError as error:
            told.add((error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"]["Code"]))
        put(dynamodb(cloud), table, "2")
    assert told <= {(503, "ServiceUnavailable")}
    once.delete_table(TableName=table)


def test_a_lost_file_is_told_and_no_empty_one_takes_its_place(cloud: Cloud) -> None:
    region = "eu-south-1"
    client = dynamodb(cloud, attempts=1, region=region)
    create_table(client)
    process = dynoxide(cloud, region)
    file = Path(process.cmdline()[-1])
    for part in file.parent.glob(f"{file.name}*"):
        part.unlink()
    process.kill()
    process.wait(timeout=60)
    for _ in range(2):
        with pytest.raises(ClientError, match="ServiceUnavailable"):
            client.list_tables()


def test_what_was_printed_and_what_ended_it_is_in_a_log_of_the_run_folder(cloud: Cloud) -> None:
    client = dynamodb(cloud)
    create_table(client)
    dynoxide(cloud).kill()
    client.list_tables()
    log = (cloud.log.parent / "tables.log").read_text()
    assert "Dynoxide listening" in log
    assert "dynoxide ended with -9: starting it again from" in log


def test_its_files_are_their_users_alone_below_the_run_folder(cloud: Cloud) -> None:
    create_table(dynamodb(cloud))
    folder = Path(dynoxide(cloud).cmdline()[-1]).parent
    assert folder.is_relative_to(cloud.log.parent)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_no_page_finds_the_address_that_lets_any_page_in(cloud: Cloud) -> None:
    create_table(dynamodb(cloud))
    ((host, _),) = listening_addresses([dynoxide(cloud)])
    assert ip_address(host) in ip_network("127.0.0.0/8")
    assert not host.startswith("127.0.0.")


def test_each_account_and_region_has_a_process_once_it_has_a_table(cloud: Cloud) -> None:
    client = dynamodb(cloud, region="ap-east-1")
    before = len(tree_of(psutil.Process(cloud.pid)))
    assert client.list_tables()["TableNames"] == []
    assert len(tree_of(psutil.Process(cloud.pid))) == before
    create_table(client)
    assert len(tree_of(psutil.Process(cloud.pid))) == before + 1
