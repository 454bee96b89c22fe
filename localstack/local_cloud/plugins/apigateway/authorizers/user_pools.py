"""Authorizers of type COGNITO_USER_POOLS: find the token, have it verified, hand on its claims.

The pools' keys are in this process, so a call costs one signature check. Must not know how tokens are made.
"""

from collections.abc import Callable
from typing import Any

from joserfc.jwk import KeySet
from localstack.aws.api.apigateway import Authorizer
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import UnauthorizedError
from localstack.services.apigateway.next_gen.execute_api.helpers import render_uri_with_stage_variables

from local_cloud.plugins.apigateway.authorizers.claims import claims_as_text
from local_cloud.plugins.apigateway.authorizers.invocations import presented_token
from local_cloud.plugins.apigateway.authorizers.tokens import (
    Requirements,
    TokenRefusedError,
    bare_token,
    verified_claims,
)


class UserPoolAuthorizer:
    """Opens a method to the users of an authorizer's pools.

    `keys` gives those that verify the tokens of all pools, which may be another cloud's that this one goes on from, so
    they are asked for each time; `issuer` gives the `iss` of the tokens of the pool with that id.
    """

    def __init__(self, keys: Callable[[], KeySet], issuer: Callable[[str], str]) -> None:
        self._keys = keys
        self._issuer = issuer

    def __call__(self, context: RestApiInvocationContext, authorizer: Authorizer) -> dict[str, Any]:
        """What the integration finds under `requestContext.authorizer`.

        Raises:
            UnauthorizedError: there is no token, or none that meets what the method and the authorizer ask of it.
        """
        token = bare_token(presented_token(context, authorizer))
        try:
            claims = verified_claims(token, self._keys(), self._requirements(context, authorizer))
        except TokenRefusedError as refusal:
            raise UnauthorizedError(str(refusal)) from refusal
        return {"claims": claims_as_text(claims)}

    def _requirements(self, context: RestApiInvocationContext, authorizer: Authorizer) -> Requirements:
        variables = context.stage_variables
        arns = (render_uri_with_stage_variables(arn, variables) for arn in authorizer.get("providerARNs", []))
        return Requirements(
            issuers=frozenset(self._issuer(_pool_id(arn)) for arn in arns),
            scopes=frozenset(context.resource_method["authorizationScopes"] or ()),
            audience=authorizer.get("identityValidationExpression"),
        )


def _pool_id(arn: str) -> str:
    """The pool's id, which begins with its region: `arn:aws:cognito-idp:<region>:<account>:userpool/<id>`."""
    return arn.rpartition("/")[2]
