"""A claim that tells an application which clients a person is assigned to."""

import json
from typing import TypedDict

import pulumi
import pulumi_azuread as azuread

CLAIM = "clients"
SAML_CLAIM = f"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/{CLAIM}"
"""A SAML claim is named by a URI (Microsoft, "Claims mapping policy type")."""


class ClientsClaimArgs(TypedDict):
    """Arguments of ClientsClaim."""

    title: str
    attribute: str
    """User property that holds the codes, for example `extensionAttribute6`."""


class ClientsClaim(pulumi.ComponentResource):
    """One mapping policy for all applications; see `EnterpriseApplicationArgs.claims_policy`."""

    policy_id: pulumi.Output[str]

    def __init__(self, name: str, args: ClientsClaimArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("billing-identity:entra:ClientsClaim", name, None, opts)
        definition = {
            "ClaimsMappingPolicy": {
                "Version": 1,
                "IncludeBasicClaimSet": "true",
                "ClaimsSchema": [
                    {
                        "Source": "user",
                        "ID": args["attribute"].lower(),
                        "SamlClaimType": SAML_CLAIM,
                        "JwtClaimType": CLAIM,
                    }
                ],
            }
        }
        policy = azuread.ClaimsMappingPolicy(
            name,
            display_name=args["title"],
            definitions=[json.dumps(definition, sort_keys=True)],
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.policy_id = policy.id
        self.register_outputs({"policyId": policy.id})
