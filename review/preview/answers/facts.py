"""What an answer may be made of: the registration, its provider's scope, and stable made-up identifiers."""

from __future__ import annotations

import hashlib
import string
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from billing_identity.review.preview.record import UNKNOWN, reveal

ALPHABET = string.digits + string.ascii_letters
_SPACE = uuid.UUID(
    "8d7c2f3e-5b0a-5e86-9c4a-0f1d3b6a7e21"
)  # an arbitrary constant: ids differ from other uses of UUID 5


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a provider instance works. `account` is an AWS account, `tenant` an Entra tenant, `org` an Okta
    URL.
    """

    account: str
    region: str
    tenant: str
    org: str
    default_tags: Mapping[str, str]

    @property
    def partition(self) -> str:
        """`aws`, `aws-us-gov` or `aws-cn`, by the Region."""
        if self.region.startswith("us-gov-"):
            return "aws-us-gov"
        return "aws-cn" if self.region.startswith("cn-") else "aws"


class Facts:
    """One registration, as the functions of this package see it. `field` never returns a secret's value."""

    __slots__ = ("earlier", "hash", "inputs", "name", "scope", "type", "urn")

    def __init__(
        self,
        urn: str,
        type_: str,
        name: str,
        inputs: Mapping[str, Any],
        scope: Scope,
        earlier: dict[str, dict[str, Any]],
    ) -> None:
        self.urn = urn
        self.type = type_
        self.name = name
        self.inputs = inputs
        self.scope = scope
        self.earlier = earlier  # what an object says of itself to those that name it, by its identifier
        # With the stack's name: the same resource of two shards or layers is two objects.
        self.hash = hashlib.sha256(urn.encode()).hexdigest()

    def auto(self) -> str:
        """The name that Pulumi's providers give an object that the program did not name."""
        return f"{self.name}-{self.hash[:7]}"

    def field(self, key: str) -> str | None:
        """The input `key` if it is a known, public text; a whole number as its digits."""
        value = self.inputs.get(key)
        if isinstance(value, str):
            return None if value == UNKNOWN else value
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else None

    def text(self, key: str) -> str:
        """As `field`, or the automatic name."""
        value = self.field(key)
        return self.auto() if value is None else value

    def uuid(self, what: str = "") -> str:
        """A stable UUID for this resource, another for each `what`."""
        return str(uuid.uuid5(_SPACE, f"{self.hash}{what}"))

    def hex(self, length: int, what: str = "") -> str:
        """`length` (up to 64) stable lower-case hex digits."""
        return (hashlib.sha256(f"{self.hash}{what}".encode()).hexdigest() if what else self.hash)[:length]

    def base62(self, length: int, what: str = "") -> str:
        """`length` (up to 43) stable letters and digits."""
        number = int(self.hex(64, what or "base62"), 16)
        digits: list[str] = []
        for _ in range(length):
            number, rest = divmod(number, 62)
            digits.append(ALPHABET[rest])
        return "".join(digits)

    def tags(self) -> dict[str, str]:
        """The resource's tags over the provider's default tags."""
        own = reveal(self.inputs.get("tags") or {})
        return {**self.scope.default_tags, **(cast("dict[str, str]", own) if isinstance(own, dict) else {})}
