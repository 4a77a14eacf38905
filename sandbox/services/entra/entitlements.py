"""Entitlement management: catalogs, access packages and their policies."""

from typing import Final

from billing_identity.sandbox.services.entra.errors import bad_request, not_found
from billing_identity.sandbox.services.entra.groups import find_group
from billing_identity.sandbox.services.registry import Call, before, before_deletion

CATALOG: Final = "azuread:index/accessPackageCatalog:AccessPackageCatalog"
PACKAGE: Final = "azuread:index/accessPackage:AccessPackage"
CATALOG_ITEM: Final = (
    "azuread:index/accessPackageResourceCatalogAssociation:AccessPackageResourceCatalogAssociation"
)


@before(
    PACKAGE,
    CATALOG_ITEM,
    "azuread:index/accessPackageCatalogRoleAssignment:AccessPackageCatalogRoleAssignment",
)
def catalog_exists(call: Call) -> None:
    """Packages and resources are in a catalog."""
    if not call.has(CATALOG, call.text("catalogId")):
        not_found("retrieving access package catalog", call.text("catalogId"))


@before(CATALOG_ITEM)
def resource_exists(call: Call) -> None:
    """What goes into a catalog is in the directory, by object id."""
    if call.text("resourceOriginSystem") == "AadGroup":
        wanted = call.text("resourceOriginId")
        if find_group(call.store, call.account, wanted) is None:
            not_found("adding resource to access package catalog", wanted)


@before(
    "azuread:index/accessPackageAssignmentPolicy:AccessPackageAssignmentPolicy",
    "azuread:index/accessPackageResourcePackageAssociation:AccessPackageResourcePackageAssociation",
)
def package_exists(call: Call) -> None:
    """Policies and resources hang on a package."""
    if not call.has(PACKAGE, call.text("accessPackageId")):
        not_found("retrieving access package", call.text("accessPackageId"))


@before_deletion(CATALOG)
def catalog_is_empty(call: Call) -> None:
    """A catalog with packages stays."""
    if call.others(PACKAGE, "catalogId", call.id):
        bad_request("deleting access package catalog", "The catalog has access packages; delete them first.")
