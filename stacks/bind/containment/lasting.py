"""While an incident withdraws an application, the identity layer leaves the application's policy alone."""

from __future__ import annotations

from datetime import date

import pulumi

from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import Provider
from billing_identity.stacks.bind.containment.incidents import Incidents

APPLICATIONS = ("okta:app/saml:Saml", "okta:app/oAuth:OAuth")


def register(catalogue: Catalogue, as_of: date) -> None:
    """Ignores the sign-on policy of withdrawn Okta applications for as long as the incident lasts.

    Otherwise a refresh of the identity layer would find the containment layer's denial and undo it. Call
    before anything is declared.
    """
    incidents = Incidents.of(catalogue)
    withdrawn = frozenset(incidents.applications(Provider.OKTA, incidents.withdrawn(as_of)))
    if not withdrawn:
        return

    def leave(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
        if args.type_ not in APPLICATIONS or args.name not in withdrawn:
            return None
        more = pulumi.ResourceOptions(ignore_changes=["authenticationPolicy"])
        return pulumi.ResourceTransformationResult(args.props, pulumi.ResourceOptions.merge(args.opts, more))

    pulumi.runtime.register_stack_transformation(leave)
