"""AWS errors in the words of the AWS provider."""

from typing import Final, NoReturn

from billing_identity.sandbox.services.registry import ServiceError, new_uuid

_STATUS: Final = {"NotFound": 404, "NoSuch": 404, "AccessDenied": 403, "Conflict": 409, "AlreadyExists": 409}


def refuse(doing: str, operation: str, code: str, message: str, status: int = 0) -> NoReturn:
    """Raise the error of an AWS call.

    `doing` is what the provider was about ("creating KMS Key"), `operation` is "KMS: CreateKey", `code` the
    service's error code; `status` is guessed from the code when 0.
    """
    guessed = next((s for part, s in _STATUS.items() if part in code), 400)
    raise ServiceError(
        f"{doing}: operation error {operation}, https response error StatusCode: {status or guessed}, "
        f"RequestID: {new_uuid()}, {code}: {message}"
    )
