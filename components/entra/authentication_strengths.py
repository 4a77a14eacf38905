"""The strengths that sign-ins are held to: what the tenant asks itself, what federated people bring."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

import pulumi
import pulumi_azuread as azuread

from billing_identity.components.errors import ComponentInputError

PHISHING_RESISTANT = ("fido2", "windowsHelloForBusiness", "x509CertificateMultiFactor")
"""Microsoft's phishing-resistant set ("Conditional Access authentication strength")."""
ONE_TIME_PASS = "temporaryAccessPassOneTime"  # noqa: S105
FEDERATED = ("federatedMultiFactor",)
"""The one thing that people of a domain federated with MFA at the other side can satisfy."""


class AuthenticationStrengthsArgs(TypedDict):
    """Arguments of AuthenticationStrengths."""

    federated: bool
    """Whether people come from a federated provider whose second factor is accepted."""
    administrator_combinations: NotRequired[Sequence[str]]
    """What administrators may prove themselves with: some of PHISHING_RESISTANT; all of it by default."""


class AuthenticationStrengths(pulumi.ComponentResource):
    """Phishing-resistant for native accounts; for federated people a strength of their own.

    A federated person can't satisfy the native strength and would be blocked by it: there the provider they
    come from asks for the phishing-resistant factor. Raises ComponentInputError for
    `administrator_combinations` that a look-alike site could relay.
    """

    administrator_id: pulumi.Output[str]
    """What administrators satisfy: the native strength, or a narrower one."""
    bootstrap_id: pulumi.Output[str]
    """The native strength, or a one-time temporary access pass: for registering the first security key."""
    workforce_id: pulumi.Output[str]
    """The strength that the workforce can satisfy: federated where it is federated, native otherwise."""

    def __init__(
        self, name: str, args: AuthenticationStrengthsArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:entra:AuthenticationStrengths", name, None, opts)
        narrow = tuple(sorted(args.get("administrator_combinations", PHISHING_RESISTANT)))
        if not narrow or not set(narrow) <= set(PHISHING_RESISTANT):
            raise ComponentInputError(
                f"{name}: administrator_combinations: some of {', '.join(PHISHING_RESISTANT)}"
            )
        child = pulumi.ResourceOptions(parent=self, protect=True)
        # Under federation only administrators are native, so the native strength is theirs alone.
        own = narrow if args["federated"] else PHISHING_RESISTANT
        native = azuread.AuthenticationStrengthPolicy(
            f"{name}-native",
            display_name="Phishing-resistant, native",
            description="Security key, certificate, or what the device holds, as the tier accepts",
            allowed_combinations=sorted(own),
            opts=child,
        )
        bootstrap = azuread.AuthenticationStrengthPolicy(
            f"{name}-bootstrap",
            display_name="Registration of a security key",
            description="Phishing-resistant, or a one-time pass issued after identity proofing",
            allowed_combinations=sorted((*PHISHING_RESISTANT, ONE_TIME_PASS)),
            opts=child,
        )
        self.administrator_id = native.id
        if set(narrow) != set(own):
            self.administrator_id = azuread.AuthenticationStrengthPolicy(
                f"{name}-administrators",
                display_name="Phishing-resistant, admins",
                description="What the tier of administration accepts, and nothing else",
                allowed_combinations=list(narrow),
                opts=child,
            ).id
        self.bootstrap_id = bootstrap.id
        self.workforce_id = native.id
        if args["federated"]:
            self.workforce_id = azuread.AuthenticationStrengthPolicy(
                f"{name}-federated",
                display_name="Federated provider's factors",
                description="The provider that the person comes from asked for the phishing-resistant factor",
                allowed_combinations=list(FEDERATED),
                opts=child,
            ).id
        self.register_outputs(
            {
                "administratorId": self.administrator_id,
                "bootstrapId": self.bootstrap_id,
                "workforceId": self.workforce_id,
            }
        )
