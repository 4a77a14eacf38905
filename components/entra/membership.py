"""Builds dynamic membership rules of Entra groups.

Rules read user properties and extension attributes; they have no date arithmetic on them (Microsoft Entra
documentation, "Rules for dynamic membership groups").
"""

import re
from collections.abc import Sequence

from billing_identity.components.errors import ComponentInputError

_ATTRIBUTE = re.compile(r"[a-z][A-Za-z0-9]{0,49}")
_VALUE = re.compile(r"[A-Za-z0-9 ._:/@-]{1,80}")


def _checked(attribute: str, value: str) -> tuple[str, str]:
    if not _ATTRIBUTE.fullmatch(attribute):
        raise ComponentInputError(
            f"attribute {attribute!r}: write a user property such as extensionAttribute1"
        )
    if not _VALUE.fullmatch(value):
        raise ComponentInputError(
            f"value {value!r} of {attribute}: letters, digits, space and . _ : / @ - only"
        )
    return attribute, value


def equals(attribute: str, value: str) -> str:
    """`(user.attribute -eq "value")`."""
    name, text = _checked(attribute, value)
    return f'(user.{name} -eq "{text}")'


def enabled() -> str:
    """True while the account is enabled."""
    return "(user.accountEnabled -eq true)"


def one_of(attribute: str, values: Sequence[str]) -> str:
    """`(user.attribute -in ["a", "b"])`; a single value is an equality. Raises for none at all."""
    if not values:
        raise ComponentInputError(f"{attribute}: no values; a rule of none would match nobody")
    if len(values) == 1:
        return equals(attribute, values[0])
    quoted = ", ".join(f'"{_checked(attribute, value)[1]}"' for value in values)
    return f"(user.{_checked(attribute, values[0])[0]} -in [{quoted}])"


def listed(attribute: str, value: str) -> str:
    """True when a text attribute that holds `;A;B;` names this value."""
    name, text = _checked(attribute, value)
    return f'(user.{name} -contains ";{text};")'


def outside_domain(domain: str) -> str:
    """True for accounts whose sign-in name is not of this domain: a federated tenant's cloud-only ones."""
    return f'(user.userPrincipalName -notContains "@{_checked("userPrincipalName", domain)[1]}")'


def any_of(conditions: Sequence[str]) -> str:
    """The conditions joined by `-or`, in parentheses when there are several. Raises for none at all."""
    if not conditions:
        raise ComponentInputError("a rule of no alternatives would match nobody")
    return conditions[0] if len(conditions) == 1 else "(" + " -or ".join(conditions) + ")"


def all_of(conditions: Sequence[str]) -> str:
    """The conditions joined by `-and`. Raises for none at all."""
    if not conditions:
        raise ComponentInputError("a rule without a condition would match everybody")
    return " -and ".join(conditions)
