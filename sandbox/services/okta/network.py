"""Network zones: how much they hold."""

from billing_identity.sandbox.services.okta.errors import invalid
from billing_identity.sandbox.services.okta.organization import ZONE
from billing_identity.sandbox.services.registry import Call, before
from billing_identity.sandbox.wire import texts


@before(ZONE)
def gateways_fit(call: Call) -> None:
    """150 ranges in a zone, 1,000 in one that blocks (Okta Management API 5.1.0, IPNetworkZone)."""
    most = 1000 if call.text("usage") == "BLOCKLIST" else 150
    if (count := len(texts(call.inputs, "gateways"))) > most:
        invalid("failed to create network zone", "gateways", f"{count} entries, at most {most}")
