"""An exception lifts one rule for one subject in the environments it names, until its day, in the open."""

from __future__ import annotations

from datetime import date

import pytest
from catalogue_bench import TODAY, Workbench

from billing_identity.roles.checks import run_checks
from billing_identity.roles.problems import exit_code

POSTER = "roles/payment-poster.yaml"
FILE = "exceptions/poster-refunds.yaml"
TEXT = """lifts: {{ rule: {rule}, subject: "{subject}", environments: [{environments}] }}
reason: The refund approver is on leave for a month.
compensating_control: The controller reviews every refund above ten dollars on the next day.
approver: {approver}
approved: 2026-11-20
expires: {expires}
ticket: SEC-4200
"""


def poster_approves_refunds(bench: Workbench) -> None:
    bench.edit(
        POSTER,
        "risk: high",
        "  - entitlement: athenaone/refund-approval\n    rationale: Stands in.\n"
        "    since: 2026-11-21\nrisk: high",
    )


def exception(
    bench: Workbench,
    rule: str = "adjustments-and-refunds",
    subject: str = "role:payment-poster",
    environments: str = "prod",
    approver: str = "security-officer",
    expires: str = "2026-12-20",
) -> None:
    bench.write(
        FILE,
        TEXT.format(
            rule=rule, subject=subject, environments=environments, approver=approver, expires=expires
        ),
    )


def test_the_conflict_says_who_what_rule_and_citation(bench: Workbench) -> None:
    poster_approves_refunds(bench)
    (problem,) = bench.blocking()
    assert str(problem.location) == f"{POSTER}:24:5"
    assert problem.code == "adjustments-and-refunds"
    assert problem.subject == "role:payment-poster"
    for said in (
        "role `payment-poster`, given by job code `RCM-POSTER`,",
        "`athenaone/adjustment-posting`",
        "`athenaone/payment-posting`",
        "`tebra/payment-posting`",
        "`athenaone/refund-approval`",
    ):
        assert said in problem.message
    assert "164.308(a)(4)(ii)(B)" in problem.citations
    assert exit_code([problem]) == 1


def test_an_approved_dated_exception_lifts_it_and_is_listed(bench: Workbench) -> None:
    poster_approves_refunds(bench)
    exception(bench)
    problems = bench.problems()
    assert exit_code(problems) == 0
    lifted = [problem for problem in problems if problem.code == "adjustments-and-refunds"]
    assert [problem.lifted_by for problem in lifted] == ["poster-refunds"]


@pytest.mark.parametrize(
    "change",
    [
        {"environments": "staging"},
        {"subject": "role:refund-approver"},
        {"rule": "receipts-and-payouts"},
        {"approver": "billing-supervisor"},
        {"expires": "2026-11-23"},
        {"expires": "2027-12-20"},
    ],
    ids=str,
)
def test_it_lifts_nothing_else(bench: Workbench, change: dict[str, str]) -> None:
    poster_approves_refunds(bench)
    exception(bench, **change)
    assert "adjustments-and-refunds" in {problem.code for problem in bench.blocking()}


def test_it_lifts_on_its_last_day_and_not_after(bench: Workbench) -> None:
    poster_approves_refunds(bench)
    exception(bench)
    assert bench.blocking(date(2026, 12, 20)) == []
    codes = {problem.code for problem in bench.blocking(date(2026, 12, 21))}
    assert codes == {"adjustments-and-refunds", "exception-expired"}


def test_it_does_not_lift_before_its_approval(bench: Workbench) -> None:
    poster_approves_refunds(bench)
    exception(bench)
    assert "adjustments-and-refunds" in {problem.code for problem in bench.blocking(date(2026, 11, 19))}


def test_a_rule_that_nothing_lifts_stays(bench: Workbench) -> None:
    bench.edit("roles/key-custodian.yaml", "aws/key-custodian", "aws/key-administrator")
    bench.edit(
        "roles/key-custodian.yaml",
        "risk: high",
        "  - entitlement: aws/key-custodian\n    rationale: A test.\nrisk: high",
    )
    exception(bench, rule="key-destruction", subject="role:key-custodian")
    codes = {problem.code for problem in bench.blocking()}
    assert {"key-destruction", "exception-target"} <= codes


def test_a_requested_conflict_is_a_notice_once_it_is_acknowledged(bench: Workbench) -> None:
    """The approver is shown what the request would complete; nobody has both from the start."""
    bench.edit("roles/finance.yaml", "risk: high", "risk: high\n# a request for the other side follows")
    bench.write(
        "roles/bank-details-stand-in.yaml",
        bench.text("roles/break-glass-responder.yaml")
        .replace("title: Break-glass Responder", "title: Bank Details Stand-in")
        .replace("eligible: [SEC-ANALYST, IT-DATA, OPS-DIRECTOR]", "eligible: [FIN-ANALYST]")
        .replace("entitlement: athenaone/emergency-access", "entitlement: netsuite/bank-details")
        .replace("  - entitlement: aws/break-glass\n", "  - entitlement: netsuite/ledger\n"),
    )
    for file in ("phi-handling-technical", "privileged-access"):
        bench.edit(f"training/{file}.yaml", "audience:", "audience:\n  - bank-details-stand-in")
    (problem,) = bench.blocking()
    assert (problem.code, problem.subject) == ("bank-details-and-release", "job-code:FIN-ANALYST")
    assert "complete once `bank-details-stand-in` is asked for" in problem.message
    bench.edit(
        "roles/bank-details-stand-in.yaml",
        "  max_hours: 4",
        "  max_hours: 4\n  acknowledged_conflicts: [bank-details-and-release]",
    )
    found = [problem for problem in bench.problems() if problem.code == "bank-details-and-release"]
    assert [problem.severity for problem in found] == ["notice"]


def test_rules_of_policy_packs_are_known_when_the_caller_gives_them(bench: Workbench) -> None:
    exception(bench, rule="okta-session-limits", subject="system:waystar")
    catalogue = bench.load().catalogue
    assert catalogue is not None

    def said(known: frozenset[str]) -> list[tuple[str, str]]:
        problems = run_checks(catalogue, TODAY, known_rules=known)
        return [(problem.code, problem.severity) for problem in problems if problem.location.file == FILE]

    assert said(frozenset()) == [("exception-rule", "notice")]
    assert said(frozenset({"okta-session-limits"})) == []
    assert said(frozenset({"aws-kms-rotation"})) == [("exception-rule", "input")]
