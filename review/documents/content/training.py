"""The training plan: curriculum by role, cadence, phishing simulation, records."""

from __future__ import annotations

from billing_identity.review.documents.content.common import kept, reviewed
from billing_identity.review.documents.model import Document, Section
from billing_identity.review.documents.writer import Writer, section, sentence, table
from billing_identity.roles.access import concrete_roles
from billing_identity.roles.checks.reach import reaches_ephi, training_of
from billing_identity.roles.model.training import TrainingModule
from billing_identity.roles.model.vocabulary import TrainingTopic

TOPICS = {
    TrainingTopic.HIPAA_BASICS: "HIPAA and the minimum necessary",
    TrainingTopic.ACCESS_POLICY: "Access policy, requests, no shared accounts, break-glass",
    TrainingTopic.MFA_AND_PHISHING: "Second factors, phishing, working from home",
    TrainingTopic.PHI_HANDLING: "Paper, fax, scans and exports",
    TrainingTopic.INCIDENT_REPORTING: "Reporting an incident",
}


def build(w: Writer) -> Document:
    """The document for the writer's company."""
    owner = w.policy.privacy_officer
    return Document(
        id="training-plan",
        title="Security and Privacy Training Plan",
        owner=w.title(owner),
        sections=(
            _curriculum(w),
            _roles(w),
            _cadence(w),
            _simulation(w),
            _records(w),
            section("Upkeep", reviewed(w, owner), kept(w, owner)),
        ),
    )


def _modules(w: Writer, form: str) -> list[TrainingModule]:
    return [module for module in w.catalogue.training.values() if module.form == form]


def _audience(w: Writer, module: TrainingModule) -> str:
    return "everyone" if module.audience == "everyone" else w.titles(module.audience)


def _trained(w: Writer) -> str:
    """The attribute of current training as group rules read it."""
    attribute = w.policy.hr.attributes.get("training_status")
    return attribute.okta if attribute is not None else "training status"


def _curriculum(w: Writer) -> Section:
    return section(
        "Curriculum",
        w.say(
            "Every role is taught all five topics, management and vendor staff included.",
            checks=["training-topics"],
            cite=["164.308(a)(5)(i)", "164.530(b)(1)"],
        ),
        table(
            ("Topic", "Courses"),
            (
                w.row(
                    text,
                    ", ".join(
                        module.title for module in _modules(w, "course") if topic in module.topics
                    ),
                    checks=["training-topics"],
                    cite=["164.308(a)(5)(i)"],
                )
                for topic, text in TOPICS.items()
            ),
        ),
        table(
            ("Course", "What people can do afterwards", "For", "After joining", "Again", "To pass"),
            (
                w.row(
                    module.title,
                    "; ".join(sentence(item) for item in module.objectives),
                    _audience(w, module),
                    f"{module.onboarding_days} days" if module.onboarding_days else "before the first access",
                    f"every {module.repeat_months} months",
                    f"{module.pass_score} percent",
                    checks=["training-form", "training-audience"],
                    people=[module.owner],
                    cite=["164.308(a)(5)(i)"],
                )
                for module in _modules(w, "course")
            ),
        ),
    )  # fmt: skip


def _roles(w: Writer) -> Section:
    return section(
        "Courses by role",
        table(
            ("Role", "Courses", "ePHI only with current training"),
            (
                w.row(
                    role.title,
                    ", ".join(
                        w.catalogue.training[module].title
                        for module in training_of(w.catalogue, role.id)
                        if w.catalogue.training[module].form == "course"
                    ),
                    "yes" if reaches_ephi(w.catalogue, role.id, w.as_of) else "reaches no ePHI",
                    checks=["training-topics", "training-audience"],
                    people=[role.owner],
                    cite=["164.530(b)(1)"],
                )
                for role in concrete_roles(w.catalogue)
            ),
        ),
    )


def _cadence(w: Writer) -> Section:
    owner = w.policy.privacy_officer
    return section(
        "When",
        w.say(
            "People are trained when they join and again at least every year.",
            checks=["training-form"],
            people=[owner],
            cite=["164.530(b)(2)(i)(B)", "164.308(a)(5)(i)"],
        ),
        w.say(
            "A group that reaches ePHI takes in only people whose training is reported as current.",
            resources=[f"okta:group/rule:Rule@{_trained(w)}"],
            otherwise=owner,
            cite=["164.308(a)(3)(ii)(B)"],
        ),
        w.say(
            "A change of a role, a system or this policy brings a micro-lesson for those whom it concerns.",
            checks=["micro-lesson"],
            people=[owner],
            cite=["164.308(a)(5)(ii)(A)", "164.530(b)(2)(i)(C)"],
        ),
        w.say(
            "A new threat that the security analysts see brings one too.",
            people=[w.policy.security_officer],
            cite=["164.308(a)(5)(ii)(A)"],
        ),
        table(
            ("Micro-lesson", "For", "Published", "Taken within"),
            (
                w.row(
                    module.title,
                    _audience(w, module),
                    module.published.isoformat(),
                    f"{module.due_days} days",
                    checks=["micro-lesson-due", "training-form"],
                    people=[module.owner],
                    cite=["164.308(a)(5)(ii)(A)"],
                )
                for module in _modules(w, "micro-lesson")
            ),
        ),
    )


def _simulation(w: Writer) -> Section:
    return section(
        "Phishing simulation",
        *(
            w.say(
                f"{module.title}: every {module.repeat_months} months, for {_audience(w, module)}.",
                checks=["training-simulation", "training-form"],
                people=[module.owner],
                cite=["164.308(a)(5)(ii)(A)"],
            )
            for module in _modules(w, "phishing-simulation")
        ),
        *(
            w.quote("Coaching", module.coaching or "", checks=["training-form"], people=[module.owner])
            for module in _modules(w, "phishing-simulation")
        ),
    )


def _records(w: Writer) -> Section:
    owner = w.policy.privacy_officer
    return section(
        "Records",
        w.say(
            "Completion, score and acknowledgement of the policies are recorded for each person.",
            people=[owner],
            checks=["training-acknowledgement"],
            cite=["164.530(b)(2)(ii)"],
        ),
        w.say(
            f"The records are kept {w.policy.retention.documents_years} years.",
            people=[owner],
            cite=["164.316(b)(2)(i)", "164.530(j)(2)"],
        ),
        w.say(
            f"Completion is reported to human resources as {w.policy.hr.trained}, which group rules read.",
            checks=["hr-attributes"],
            people=[owner],
        ),
        w.say(
            "Whoever skips training loses access to ePHI first and is then sanctioned.",
            resources=[f"okta:group/rule:Rule@{_trained(w)}"],
            people=[owner],
            cite=["164.308(a)(1)(ii)(C)"],
        ),
    )
