"""Okta errors in the words of the Okta provider."""

from typing import NoReturn

from billing_identity.sandbox.services.registry import ServiceError


def invalid(doing: str, field: str, cause: str) -> NoReturn:
    """Raise the service's validation error; `doing` as in "failed to create group"."""
    raise ServiceError(
        f"{doing}: the API returned an error: Api validation failed: {field}. "
        f"Causes: errorSummary: {field}: {cause}"
    )


def missing(doing: str, identifier: str, kind: str) -> NoReturn:
    """Raise the service's "not found"; `kind` is the API's own word (UserGroup, AppInstance, Policy)."""
    raise ServiceError(
        f"{doing}: the API returned an error: Not found: "
        f"Resource not found: {identifier} ({kind}). Status: 404"
    )


def forbidden(doing: str, cause: str) -> NoReturn:
    """Raise the service's refusal of an operation that the state of things does not allow."""
    raise ServiceError(f"{doing}: the API returned an error: {cause}. Status: 403")
