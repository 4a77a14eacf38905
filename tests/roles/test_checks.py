"""Each check finds its fault in the reference organisation with one thing spoilt, and finds nothing else."""

from __future__ import annotations

import pytest
from cases_of_duties import SEPARATION
from cases_of_exceptions import EXCEPTIONS
from cases_of_incidents import INCIDENTS
from cases_of_parties import PARTIES
from cases_of_roles import ROLES
from cases_of_systems import SYSTEMS
from cases_of_the_company import COMPANY
from cases_of_training import TRAINING
from catalogue_bench import TODAY, Workbench
from check_case import Case

from billing_identity.roles import checks
from billing_identity.roles.checks import run_checks
from billing_identity.roles.checks.exception_target import UNLIFTABLE
from billing_identity.roles.citations.registry import known
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.problems import Problem

CASES = [*SEPARATION, *ROLES, *SYSTEMS, *PARTIES, *COMPANY, *TRAINING, *EXCEPTIONS, *INCIDENTS]


def identity(problem: Problem) -> tuple[str, str, str, str | None]:
    return (problem.code, problem.subject, problem.message, problem.lifted_by)


@pytest.fixture(scope="module")
def usual() -> set[tuple[str, str, str, str | None]]:
    catalogue = load(REFERENCE).catalogue
    assert catalogue is not None
    return {identity(problem) for problem in run_checks(catalogue, TODAY)}


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_spoilt_catalogue_is_found(
    bench: Workbench, case: Case, usual: set[tuple[str, str, str, str | None]]
) -> None:
    for file, old, new in case.edits:
        if old == "":
            bench.write(file, new)
        else:
            assert old is not None
            bench.edit(file, old, new)
    found = [problem for problem in bench.problems() if identity(problem) not in usual]
    assert {problem.code for problem in found} == {case.code, *case.also}
    place = (case.file, bench.line(case.file, case.at))
    mine = [problem for problem in found if problem.code == case.code and problem.severity == case.severity]
    assert place in [(problem.location.file, problem.location.line) for problem in mine]
    for problem in mine:
        assert problem.message and problem.remedy
        assert all(known(citation) for citation in problem.citations)
    if case.subject is not None:
        assert case.subject in {problem.subject for problem in mine}


def test_every_code_of_every_check_has_a_case() -> None:
    shown = {case.code for case in CASES}
    elsewhere = {"addressable-decisions", "growth", "separation-of-duties"}  # tests of their own
    elsewhere |= {
        code for code in checks.CHECK_IDS if code.startswith("break-glass-")
    }  # test_break_glass_uses.py
    elsewhere |= {"incident-times", "incident-people", "incident-uncontained"}  # test_incident_bounds.py
    assert checks.CHECK_IDS - shown == elsewhere


def test_codes_are_used_by_one_check_only() -> None:
    codes = [code for check in checks.checks() for code in check.codes]
    assert len(codes) == len(set(codes))
    assert all(check.id in check.codes for check in checks.checks())


def test_what_nothing_lifts_are_codes_of_checks() -> None:
    assert UNLIFTABLE <= checks.CHECK_IDS
