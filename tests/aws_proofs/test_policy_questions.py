"""Every policy document of the deployment answers its questions, and every statement is asked about."""

from __future__ import annotations

from typing import Any

import pytest
from iam_evaluator import verdict
from policy_documents import Document, documents
from policy_questions import questions
from questions import asked_of, permits

EVERY = questions()


@pytest.fixture(scope="module")
def found(deployment: list[dict[str, Any]]) -> dict[str, Document]:
    return documents(deployment)


def test_every_document_answers_as_it_should(found: dict[str, Document]) -> None:
    wrong = [
        f"{label}: {question.why}: {question.action}: {answer}, not {question.answer}"
        for label, document in found.items()
        for question in asked_of(label, EVERY)
        if (answer := verdict(document.text, question.request())) != question.answer
    ]
    assert not wrong, "\n".join(wrong)


def test_every_document_is_asked_for_something_allowed_and_something_forbidden(
    found: dict[str, Document],
) -> None:
    missing = [
        f"{label}: nothing {word}"
        for label, document in found.items()
        for word, wanted in (("allowed", True), ("forbidden", False))
        if not any(permits(document.kind, question) is wanted for question in asked_of(label, EVERY))
    ]
    assert not missing, "\n".join(missing)


def test_no_statement_could_be_left_out_unnoticed(found: dict[str, Document]) -> None:
    """Mutation: a document without one of its statements answers one of its questions differently."""
    unnoticed = [
        f"{label}: {statement['Sid']}"
        for label, document in found.items()
        for index, statement in enumerate(document.statements())
        if all(
            verdict(document.without(index), question.request()) == question.answer
            for question in asked_of(label, EVERY)
        )
    ]
    assert not unnoticed, "\n".join(unnoticed)


def test_no_question_is_about_nothing(found: dict[str, Document]) -> None:
    assert not {
        question.about for question in EVERY if not any(asked_of(label, [question]) for label in found)
    }


def test_the_documents_are_all_of_them(deployment: list[dict[str, Any]], found: dict[str, Document]) -> None:
    """Kinds that must have one: a change of the search that misses a kind is noticed."""
    for type_ in (
        "aws:kms/key:Key",
        "aws:kms/replicaKey:ReplicaKey",
        "aws:s3/bucket:Bucket",
        "aws:iam/role:Role",
        "aws:iam/policy:Policy",
        "aws:organizations/policy:Policy",
        "aws:ssoadmin/permissionSet:PermissionSet",
        "aws:sqs/queue:Queue",
        "aws:sns/topic:Topic",
    ):
        names = {item["urn"].rsplit("::", 1)[1] for item in deployment if item["type"] == type_}
        assert names
        labels = {label.split(":", 1)[1] for label in found}
        assert not {name for name in names if name not in labels}, type_
