"""The monitoring plan: what is logged, what raises an alert, who looks, what is measured."""

from __future__ import annotations

from billing_identity.review.documents.content.common import kept, reviewed
from billing_identity.review.documents.model import Document, Section
from billing_identity.review.documents.writer import Writer, section, sentence, table
from billing_identity.roles.checks.reach import holds_ephi
from billing_identity.roles.model.vocabulary import RiskTag

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
EVENT_RULE = "aws:cloudwatch/eventRule:EventRule"


def build(w: Writer) -> Document:
    """The document for the writer's company."""
    officer = w.policy.security_officer
    return Document(
        id="monitoring-plan",
        title="Monitoring and Audit Plan",
        owner=w.title(officer),
        sections=(
            _alerts(w),
            _logs(w),
            _review(w),
            _metrics(w),
            section("Upkeep", reviewed(w, officer), kept(w, officer)),
        ),
    )


def _alerts(w: Writer) -> Section:
    officer = w.policy.security_officer
    return section(
        "Alerts",
        w.say(
            "Sign-ins, changes of privilege, movements of data and integrations each have alerts.",
            checks=["alert-coverage"],
            cite=["164.308(a)(1)(ii)(D)", "164.308(a)(5)(ii)(C)"],
        ),
        w.say(
            "An alert that no resource raises below is a search that a person keeps in the SIEM.",
            people=[officer],
            cite=["164.312(b)"],
        ),
        w.say(
            "Changes of keys, stores and the trail itself raise alarms.",
            resources=[ALARM],
            otherwise=officer,
            cite=["164.312(b)"],
        ),
        table(
            ("Alert", "Fires at", "Severity"),
            (
                w.row(
                    threshold.title,
                    f"{threshold.count} in {threshold.window_minutes} minutes",
                    threshold.severity,
                    resources=[kind for kind in (ALARM, EVENT_RULE) if w.declares(kind, name)],
                    otherwise=officer,
                    cite=["164.308(a)(1)(ii)(D)"],
                )
                for name, threshold in w.policy.alerts.items()
            ),
        ),
    )


def _logs(w: Writer) -> Section:
    officer, days = w.policy.security_officer, w.policy.retention.logs_days
    return section(
        "Logs",
        w.say(
            "One trail records what is done in every account, reads and writes of ePHI objects included, and "
            "proves that its files are unchanged.",
            rules=["aws-cloudtrail-complete"],
            otherwise=officer,
            cite=["164.312(b)"],
        ),
        w.say(
            f"Logs are kept {days:,} days, the longest six years.",
            rules=["aws-log-retention-six-years"],
            checks=["retention"],
            cite=["164.316(b)(2)(i)"],
        ),
        w.say(
            "The log archive is locked, so that nobody deletes from it, administrators included.",
            resources=["aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"],
            otherwise=officer,
            cite=["164.312(c)(1)"],
        ),
        w.say(
            "Who can stop logging does not review the logs.",
            checks=["separation-of-duties"],
            rules=["separation-of-duties"],
            cite=["164.308(a)(1)(ii)(D)"],
        ),
        w.say(
            "Application, identity, endpoint and network logs are correlated in the SIEM.",
            people=[officer],
            cite=["164.312(b)"],
        ),
        table(
            ("System", "Holds ePHI", "Where its audit log goes"),
            (
                w.row(
                    system.title,
                    "yes" if holds_ephi(system) else "no",
                    sentence(system.audit_log),
                    people=[system.owner],
                    cite=["164.312(b)"],
                )
                for system in w.catalogue.systems.values()
            ),
        ),
    )


def _review(w: Writer) -> Section:
    officer = w.policy.security_officer
    readers = [
        role.title
        for role in w.catalogue.roles.values()
        if any(
            RiskTag.READS_AUDIT_LOG in w.catalogue.entitlement(grant.entitlement).risks
            for grant in role.grants
        )
    ]
    return section(
        "Who looks",
        w.say(
            f"Logs and access reports are read by: {', '.join(readers) or w.title(officer)}.",
            people=[officer],
            cite=["164.308(a)(1)(ii)(D)"],
        ),
        w.say(
            "Who reached which ePHI is sampled every month and compared with the work of the day.",
            people=[officer],
            cite=["164.308(a)(1)(ii)(D)"],
        ),
        w.say(
            "What is deployed is compared with what is declared every day, and a difference is explained or "
            "undone.",
            people=[officer],
            cite=["164.308(a)(8)"],
        ),
        w.say(
            "Keys of programs, their addresses and their scopes are looked at when they are replaced.",
            checks=["rotation-overdue", "service-accounts"],
            people=[officer],
            cite=["164.308(a)(1)(ii)(D)"],
        ),
        w.say(
            "Access that others outside of the account have to stores and keys is reported by the analyzer.",
            resources=["aws:accessanalyzer/analyzer:Analyzer"],
            otherwise=officer,
            cite=["164.308(a)(8)"],
        ),
    )


def _metrics(w: Writer) -> Section:
    officer = w.policy.security_officer
    measures = (
        ("Share of people with a second factor, and with one that resists phishing", "live scan"),
        ("Mean time to detect and to contain an identity incident", "files of closed incidents"),
        ("Privileged roles, and exceptions in force", "the catalogue, in the report"),
        ("Certifications due and done", "the schedule, and the campaigns' results"),
    )
    return section(
        "What is measured",
        w.say(
            "A number that nothing has measured is shown as not measured and never as zero.",
            people=[officer],
        ),
        table(("Measure", "Taken from"), (w.row(*measure, people=[officer]) for measure in measures)),
    )
