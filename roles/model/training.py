"""A training module and whom it is for."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from billing_identity.roles.model.base import Entity, RoleRef, Text, Title
from billing_identity.roles.model.vocabulary import TrainingTopic


class TrainingModule(Entity):
    """One file in `training/`."""

    kind: Literal["training"] = "training"
    title: Title
    form: Literal["course", "micro-lesson", "phishing-simulation"]
    topics: tuple[TrainingTopic, ...] = Field(min_length=1)
    audience: Literal["everyone"] | tuple[RoleRef, ...]
    """`everyone`, or the roles that must take it."""
    objectives: tuple[Text, ...] = Field(min_length=1)
    owner: RoleRef
    onboarding_days: int | None = Field(default=None, ge=0, le=90)
    """Days after joining within which it is taken; none for micro-lessons."""
    repeat_months: int | None = Field(default=None, ge=1, le=12)
    """Months between repetitions; 12 at most (convention: no paragraph gives an interval)."""
    due_days: int = Field(default=30, ge=1, le=90)
    """Days within which an assigned micro-lesson is taken."""
    pass_score: int | None = Field(default=None, ge=50, le=100)
    """Percent; none for a simulation."""
    acknowledges_policy: bool = False
    """True when completing it also acknowledges the access control policy."""
    coaching: Text | None = None
    """For a phishing simulation: what a repeat offender gets."""
    published: date
