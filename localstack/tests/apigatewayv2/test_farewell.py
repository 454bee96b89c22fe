from local_cloud.plugins.apigatewayv2.farewell import Farewell, said_by_client


def test_a_client_without_a_code_is_described_as_aws_does() -> None:
    assert said_by_client(1005, None) == Farewell(1005, "Client-side close frame status not set")


def test_a_clients_code_and_reason_are_passed_on() -> None:
    assert said_by_client(4000, "enough") == Farewell(4000, "enough")
    assert said_by_client(1001, None) == Farewell(1001, "")
