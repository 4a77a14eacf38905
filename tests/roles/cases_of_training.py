"""Training spoilt one by one."""

from __future__ import annotations

from check_case import POLICY, Case, one, role, system

TRAINING = [
    Case(
        "training-simulation: nobody is tested by phishing",
        [
            (
                "training/phishing-simulation.yaml",
                "form: phishing-simulation",
                "form: course\nonboarding_days: 5\npass_score: 80",
            )
        ],
        "training-simulation",
        POLICY,
        "profile: hipaa-2013",
    ),
    one(
        "training-topics",
        role("finance"),
        "training: [phi-handling-office]\n",
        "",
        "title:",
        also={"training-audience"},
    ),
    Case(
        "training-acknowledgement",
        [("training/vendor-essentials.yaml", "acknowledges_policy: true", "acknowledges_policy: false")],
        "training-acknowledgement",
        role("vendor-support"),
        "training:",
    ),
    one(
        "training-audience",
        role("help-desk"),
        "training: [phi-handling-technical",
        "training: [phi-handling-office, phi-handling-technical",
        "training:",
        "input",
    ),
    one(
        "training-audience",
        "training/phi-handling-exports.yaml",
        "audience: [bulk-export-analyst]",
        "audience: [bulk-export-analyst, finance]",
        "audience:",
        "input",
    ),
    one(
        "training-form",
        "training/phishing-simulation.yaml",
        "coaching: A second click within a year means half "
        "an hour with a security analyst, "
        "and monthly simulations for six months.\n",
        "",
        "title:",
        "input",
    ),
    one("training-form", "training/hipaa-foundations.yaml", "repeat_months: 12\n", "", "title:", "input"),
    one(
        "training-form",
        "training/micro-refund-limits.yaml",
        "due_days: 14",
        "repeat_months: 12",
        "repeat_months:",
        "input",
        also={"micro-lesson-due"},
    ),
    one(
        "micro-lesson",
        role("refund-approver"),
        "micro_lesson: micro-refund-limits",
        "micro_lesson: hipaa-foundations",
        "micro_lesson:",
        "input",
    ),
    Case(
        "micro-lesson: one that leaves out whom it concerns",
        [
            (
                system("athenaone"),
                "tier: ephi",
                "changed: { on: 2026-11-20, summary: New., micro_lesson: micro-refund-limits }\ntier: ephi",
            )
        ],
        "micro-lesson",
        system("athenaone"),
        "changed:",
        also={"micro-lesson-due"},
    ),
    one(
        "micro-lesson-due", role("refund-approver"), "on: 2026-11-02", "on: 2026-11-12", "changed:", "notice"
    ),
]
