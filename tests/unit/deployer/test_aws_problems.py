"""An error of AWS becomes where, what and what to do."""

from typing import Any

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ProfileNotFound,
    ReadTimeoutError,
)
from botocore.parsers import ResponseParserError

from deployer.aws_problems import explained, is_outage
from deployer.problem import Problem


def refusal(code: str, message: str = "no", status: int | None = None) -> ClientError:
    answer: Any = {"Error": {"Code": code, "Message": message}}
    if status:
        answer["ResponseMetadata"] = {"HTTPStatusCode": status}
    return ClientError(answer, "CreateTable")


def test_a_refusal_tells_the_step_the_call_and_awss_own_words() -> None:
    told = str(explained(refusal("ValidationException", "too long"), "create table orders"))
    assert told == "create table orders: CreateTable was refused: too long (ValidationException)"


@pytest.mark.parametrize(
    ("code", "suggestion"),
    [
        ("AccessDeniedException", "lack a permission"),
        ("ExpiredToken", "sign in to AWS again"),
        ("InvalidClientTokenId", "AWS_ACCESS_KEY_ID"),
        ("LimitExceededException", "quota"),
        ("TooManyRequestsException", "Run `up` again"),
        ("StateMachineDeleting", "wait a minute"),
    ],
)
def test_common_refusals_come_with_what_to_do(code: str, suggestion: str) -> None:
    assert suggestion in explained(refusal(code)).suggestion


@pytest.mark.parametrize(
    ("error", "what", "suggestion"),
    [
        (EndpointConnectionError(endpoint_url="http://10.0.0.1/"), "http://10.0.0.1/ does not answer", "make local"),
        (ConnectTimeoutError(endpoint_url="http://10.0.0.1/"), "connection to AWS broke", "make local"),
        (ReadTimeoutError(endpoint_url="http://10.0.0.1/"), "connection to AWS broke", "make local"),
        (NoCredentialsError(), "no AWS credentials", "AWS_ACCESS_KEY_ID"),
        (ResponseParserError("invalid XML received:\nb'<html>'"), "what answers is not AWS", "check AWS_ENDPOINT_URL"),
        (ProfileNotFound(profile="mine"), "profile (mine) could not be found", ""),
    ],
)
def test_not_reaching_aws_is_told_in_one_line(error: Exception, what: str, suggestion: str) -> None:
    problem = explained(error)
    assert what in problem.what
    assert "\n" not in problem.what
    assert suggestion in problem.suggestion


def test_a_problem_keeps_its_words_and_learns_where_it_happened() -> None:
    problem = explained(Problem("two pools", "delete one"), "create pool")
    assert str(problem) == "create pool: two pools\ndelete one"


def test_where_a_problem_happened_first_is_where_it_happened() -> None:
    problem = explained(Problem("two pools", where="look"), "create pool")
    assert problem.where == "look"


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (EndpointConnectionError(endpoint_url="http://10.0.0.1/"), True),
        (ReadTimeoutError(endpoint_url="http://10.0.0.1/"), True),
        (refusal("ServiceUnavailable", status=503), True),
        (refusal("ValidationException", status=400), False),
        (refusal("Any"), False),
        (NoCredentialsError(), False),
    ],
)
def test_nobody_who_answers_is_told_from_a_refusal_also_when_a_problem_came_of_it(
    error: Exception, outage: bool
) -> None:
    problem = explained(error)
    problem.__cause__ = error
    assert (is_outage(error), is_outage(problem)) == (outage, outage)


def test_any_other_error_is_told_with_its_kind() -> None:
    assert explained(KeyError("x")).what == "KeyError: 'x'"
