"""Builds group-rule conditions in the Okta Expression Language (the legacy dialect that group rules use).

Group rules know user attributes, string and array functions, AND, OR and `==`; no dates (Okta help,
"Group rules"). `Arrays.contains` matches a whole element, case-sensitively (Okta support, "Okta Group Rule
Using Arrays.contains").
"""

import re
from collections.abc import Sequence

from billing_identity.components.errors import ComponentInputError

_ATTRIBUTE = re.compile(r"[a-z][A-Za-z0-9_]{0,49}")
_VALUE = re.compile(r"[A-Za-z0-9 ._:/@-]{1,80}")


def _checked(attribute: str, value: str) -> tuple[str, str]:
    if not _ATTRIBUTE.fullmatch(attribute):
        raise ComponentInputError(f"attribute {attribute!r}: write an Okta variable name such as jobCode")
    if not _VALUE.fullmatch(value):
        raise ComponentInputError(
            f"value {value!r} of {attribute}: letters, digits, space and . _ : / @ - only"
        )
    return attribute, value


def equals(attribute: str, value: str) -> str:
    """`user.attribute=="value"`. Raises ComponentInputError for what could break out of the quotes."""
    name, text = _checked(attribute, value)
    return f'user.{name}=="{text}"'


def contains(attribute: str, value: str) -> str:
    """True when the array attribute holds exactly this value."""
    name, text = _checked(attribute, value)
    return f'Arrays.contains(user.{name}, "{text}")'


def any_of(conditions: Sequence[str]) -> str:
    """The conditions joined by OR, in parentheses when there are several. Raises for none at all."""
    if not conditions:
        raise ComponentInputError("a condition of no alternatives would match everybody or nobody")
    return conditions[0] if len(conditions) == 1 else "(" + " OR ".join(conditions) + ")"


def all_of(conditions: Sequence[str]) -> str:
    """The conditions joined by AND. Raises for none at all."""
    if not conditions:
        raise ComponentInputError("a rule without a condition would match everybody")
    return " AND ".join(conditions)
