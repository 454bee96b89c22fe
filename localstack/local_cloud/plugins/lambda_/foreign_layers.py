"""LocalStack fails with an internal error when a function names another account's layer that it does not have; ours
refuses it as AWS refuses a layer that is not shared, and says how to have it here.

https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html
"""

from typing import Any, NoReturn

from localstack.services.lambda_.hooks import inject_layer_fetcher


@inject_layer_fetcher()  # type: ignore[untyped-decorator]  # LocalStack has no types
def refuse_foreign_layers(provider: Any) -> None:
    """LocalStack's hook: stand where its licensed edition fetches layers from AWS."""
    provider.layer_fetcher = NoFetcher()


class NoFetcher:
    """A `LayerFetcher` that asks nobody."""

    def fetch_layer(self, layer_version_arn: str) -> NoReturn:
        """Refuse, by AccessDeniedException as on AWS, a layer version that this cloud does not have."""
        from localstack.services.lambda_.provider import AccessDeniedException  # noqa: PLC0415  # takes seconds

        account = layer_version_arn.split(":")[4]
        raise AccessDeniedException(
            f"Not authorized to perform: lambda:GetLayerVersion on resource: {layer_version_arn}."
            f" This cloud fetches no layers from AWS: publish it here, with {account} for the access key's id,"
            f" which makes it that account's."
        )
