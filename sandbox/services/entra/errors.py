"""Entra errors in the words of the azuread provider."""

from typing import NoReturn

from billing_identity.sandbox.services.registry import ServiceError


def bad_request(doing: str, message: str, code: str = "BadRequest") -> NoReturn:
    """Raise a refusal of Microsoft Graph; `doing` as in "creating Conditional Access Policy"."""
    raise ServiceError(f"{doing}: unexpected status 400 (400 Bad Request) with error: {code}: {message}")


def not_found(doing: str, identifier: str) -> NoReturn:
    """Raise Graph's "not found"."""
    raise ServiceError(
        f"{doing}: unexpected status 404 (404 Not Found) with error: Request_ResourceNotFound: Resource "
        f"'{identifier}' does not exist or one of its queried reference-property objects are not present."
    )
