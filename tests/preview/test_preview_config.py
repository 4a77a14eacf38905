"""Pulumi.yaml and a stack's file become exactly what the engine would hand to the program."""

from pathlib import Path

import pulumi
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing_identity.review.preview.config import SEALED, InputError, load_stack_config, read_project
from billing_identity.review.preview.run import run_program

PROJECT = "name: acme\nruntime: python\nmain: stacks/__main__.py\nstackConfigDir: stacks/config\n"


def layout(root: Path, stack: str | bytes | None, project: str = PROJECT) -> Path:
    (root / "Pulumi.yaml").write_text(project)
    (root / "stacks" / "config").mkdir(parents=True)
    (root / "stacks" / "__main__.py").write_text("import pulumi\npulumi.export('x', 1)\n")
    if stack is not None:
        path = root / "stacks" / "config" / "Pulumi.dev.yaml"
        path.write_bytes(stack if isinstance(stack, bytes) else stack.encode())
    return root


VALUES = [
    ("acme:text: word", {"acme:text": "word"}),
    ("short: word", {"acme:short": "word"}),
    ("aws:config:region: eu-west-1", {"aws:region": "eu-west-1"}),
    ("acme:yes: true", {"acme:yes": "true"}),
    ("acme:no: false", {"acme:no": "false"}),
    ("acme:number: 12", {"acme:number": "12"}),
    ("acme:half: 1.5", {"acme:half": "1.5"}),
    ("acme:whole: 2.0", {"acme:whole": "2"}),
    ("acme:none:", {"acme:none": ""}),
    ("acme:quoted: '0123'", {"acme:quoted": "0123"}),
    ("acme:date: 2026-11-24", {"acme:date": "2026-11-24"}),
    ("acme:list: [a, 1, {b: true}]", {"acme:list": '["a",1,{"b":true}]'}),
    ("acme:map: {z: ü, a: [1]}", {"acme:map": '{"a":[1],"z":"ü"}'}),
    ("acme:empty: {}", {"acme:empty": "{}"}),
]


@pytest.mark.parametrize(("line", "expected"), VALUES, ids=[v[0] for v in VALUES])
def test_each_kind_of_value(tmp_path: Path, line: str, expected: dict[str, str]) -> None:
    config = load_stack_config(layout(tmp_path, f"config:\n  {line}\n"), "dev")
    assert dict(config.values) == expected
    assert config.secrets == config.sealed == frozenset()
    assert config.project == "acme"


def test_a_sealed_value_is_a_stated_placeholder_and_a_secret(tmp_path: Path) -> None:
    text = """
encryptionsalt: v1:abc
config:
  acme:token:
    secure: AAABAJ
  acme:nested:
    public: yes-it-is
    list: [{secure: AAAB}]
  acme:no-secret:
    secure: AAAB
    and: more
"""
    config = load_stack_config(layout(tmp_path, text), "dev")
    assert config.values["acme:token"] == SEALED
    assert config.values["acme:nested"] == f'{{"list":["{SEALED}"],"public":"yes-it-is"}}'
    assert config.values["acme:no-secret"] == '{"and":"more","secure":"AAAB"}'
    assert config.secrets == config.sealed == {"acme:token", "acme:nested"}
    assert "AAABAJ" not in repr(config)


def test_defaults_of_the_project_fill_what_the_stack_does_not_say(tmp_path: Path) -> None:
    project = (
        PROJECT
        + "config:\n  first: {type: string, default: one}\n  second: two\n  aws:region: {value: us-east-1}\n"
    )
    config = load_stack_config(layout(tmp_path, "config:\n  acme:second: said\n", project), "dev")
    assert dict(config.values) == {"acme:first": "one", "acme:second": "said", "aws:region": "us-east-1"}


def test_a_stack_without_a_file_has_the_projects_defaults(tmp_path: Path) -> None:
    config = load_stack_config(layout(tmp_path, None), "dev")
    assert dict(config.values) == {}
    assert [path.name for path in config.files] == ["Pulumi.yaml"]


BAD = [
    ("config: [a]\n", "`config` must be a mapping"),
    ("- a\n", ":1:1: must be a mapping, not list"),
    ("config:\n  a: [\n", r":3:1: not YAML"),
    ("config:\n  a: 1\n  a: 2\n", r":3:3: not YAML: key 'a' is said twice"),
    ("config:\n  a:b:c: 1\n", "'a:b:c' is no configuration key"),
    ("config:\n  'a:': 1\n", "'a:' is no configuration key"),
    ("config:\n  3: 1\n", "3 is no configuration key"),
    ("config:\n  a: !!python/object:os.system x\n", "not YAML"),
    ("config:\n  a: !!set {x}\n", "acme:a: set is no configuration value"),
    ("config:\n  a: .nan\n", "acme:a: float is no configuration value"),
    ("environment: [prod]\n", "cannot be resolved offline"),
    ("config:\n  a: &x [*x]\n", "acme:a|not YAML"),
    (b"config:\n  a: \xff\n", "byte 13 is not UTF-8"),
    ("config:\n  a: " + "[" * 5000 + "\n", "not YAML"),
]


@pytest.mark.parametrize(("text", "message"), BAD, ids=[str(b[1]) for b in BAD])
def test_a_bad_stack_file_is_a_clear_error(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as raised:
        load_stack_config(layout(tmp_path, text), "dev")
    assert str(tmp_path / "stacks" / "config" / "Pulumi.dev.yaml") in raised.value.faults[0]


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        load_stack_config(
            layout(tmp_path, "environment: [x]\nconfig:\n  a:b:c: 1\n  'x:': 1\n  s: !!set {x}\n"), "dev"
        )
    assert len(raised.value.faults) == 4


@pytest.mark.parametrize(
    ("project", "message"),
    [
        ("runtime: python\n", "no `name`"),
        ("name: acme\nmain: nowhere.py\n", "`main: nowhere.py` is no file"),
        ("name: acme\nconfig: 1\n", "`config` must be a mapping"),
        ("name: acme\nstackConfigDir: [1]\n", "`stackConfigDir` must be the path"),
        ("name: acme\nconfig:\n  needed: {type: string}\n", "no value for 'acme:needed'"),
    ],
)
def test_a_bad_project_is_a_clear_error(tmp_path: Path, project: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        load_stack_config(layout(tmp_path, None, project), "dev")


def test_a_missing_project_is_a_clear_error_also_of_the_run(tmp_path: Path) -> None:
    for call in (lambda: read_project(tmp_path), lambda: run_program(tmp_path, "dev", {})):
        with pytest.raises(InputError, match=r"Pulumi\.yaml: no such file"):
            call()


@pytest.mark.parametrize("main", ["", "main: stacks\n", "main: stacks/__main__.py\n"])
def test_the_program_may_be_a_file_a_folder_or_the_root(tmp_path: Path, main: str) -> None:
    root = layout(tmp_path, None, f"name: acme\n{main}")
    (root / "__main__.py").write_text("import pulumi\npulumi.export('x', 1)\n")
    result = run_program(root, "dev", {})
    assert result.errors == ()
    assert result.stack_outputs == {"x": 1}


def test_the_program_reads_the_configuration_with_pulumis_own_accessors(tmp_path: Path) -> None:
    root = layout(
        tmp_path, "config:\n  flag: true\n  count: 3\n  object: {a: [1]}\n  token: {secure: AAAB}\n"
    )
    (root / "stacks" / "__main__.py").write_text(
        "import pulumi\nc = pulumi.Config()\n"
        "pulumi.export('all', [c.require_bool('flag'), c.require_int('count'), c.require_object('object')])\n"
        "pulumi.export('secret', c.get_secret('token'))\n"
    )
    config = load_stack_config(root, "dev")
    result = run_program(root, "dev", config.values, secret_config=config.secrets)
    assert result.errors == ()
    assert result.stack_outputs["all"] == [True, 3, {"a": [1]}]
    assert result.stack_outputs["secret"].value == SEALED
    assert pulumi.Config("acme").get("flag") is None


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=60)
    | st.text("ab:{}[]&*!-'\"\n #1.", max_size=40).map(lambda t: f"config:\n  {t}".encode())
)
def test_any_stack_file_is_configuration_or_a_clear_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    root = layout(tmp_path_factory.mktemp("any"), content)
    try:
        config = load_stack_config(root, "dev")
    except InputError as fault:
        assert fault.faults
        assert all(line.startswith(str(root)) for line in fault.faults)
    else:
        assert all(isinstance(value, str) and key.count(":") == 1 for key, value in config.values.items())
