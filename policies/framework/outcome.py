"""What a policy has to say, and who takes it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from billing_identity.policies.framework.rule import Verdict


@dataclass(frozen=True)
class Outcome:
    """One thing that a policy has to say about one resource (or about the stack, when `urn` is empty)."""

    rule: str
    verdict: Verdict
    message: str
    urn: str
    citations: tuple[str, ...]
    lifted_by: str | None = None
    code: str = ""
    """Id that an exception names: the rule's, or a separation-of-duties rule's."""
    rollout: str = ""
    """Rings to come, with their last days, when the fault is gone once they are enforced (`rollout`)."""

    @property
    def blocks(self) -> bool:
        """Whether a mandatory rule stops the run for it."""
        return self.verdict is Verdict.FAIL and self.lifted_by is None and not self.rollout


class Reporter(ABC):
    """Takes outcomes in full; also callable as the SDK's plain `report_violation`."""

    @abstractmethod
    def take(self, outcome: Outcome) -> None:
        """Takes one outcome; called at least once for each policy that ran, unless it passed."""

    def __call__(self, message: str, urn: str | None = None) -> None:
        """A violation reported by a policy that is not one of ours."""
        self.take(Outcome("", Verdict.FAIL, message, urn or "", ()))
