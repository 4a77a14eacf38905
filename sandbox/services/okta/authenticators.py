"""Authenticators: adopted or added, deactivated and never deleted, and never while a policy enrols them."""

from typing import Final

from billing_identity.sandbox.services import registry
from billing_identity.sandbox.services.okta.errors import forbidden, missing
from billing_identity.sandbox.services.okta.identity import okta_id
from billing_identity.sandbox.services.okta.organization import AUTHENTICATOR, MFA
from billing_identity.sandbox.services.okta.policies import authenticators_in
from billing_identity.sandbox.services.registry import (
    Call,
    after_deletion,
    before,
    before_deletion,
    computes,
    identifies,
)
from billing_identity.sandbox.store import Object
from billing_identity.sandbox.wire import Properties

MFA_DEFAULT: Final = "okta:index/policyMfaDefault:PolicyMfaDefault"
_TYPES: Final = {
    "okta_password": "password",
    "okta_email": "email",
    "okta_verify": "app",
    "phone_number": "phone",
    "webauthn": "security_key",
    "security_question": "security_question",
    "google_otp": "app",
    "smart_card_idp": "federated",
}

registry.kept_on_delete.update({AUTHENTICATOR})


@identifies(AUTHENTICATOR)
def adopt(call: Call) -> str:
    """One authenticator of a key in an organisation: the one that is there, or a new one."""
    there = call.store.find(AUTHENTICATOR, call.account, lambda p: p.get("key") == call.text("key"))
    return there[0].id if there else okta_id("aut")


@computes(AUTHENTICATOR)
def outputs(call: Call) -> Properties:
    """The service's own words for the key."""
    return {"type": _TYPES.get(call.text("key"), "app"), "providerType": call.text("key").upper()}


def _enrolled_by(call: Call, key: str) -> list[str]:
    policies = [o for kind in (MFA, MFA_DEFAULT) for o in call.store.find(kind, call.account)]
    return [
        str(o.props.get("name"))
        for o in policies
        if authenticators_in(o.props).get(key, "NOT_ALLOWED") != "NOT_ALLOWED"
    ]


def _refuse_if_enrolled(call: Call) -> None:
    if names := _enrolled_by(call, str(call.inputs.get("key"))):
        forbidden(
            "failed to deactivate authenticator",
            f"The authenticator is enabled in one or more policies ({', '.join(sorted(names))}): "
            "disable it there first",
        )


@before(AUTHENTICATOR)
def stays_active_while_enrolled(call: Call) -> None:
    """An authenticator that a policy enrols can't become inactive."""
    if call.inputs.get("status") == "INACTIVE":
        _refuse_if_enrolled(call)


@before_deletion(AUTHENTICATOR)
def is_not_enrolled(call: Call) -> None:
    """Deleting means deactivating: refused while a policy enrols it."""
    _refuse_if_enrolled(call)


@after_deletion(AUTHENTICATOR)
def deactivate(call: Call) -> None:
    """The authenticator stays, inactive."""
    if call.old is not None:
        old = call.old
        call.store.put(Object(*old.place, old.id, old.urn, {**old.props, "status": "INACTIVE"}))


@before(
    "okta:index/authenticatorMethodWebauthn:AuthenticatorMethodWebauthn",
    "okta:index/authenticatorWebauthnCustomAaguid:AuthenticatorWebauthnCustomAaguid",
)
def authenticator_exists(call: Call) -> None:
    """Methods hang on an authenticator."""
    if not call.has(AUTHENTICATOR, call.text("authenticatorId")):
        missing("failed to update authenticator method", call.text("authenticatorId"), "Authenticator")
