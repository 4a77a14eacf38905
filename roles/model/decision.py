"""What the company decided on an addressable specification of the Security Rule (164.306(d)(3))."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from billing_identity.roles.model.base import Entity, RoleRef, Text


class Decision(Entity):
    """One file in `decisions/`: the specification weighed, the outcome and who stands for it."""

    kind: Literal["decision"] = "decision"
    specification: Annotated[str, StringConstraints(pattern=r"^164\.3\d\d(\([A-Za-z0-9]+\))+$")]
    """The addressable specification, as the citation registry has it: `164.312(a)(2)(iii)`."""
    decision: Literal["implemented", "substituted", "not-implemented"]
    """Done as it is written; an equivalent measure instead; or neither, since it is not reasonable here."""
    reason: Text
    """Why it is, or is not, reasonable and appropriate here."""
    substitute: Text | None = None
    """The equivalent measure; needed unless the specification is implemented."""
    measures: tuple[Text, ...] = Field(min_length=1)
    """What carries the decision out, and where the evidence is."""
    approver: RoleRef
    decided: date
    review: date
    """Day by which it is weighed again; at most two years after the decision."""
