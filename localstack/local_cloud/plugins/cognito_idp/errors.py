"""The refusals of Cognito's API as exceptions. Must not import LocalStack or moto: the rules that raise them are pure.

The messages are AWS's own wherever one is known, because front ends show and compare them.
"""

from local_cloud.plugins.operation_errors import OperationError


class CognitoError(OperationError):
    """A refusal of Cognito's."""


class InvalidParameterError(CognitoError):
    """The request cannot be right, whoever sends it."""

    code = "InvalidParameterException"


class ResourceNotFoundError(CognitoError):
    """There is no such pool or client."""

    code = "ResourceNotFoundException"


class NotAuthorizedError(CognitoError):
    """The caller did not prove who they are."""

    code = "NotAuthorizedException"


class UserNotFoundError(CognitoError):
    """There is no such user, and the client may know."""

    code = "UserNotFoundException"


class UsernameExistsError(CognitoError):
    """The name, e-mail address or phone number belongs to somebody else."""

    code = "UsernameExistsException"


class UserNotConfirmedError(CognitoError):
    """The user signed up and never confirmed it."""

    code = "UserNotConfirmedException"


class PasswordResetRequiredError(CognitoError):
    """An administrator asked for a new password."""

    code = "PasswordResetRequiredException"


class UserLambdaValidationError(CognitoError):
    """A trigger raised an error: its way of saying no."""

    code = "UserLambdaValidationException"


class UnexpectedLambdaError(CognitoError):
    """A trigger could not be called, or did not answer in time."""

    code = "UnexpectedLambdaException"


class InvalidLambdaResponseError(CognitoError):
    """A trigger answered with something that is not its event."""

    code = "InvalidLambdaResponseException"


def incorrect_credentials() -> NotAuthorizedError:
    """The one answer to a wrong password, a failed challenge and (where it must stay secret) an unknown user."""
    return NotAuthorizedError("Incorrect username or password.")


def unrecognizable_output() -> InvalidLambdaResponseError:
    """What a trigger hears that did not return its event with a sensible response."""
    return InvalidLambdaResponseError("Unrecognizable lambda output")
