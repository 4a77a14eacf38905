"""The HR-fed attributes of a person's Okta profile."""

from collections.abc import Sequence
from typing import TypedDict

import pulumi
import pulumi_okta as okta

from billing_identity.components.errors import ComponentInputError

BASE_ATTRIBUTES = frozenset(
    {
        *("managerId", "manager", "department", "title", "costCenter", "division", "organization"),
        *("employeeNumber", "userType", "city", "state", "countryCode", "displayName", "nickName"),
    }
)
"""Attributes that every Okta profile has; they can be tuned, not created."""


class ProfileAttribute(TypedDict):
    """One attribute."""

    index: str
    """Variable name, for example `jobCode`."""
    title: str
    array: bool
    """True for a list of strings."""
    values: Sequence[str]
    """Allowed values; empty for open ones."""


class ProfileAttributesArgs(TypedDict):
    """Arguments of ProfileAttributes."""

    attributes: Sequence[ProfileAttribute]


class ProfileAttributes(pulumi.ComponentResource):
    """Declares the attributes one after the other: Okta's schema endpoint loses concurrent writes.

    People can read but not change them, and the profile's source (HR) is their master. Protected: destroying
    an attribute deletes its values. Raises ComponentInputError for an attribute named twice.
    """

    last: pulumi.Output[str]
    """Resolves once all attributes exist; what tests an attribute depends on the component."""

    def __init__(
        self, name: str, args: ProfileAttributesArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:okta:ProfileAttributes", name, None, opts)
        indexes = [attribute["index"] for attribute in args["attributes"]]
        if len(set(indexes)) != len(indexes):
            raise ComponentInputError(f"{name}: an attribute is named twice: {sorted(indexes)}")
        previous: pulumi.Resource | None = None
        for attribute in args["attributes"]:
            options = pulumi.ResourceOptions(
                parent=self, protect=True, depends_on=[previous] if previous is not None else []
            )
            previous = self._declare(name, attribute, options)
        self.last = previous.urn if previous is not None else self.urn
        self.register_outputs({"attributes": indexes})

    @staticmethod
    def _declare(name: str, attribute: ProfileAttribute, options: pulumi.ResourceOptions) -> pulumi.Resource:
        index, title, values = attribute["index"], attribute["title"], list(attribute["values"])
        if index in BASE_ATTRIBUTES:
            return okta.UserBaseSchemaProperty(
                f"{name}-{index}",
                index=index,
                title=title,
                type="string",
                permissions="READ_ONLY",
                master="PROFILE_MASTER",
                opts=options,
            )
        if attribute["array"]:
            return okta.UserSchemaProperty(
                f"{name}-{index}",
                index=index,
                title=title,
                type="array",
                array_type="string",
                array_enums=values or None,
                array_one_ofs=[okta.UserSchemaPropertyArrayOneOfArgs(const=v, title=v) for v in values]
                or None,
                permissions="READ_ONLY",
                master="PROFILE_MASTER",
                scope="NONE",
                opts=options,
            )
        return okta.UserSchemaProperty(
            f"{name}-{index}",
            index=index,
            title=title,
            type="string",
            enums=values or None,
            one_ofs=[okta.UserSchemaPropertyOneOfArgs(const=v, title=v) for v in values] or None,
            permissions="READ_ONLY",
            master="PROFILE_MASTER",
            scope="NONE",
            opts=options,
        )
