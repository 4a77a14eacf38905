"""Access packages: who may ask for a group, who approves, how long it lasts, who reviews it."""

from collections.abc import Sequence
from typing import TypedDict

import pulumi
import pulumi_azuread as azuread

from billing_identity.components.errors import ComponentInputError

FREQUENCIES = ("weekly", "monthly", "quarterly", "halfyearly", "annual")
"""Review frequencies (azuread, `review_frequency`)."""
MAX_STAGES = 3
APPROVAL_DAYS = 14


class Package(TypedDict):
    """One package: membership of one group. Groups by object id."""

    name: str
    """Ends the resources' names and is stable, for example the role's id."""
    title: str
    description: str
    group_id: pulumi.Input[str]
    requestors: pulumi.Input[str]
    """Group whose members may ask."""
    stages: Sequence[Sequence[pulumi.Input[str]]]
    """Groups that approve, stage after stage; in each stage one member of any of them."""
    days: int
    """How long the membership lasts before it must be asked for again."""
    review_frequency: str
    """One of FREQUENCIES."""
    review_days: int
    """Days that reviewers have; silence removes the membership."""
    reviewers: Sequence[pulumi.Input[str]]
    """Groups that review; none of them may be the one under review."""
    recommendations: bool
    """Whether reviewers are told who has not signed in or is unlike the others (Entra ID Governance)."""


class AccessPackagesArgs(TypedDict):
    """Arguments of AccessPackages."""

    catalogue_title: str
    description: str
    packages: Sequence[Package]


class AccessPackages(pulumi.ComponentResource):
    """One catalogue, a package and a policy for each group; closed to people from outside.

    Raises ComponentInputError, with every fault, for a package that nobody approves or reviews, more than
    three stages, a frequency that Entra doesn't have, or an end that is out of range.
    """

    def __init__(
        self, name: str, args: AccessPackagesArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:entra:AccessPackages", name, None, opts)
        if faults := [fault for package in args["packages"] for fault in _faults(package)]:
            raise ComponentInputError("\n".join(f"{name}: {fault}" for fault in faults))
        child = pulumi.ResourceOptions(parent=self)
        catalogue = azuread.AccessPackageCatalog(
            name,
            display_name=args["catalogue_title"],
            description=args["description"],
            externally_visible=False,
            published=True,
            opts=child,
        )
        for package in sorted(args["packages"], key=lambda package: package["name"]):
            self._package(f"{name}-{package['name']}", package, catalogue.id)
        self.register_outputs({"catalogueId": catalogue.id})

    def _package(self, name: str, package: Package, catalogue: pulumi.Input[str]) -> None:
        child = pulumi.ResourceOptions(parent=self)
        offered = azuread.AccessPackageResourceCatalogAssociation(
            name,
            catalog_id=catalogue,
            resource_origin_id=package["group_id"],
            resource_origin_system="AadGroup",
            opts=child,
        )
        made = azuread.AccessPackage(
            name,
            catalog_id=catalogue,
            display_name=package["title"],
            description=package["description"],
            hidden=False,
            opts=child,
        )
        content = azuread.AccessPackageResourcePackageAssociation(
            name,
            access_package_id=made.id,
            catalog_resource_association_id=offered.id,
            access_type="Member",
            opts=child,
        )
        azuread.AccessPackageAssignmentPolicy(
            name,
            access_package_id=made.id,
            display_name="By request",
            description="Asked for, approved by somebody else, ended and reviewed",
            duration_in_days=package["days"],
            extension_enabled=True,
            requestor_settings=azuread.AccessPackageAssignmentPolicyRequestorSettingsArgs(
                scope_type="SpecificDirectorySubjects",
                requests_accepted=True,
                requestors=[
                    azuread.AccessPackageAssignmentPolicyRequestorSettingsRequestorArgs(
                        subject_type="groupMembers", object_id=package["requestors"]
                    )
                ],
            ),
            approval_settings=azuread.AccessPackageAssignmentPolicyApprovalSettingsArgs(
                approval_required=True,
                approval_required_for_extension=True,
                requestor_justification_required=True,
                approval_stages=[_stage(stage) for stage in package["stages"]],
            ),
            assignment_review_settings=azuread.AccessPackageAssignmentPolicyAssignmentReviewSettingsArgs(
                enabled=True,
                review_type="Reviewers",
                review_frequency=package["review_frequency"],
                duration_in_days=package["review_days"],
                access_review_timeout_behavior="removeAccess",
                access_recommendation_enabled=package["recommendations"],
                approver_justification_required=True,
                reviewers=[
                    azuread.AccessPackageAssignmentPolicyAssignmentReviewSettingsReviewerArgs(
                        subject_type="groupMembers", object_id=reviewer
                    )
                    for reviewer in package["reviewers"]
                ],
            ),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[content]),
        )


def _stage(
    approvers: Sequence[pulumi.Input[str]],
) -> azuread.AccessPackageAssignmentPolicyApprovalSettingsApprovalStageArgs:
    return azuread.AccessPackageAssignmentPolicyApprovalSettingsApprovalStageArgs(
        approval_timeout_in_days=APPROVAL_DAYS,
        approver_justification_required=True,
        alternative_approval_enabled=False,
        primary_approvers=[
            azuread.AccessPackageAssignmentPolicyApprovalSettingsApprovalStagePrimaryApproverArgs(
                subject_type="groupMembers", object_id=approver
            )
            for approver in approvers
        ],
    )


def _faults(package: Package) -> list[str]:
    name, found = package["name"], list[str]()
    if not package["stages"] or not all(package["stages"]):
        found.append(f"{name}: stages: somebody must approve, in every stage")
    if len(package["stages"]) > MAX_STAGES:
        found.append(f"{name}: stages: at most {MAX_STAGES}")
    if not package["reviewers"]:
        found.append(f"{name}: reviewers: somebody must review")
    if package["review_frequency"] not in FREQUENCIES:
        found.append(f"{name}: review_frequency {package['review_frequency']!r}: {', '.join(FREQUENCIES)}")
    if not 1 <= package["days"] <= 365:
        found.append(f"{name}: days {package['days']}: 1 to 365")
    return found
