"""Every role is trained in all five topics, by modules that are meant for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.access import concrete_roles
from billing_identity.roles.checks.finding import finding, listed, spoken
from billing_identity.roles.checks.reach import training_of
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import TrainingTopic
from billing_identity.roles.problems import Problem

ID = "training-topics"
TITLE = "Every role is trained in all five topics"
CITATIONS = ("164.308(a)(5)(i)", "164.530(b)(1)")
CODES = (ID, "training-audience", "training-acknowledgement")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Topics that a role's courses leave out; a role's course not meant for it; a course whose audience
    does not take it; roles that acknowledge the access policy nowhere."""
    trained = {role.id: training_of(catalogue, role.id) for role in concrete_roles(catalogue)}
    for name, modules in trained.items():
        role = catalogue.roles[name]
        courses = [
            catalogue.training[module] for module in modules if catalogue.training[module].form == "course"
        ]
        missing = set(TrainingTopic) - {topic for course in courses for topic in course.topics}
        if missing:
            yield finding(
                catalogue,
                role,
                ("training",),
                code=ID,
                message=f"role `{name}` is not trained in: {spoken(sorted(missing))}",
                remedy="add a course with the topic to `training`, here or in a role that it inherits from",
                citations=CITATIONS,
            )
        if not any(course.acknowledges_policy for course in courses):
            yield finding(
                catalogue,
                role,
                ("training",),
                code="training-acknowledgement",
                message=f"nobody in role `{name}` acknowledges the access control policy",
                remedy="add a course with `acknowledges_policy: true`",
                citations=CITATIONS,
            )
        for module in modules:
            audience = catalogue.training[module].audience
            if audience != "everyone" and name not in audience:
                yield finding(
                    catalogue,
                    role,
                    ("training",),
                    code="training-audience",
                    message=f"role `{name}` takes `{module}`, whose audience leaves it out",
                    remedy=f"add `{name}` to the audience in training/{module}.yaml",
                    severity="input",
                )
    for module in catalogue.training.values():
        if module.form != "course" or module.audience == "everyone":
            continue
        absent = [role for role in module.audience if role in trained and module.id not in trained[role]]
        if absent:
            yield finding(
                catalogue,
                module,
                ("audience",),
                code="training-audience",
                message=f"`{module.id}` is meant for {listed(absent)}, who do not list it in `training`",
                remedy="add it to those roles, or take them out of the audience",
                severity="input",
            )
