"""Membership expressions: what they demand, whom they may admit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing_identity.policies.framework.expression import ExpressionError, admits, demands, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('user.employmentStatus=="ACTIVE"', True),
        ('user.jobCode=="MC" AND user.employmentStatus=="ACTIVE"', True),
        ('(user.jobCode=="MC" OR user.jobCode=="CE") && user.employmentStatus=="ACTIVE"', True),
        ('"ACTIVE" == user.employmentStatus and isMemberOfAnyGroup("00g1", "00g2")', True),
        ('user.profile.employmentStatus == "active" AND user.x=="("', True),
        ('(user.employmentStatus -eq "ACTIVE") -and (user.jobTitle -in ["A", "B"])', True),
        ('user.employmentStatus=="ACTIVE" AND user.a=="b" OR user.employmentStatus=="ACTIVE"', True),
        ('user.jobCode=="MC"', False),
        ('user.jobCode=="MC" OR user.employmentStatus=="ACTIVE"', False),
        ('!(user.employmentStatus=="ACTIVE")', False),
        ('user.employmentStatus!="ACTIVE"', False),
        ('user.employmentStatus -in ["ACTIVE", "LEAVE"]', False),
        ('user.employmentStatusOld=="ACTIVE"', False),
        ('user.title=="user.employmentStatus==ACTIVE"', False),
        ('String.stringContains(user.employmentStatus, "ACTIVE")', False),
        ('user.employmentStatus=="ACTIVE" OR true', False),
    ],
)
def test_demands_active_employment(text, expected):
    assert demands(text, "employmentStatus", "ACTIVE") is expected


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ('user.jobCode=="MC" AND user.employmentStatus=="ACTIVE"', "MC", True),
        ('user.jobCode=="MC" AND user.employmentStatus=="ACTIVE"', "CE", False),
        ('user.jobCode=="MC" OR user.jobCode=="CE"', "CE", True),
        ('user.jobCode!="MC"', "CE", True),
        ('user.jobCode!="MC"', "MC", False),
        ('not (user.jobCode -in ["MC", "CE"])', "MC", False),
        ('-not (user.jobCode -in ["MC", "CE"])', "AR", True),
        ('user.department=="RCM"', "MC", True),
        ('!(user.department=="RCM" AND user.jobCode=="MC")', "MC", True),
        ('Arrays.contains(user.codes, "MC")', "CE", True),
        ('user.jobCode=="MC" AND user.jobCode=="CE"', "MC", False),
    ],
)
def test_admits_a_job_code(text, code, expected):
    assert admits(text, "jobCode", code) is expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "(",
        "a AND",
        "OR a",
        "(a OR b",
        "a)",
        'user.x=="a" ? true : false',
        '"open',
        "a AND AND b",
        "()",
    ],
)
def test_what_is_no_expression_is_an_error(text):
    with pytest.raises(ExpressionError):
        parse(text)


def test_deep_nesting_is_refused_without_a_crash():
    with pytest.raises(ExpressionError):
        parse("(" * 5000 + "a" + ")" * 5000)
    with pytest.raises(ExpressionError):
        parse("!" * 5000 + "(a)")


PARTS = st.sampled_from(
    [
        "(",
        ")",
        " AND ",
        " or ",
        " -and ",
        "!",
        "not ",
        'user.jobCode=="MC"',
        "user.x",
        '"',
        "'",
        "?",
        "&",
        "|",
        " ",
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(max_size=40), st.lists(PARTS, max_size=12).map("".join)))
def test_any_text_is_an_expression_or_an_error(text):
    try:
        demanded = demands(text, "jobCode", "MC")
        admitted = admits(text, "jobCode", "CE")
    except ExpressionError:
        return
    assert not (demanded and admitted), "what demands MC can't admit CE"
