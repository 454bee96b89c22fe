"""The Cognito authorizer that guards every route but the open ones.

It takes access tokens (a route with scopes does), as the original's does. The user pool's ARN is only needed while the
API is deployed; the deployer puts it into the environment.
"""

import os

from chalice.app import CognitoUserPoolAuthorizer

ACCESS_TOKEN_SCOPE = "aws.cognito.signin.user.admin"  # noqa: S105  # the scope of every access token that Cognito's API issues

signed_in = CognitoUserPoolAuthorizer(
    "signed-in",
    provider_arns=[os.environ.get("USER_POOL_ARN", "")],
    header="Authorization",
    scopes=[ACCESS_TOKEN_SCOPE],
)
