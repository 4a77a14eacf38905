"""What a conditional access policy can ask where: Microsoft's restrictions on targets and controls.

Read 2026-11-24 in MicrosoftDocs/entra-docs, docs/identity/conditional-access: "Target resources" and
"Conditional Access for workload identities"; in azuread's page of the resource (restrictions by application);
a persistent browser session: Microsoft, "Configure session lifetime".
"""

from collections.abc import Iterator
from typing import Final

from billing_identity.sandbox.services.entra.conditional_access import POLICY
from billing_identity.sandbox.services.entra.errors import bad_request
from billing_identity.sandbox.services.registry import Call, before
from billing_identity.sandbox.wire import Properties, block, texts

DEVICES: Final = "urn:user:registerdevice"
GRAPH: Final = "00000003-0000-0000-c000-000000000000"
RESTRICTING: Final = frozenset(
    {"Office365", "00000002-0000-0ff1-ce00-000000000000", "00000003-0000-0ff1-ce00-000000000000"}
)
"""Microsoft 365, Exchange Online, SharePoint Online: the services that limit sessions themselves."""


@before(POLICY)
def controls_fit_the_target(call: Call) -> None:
    """Nothing is asked where it can't be answered."""
    if faults := list(_faults(call.inputs)):
        bad_request("creating Conditional Access Policy", " ".join(faults))


def _faults(inputs: Properties) -> Iterator[str]:
    conditions, grant = block(inputs, "conditions"), block(inputs, "grantControls")
    session, applications = block(inputs, "sessionControls"), block(conditions, "applications")
    controls, targets = set(texts(grant, "builtInControls")), texts(applications, "includedApplications")
    if DEVICES in texts(applications, "includedUserActions"):
        if not controls <= {"mfa"}:
            yield f"{DEVICES} takes mfa or an authentication strength alone."
        if "devices" in conditions or texts(conditions, "clientAppTypes") != ["all"]:
            yield f"{DEVICES} takes no condition on devices or client applications."
    if GRAPH in targets:
        yield "Microsoft Graph can't be a target by itself."
    if session.get("applicationEnforcedRestrictionsEnabled") is True and not set(targets) <= RESTRICTING:
        yield "Application enforced restrictions are for Office 365, Exchange Online and SharePoint Online."
    if session.get("persistentBrowserMode") and targets != ["All"]:
        yield "A persistent browser session takes all applications."
    if "clientApplications" in conditions:
        if texts(block(conditions, "users"), "includedUsers") != ["None"]:
            yield "A policy for programs includes no users."
        if controls != {"block"}:
            yield "A policy for programs can block, and nothing else."
