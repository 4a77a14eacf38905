"""Names that company, environment and client make together are found at their line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from aws_program import OWN_KEY, catalogue, settings

from billing_identity.roles.problems import Problem
from billing_identity.stacks.name_lengths import name_faults


def faults(short: str = "meridian", environment: str = "prod") -> list[Problem]:
    found = catalogue()
    organisation = found.organisation.model_copy(update={"short_name": short})
    named = settings().model_copy(update={"environment": environment})
    return list(name_faults(named, replace(found, organisation=organisation)))


@pytest.mark.parametrize(
    ("short", "environment", "file", "said"),
    [
        ("xn--abc", "prod", "organisation.yaml", "S3 keeps this prefix"),
        ("sthree-x", "prod", "organisation.yaml", "S3 keeps this prefix"),
        ("amzn-s3-demo", "prod", "organisation.yaml", "S3 keeps this prefix"),
        ("meridian", "e" * 40, "organisation.yaml", "3 to 63"),
        ("meridian", "production", f"{OWN_KEY}.yaml", "characters, 50 at most"),
        ("a-very-long-name", "prod", f"{OWN_KEY}.yaml", "characters, 50 at most"),
    ],
)
def test_each_is_told_once_at_the_file_that_makes_it(
    short: str, environment: str, file: str, said: str
) -> None:
    (found,) = faults(short, environment)
    assert str(found.location.file).endswith(file)
    assert found.location.line is not None
    assert said in found.message


def test_the_reference_has_none() -> None:
    assert faults() == []
