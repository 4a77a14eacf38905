"""The saved queries run, over a small week of events, and find whom they ask about.

Athena's SQL is Trino's: sqlglot reads it as such and writes it for DuckDB, which runs it.
"""

from __future__ import annotations

import json
from typing import Any

import duckdb
import pytest
import sqlglot
from alert_events import CASES, Event, entra_sign_in, okta, trail
from monitoring_program import company

from billing_identity.components.aws.network_logs import FIELDS
from billing_identity.stacks.bind.aws.log_tables import ACTIVITY, tables
from billing_identity.stacks.bind.aws.saved_queries import QUERIES

EVENT_COLUMNS = ("id", "detail_type", "source", "account", "time", "region", "detail", "day")
ACTIVITY_ROWS: list[dict[str, Any]] = [
    {
        "time": "2026-11-24T05:30:00Z",
        "person": "00u1abcdEFGHIJKLM0x7",
        "system": "ehr",
        "action": "export",
        "records": 250,
        "source": "ehr",
    },
    {
        "time": "2026-11-24T15:30:00Z",
        "person": "other",
        "system": "ehr",
        "action": "export",
        "records": 3,
        "source": "ehr",
    },
    {
        "time": "2026-11-24T16:00:00Z",
        "person": "other",
        "device": "SN1",
        "action": "copy-to-removable",
        "object": "a.csv",
        "source": "endpoint",
    },
]


def _events() -> list[Event]:
    found = [event for (alert, sender), pair in CASES.items() if sender != "aws" for event in pair]
    abroad = okta(
        "user.session.start",
        time="2026-11-24T15:20:00Z",
        client={"geographicalContext": {"country": "Brazil"}},
    )
    return [*found, okta("user.session.start"), abroad, entra_sign_in()]


@pytest.fixture(scope="module")
def database() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    made.execute("SET TimeZone = 'UTC'")
    made.execute("CREATE TABLE events (" + ", ".join(f"{name} VARCHAR" for name in EVENT_COLUMNS) + ")")
    for event in _events():
        row = [
            event["id"],
            event["detail-type"],
            event["source"],
            event["account"],
            event["time"],
            event["region"],
            json.dumps(event["detail"]),
            "9999-12-31",
        ]
        made.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    made.execute(
        "CREATE TABLE cloudtrail (eventtime VARCHAR, eventsource VARCHAR, eventname VARCHAR, "
        "sourceipaddress VARCHAR, errorcode VARCHAR, useridentity STRUCT(principalid VARCHAR), "
        "requestparameters VARCHAR, day VARCHAR)"
    )
    for (_, sender), pair in CASES.items():
        for event in pair if sender == "aws" else ():
            detail = event["detail"]
            if "eventName" in detail:
                row = [
                    detail["eventTime"],
                    detail["eventSource"],
                    detail["eventName"],
                    detail["sourceIPAddress"],
                    detail.get("errorCode"),
                    {"principalid": detail["userIdentity"].get("principalId", "")},
                    "{}",
                    "9999/12/31",
                ]
                made.execute("INSERT INTO cloudtrail VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    columns = [name for name, _ in ACTIVITY]
    kinds = ", ".join(f'"{name}" {"BIGINT" if kind == "bigint" else "VARCHAR"}' for name, kind in ACTIVITY)
    made.execute(f"CREATE TABLE activity ({kinds}, source VARCHAR, day VARCHAR)")
    for row in ACTIVITY_ROWS:
        values = [*(row.get(name) for name in columns), row["source"], "9999-12-31"]
        made.execute(f"INSERT INTO activity VALUES ({', '.join('?' * len(values))})", values)
    return made


def run(database: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    (text,) = sqlglot.transpile(query, read="athena", write="duckdb")
    rows = database.execute(f"SELECT to_json(found) FROM ({text}) AS found").fetchall()
    return [json.loads(row[0]) for row in rows]


@pytest.mark.parametrize("name", list(QUERIES))
def test_each_query_finds_something_and_says_what_it_asks(database: Any, name: str) -> None:
    assert QUERIES[name].splitlines()[0].startswith("-- ")
    query = QUERIES[name].replace("PERSON", "00u1abcdEFGHIJKLM0x7")
    assert run(database, query), name


def test_failed_sign_ins_count_both_providers(database: Any) -> None:
    rows = {row["person"]: row["failures"] for row in run(database, QUERIES["failed-sign-ins"])}
    assert rows["00u1abcdEFGHIJKLM0x7"] == 1
    # 50126, 50140 and the failed program; the successes are not counted
    assert rows["26be1845-4119-4801-a799-aea79d09f1a2"] == 3


def test_two_countries_within_an_hour(database: Any) -> None:
    rows = run(database, QUERIES["impossible-travel"])
    assert {(row["here"], row["there"]) for row in rows} == {("United States", "Brazil")}


def test_mass_export_leaves_small_exports_out(database: Any) -> None:
    assert [row["records"] for row in run(database, QUERIES["mass-export"])] == [250]


def test_unusual_hours_are_the_night_only(database: Any) -> None:
    assert [row["person"] for row in run(database, QUERIES["unusual-hours"])] == ["00u1abcdEFGHIJKLM0x7"]


def test_one_person_is_followed_across_systems(database: Any) -> None:
    query = QUERIES["one-person"].replace("PERSON", "00u1abcdEFGHIJKLM0x7")
    systems = {row["system"] for row in run(database, query)}
    assert "ehr" in systems
    assert any(system.startswith("aws.partner/okta.com") for system in systems)


def test_new_api_keys_name_their_maker(database: Any) -> None:
    actions = {row["action"] for row in run(database, QUERIES["api-keys"])}
    assert {"system.api_token.create", "CreateAccessKey"} <= actions
    assert "DeleteAccessKey" not in actions


def test_tables_read_what_is_written(monitored: Any) -> None:
    table = tables(company()[2])
    assert [column[0] for column in table["flows"]["columns"]] == [
        field.replace("-", "_") for field in FIELDS
    ]
    flow = monitored[("aws:ec2/flowLog:FlowLog", "network-vpc-0a1b2c3d4e5f60718")].inputs
    assert flow["logFormat"] == " ".join(f"${{{field}}}" for field in FIELDS)
    stream = monitored[("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "events")].inputs
    prefix = stream["extendedS3Configuration"]["prefix"]
    location = table["events"]["parameters"]["storage.location.template"]
    assert location.endswith("/" + prefix.replace("!{timestamp:yyyy-MM-dd}", "${day}"))
    assert (
        "o-meridian01/${account}/CloudTrail" in table["cloudtrail"]["parameters"]["storage.location.template"]
    )
    assert trail("s3", "GetObject")["detail"]["eventName"] == "GetObject"
