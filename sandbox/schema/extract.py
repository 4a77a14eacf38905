"""Reads resource types out of the source of an installed provider SDK, without importing it.

The SDKs are generated, so their form is regular: `class XArgs` decorated with `pulumi.input_type` lists
the arguments, `class X(pulumi.CustomResource)` lists the outputs, `_internal_init` names what is required
and secret, and the docstrings carry the defaults and what forces a replacement.

Used twice: `sandbox.schema.generate` writes the answer to `sandbox/data/schema/`, and `sandbox.schema.load`
asks directly for the AWS modules that have no file there.

The form of an answer (JSON):
`{"resources": {token: {"in": {wire: type}, "req": [wire], "out": {wire: type}, "sec": [wire],
"def": {wire: value}, "new": [wire]}}, "types": {name: {"in": {wire: type}, "req": [wire], "def": {...}}}}`
where a type is `s` string, `i` integer, `n` number, `b` boolean, `?` anything, `[T` a list of T, `{T` a map
of string to T, `&Name` an object of `types`.
"""

import ast
import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

DISTRIBUTIONS = {"okta": "pulumi_okta", "azuread": "pulumi_azuread", "aws": "pulumi_aws"}

_SCALARS = {"str": "s", "int": "i", "bool": "b", "float": "n", "Any": "?"}
_FORCES = re.compile(
    r"forces? (?:a |the creation of a |the creation of )?(?:new|replacement|recreat|re-creat)|"
    r"(?:changing|modifying|updating) (?:this|it|any of)[^.]{0,80}"
    r"(?:new (?:resource|\w+) |recreat|re-creat|replace)|"
    r"(?:cannot|can't|can not) be (?:changed|modified|updated) (?:after|once)",
    re.IGNORECASE,
)
_DEFAULT = re.compile(
    r"(?:[Dd]efaults? (?:is|to|value is|value:|value of)|[Dd]efault:|The default is|\(default\)?:?)"
    r"\s*(?:value\s*)?(?:is\s*)?(?:`\"?([^`\"]+)\"?`|\"([^\"]+)\"|(true|false|\d+)\b)"
)


def package_dir(package: str) -> Path:
    """Folder of the SDK of `package` (okta, azuread or aws); LookupError when it is not installed."""
    spec = find_spec(DISTRIBUTIONS[package])
    if spec is None or spec.origin is None:
        raise LookupError(f"the Pulumi SDK {DISTRIBUTIONS[package]} is not installed")
    return Path(spec.origin).parent


def registry(package: str) -> dict[str, tuple[str, str]]:
    """Every resource token of `package` as {token: (folder below the package, class name)}."""
    text = (package_dir(package) / "__init__.py").read_text(encoding="utf-8")
    block = text[text.index("_utilities.register(") :]
    raw = block[block.index('"""') + 3 :]
    entries: list[dict[str, Any]] = json.loads(raw[: raw.index('"""')])
    found: dict[str, tuple[str, str]] = {}
    for entry in entries:
        folder = "/".join(entry["fqn"].split(".")[1:])
        for token, name in entry["classes"].items():
            found[token] = (folder, name)
    return found


def extract(package: str, folder: str) -> dict[str, Any]:
    """All resources and nested types declared in `folder` of the SDK ("" is its root)."""
    directory = package_dir(package) / folder
    wanted = {name: token for token, (place, name) in registry(package).items() if place == folder}
    resources: dict[str, Any] = {}
    types: dict[str, Any] = {}
    for path in sorted(directory.glob("*.py")):
        if path.name.startswith("get_") or path.name in ("__init__.py", "_utilities.py", "outputs.py"):
            continue
        classes = {
            n.name: n for n in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(n, ast.ClassDef)
        }
        if path.name == "_inputs.py":
            types.update({n: _object(c) for n, c in classes.items() if n.endswith("Args")})
            continue
        for name, node in classes.items():
            if name in wanted and _is_resource(node):
                resources[wanted[name]] = _resource(
                    node, classes.get(f"{name}Args") or classes.get(f"{name}InitArgs")
                )
    return {"resources": resources, "types": _reachable(resources, types)}


def _is_resource(node: ast.ClassDef) -> bool:
    return any("CustomResource" in ast.unparse(base) for base in node.bases)


def _reachable(resources: dict[str, Any], types: dict[str, Any]) -> dict[str, Any]:
    todo = [t for r in resources.values() for t in r["in"].values()]
    kept: dict[str, Any] = {}
    while todo:
        name = todo.pop().lstrip("[{")
        if name.startswith("&") and name[1:] in types and name[1:] not in kept:
            kept[name[1:]] = types[name[1:]]
            todo.extend(kept[name[1:]]["in"].values())
    return dict(sorted(kept.items()))


def _properties(node: ast.ClassDef) -> dict[str, tuple[str, str, str]]:
    """{python name: (wire name, type, docstring)} of the getters of a class."""
    found: dict[str, tuple[str, str, str]] = {}
    for item in node.body:
        if not isinstance(item, ast.FunctionDef) or item.returns is None:
            continue
        decorators = [ast.unparse(d) for d in item.decorator_list]
        if "_builtins.property" not in decorators:
            continue
        wire = item.name
        for decorator in item.decorator_list:
            if isinstance(decorator, ast.Call):
                for keyword in decorator.keywords:
                    if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                        wire = str(keyword.value.value)
        found[item.name] = (wire, _type(ast.unparse(item.returns)), ast.get_docstring(item) or "")
    return found


def _type(annotation: str) -> str:
    text = annotation.replace("'", "").replace('"', "").replace("_builtins.", "")
    while True:
        match = re.fullmatch(r"(?:pulumi\.Input|pulumi\.Output|Optional|Awaitable)\[(.*)\]", text)
        if not match:
            break
        text = match.group(1)
    if match := re.fullmatch(r"Sequence\[(.*)\]", text):
        return "[" + _type(match.group(1))
    if match := re.fullmatch(r"Mapping\[str, (.*)\]", text):
        return "{" + _type(match.group(1))
    if text.startswith("Union["):
        return "s" if re.search(r"\bstr\b", text) else "?"
    if text in _SCALARS:
        return _SCALARS[text]
    name = text.split(".")[-1]
    return f"&{name}" if re.fullmatch(r"\w+Args", name) else "?"


def _required(node: ast.ClassDef) -> set[str]:
    """Arguments of `__init__` without a default value."""
    for item in node.body:
        if isinstance(item, ast.FunctionDef) and item.name == "__init__":
            return {
                a.arg for a, d in zip(item.args.kwonlyargs, item.args.kw_defaults, strict=True) if d is None
            }
    return set()


def _object(node: ast.ClassDef) -> dict[str, Any]:
    properties = _properties(node)
    required = _required(node)
    answer: dict[str, Any] = {"in": {w: t for w, t, _ in properties.values()}}
    if needed := sorted(properties[p][0] for p in required if p in properties):
        answer["req"] = needed
    if defaults := _defaults(properties):
        answer["def"] = defaults
    if forced := [w for w, _, doc in properties.values() if _FORCES.search(doc)]:
        answer["new"] = sorted(forced)
    return answer


def _defaults(properties: dict[str, tuple[str, str, str]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for wire, kind, doc in properties.values():
        match = _DEFAULT.search(doc)
        if not match or kind not in ("s", "b", "i", "n"):
            continue
        text = next(g for g in match.groups() if g is not None).strip()
        value = _literal(kind, text)
        if value is not None:
            found[wire] = value
    return found


def _literal(kind: str, text: str) -> str | float | bool | None:
    """The default as a value, or None where it is no literal or is the zero value (bridges omit those)."""
    if kind == "b":
        return True if text.lower() == "true" else None
    if kind in ("i", "n"):
        return float(text) if re.fullmatch(r"\d+(\.\d+)?", text) and float(text) != 0 else None
    return (
        text if re.fullmatch(r"[\w.:/${}+-]+", text) and text.lower() not in ("null", "none", "nil") else None
    )


def _resource(node: ast.ClassDef, args: ast.ClassDef | None) -> dict[str, Any]:
    answer: dict[str, Any] = _object(args) if args is not None else {"in": {}}
    source = next(
        (ast.unparse(i) for i in node.body if isinstance(i, ast.FunctionDef) and i.name == "_internal_init"),
        "",
    )
    arguments = {p: w for p, (w, _, _) in _properties(args).items()} if args is not None else {}
    required = {
        arguments[p] for p in re.findall(r"Missing required property '(\w+)'", source) if p in arguments
    }
    if required | set(answer.get("req", [])):
        answer["req"] = sorted(required | set(answer.get("req", [])))
    secrets = {
        arguments[p] for p in re.findall(r"else pulumi\.Output\.secret\((\w+)\)", source) if p in arguments
    }
    for group in re.findall(r"additional_secret_outputs=\[([^\]]*)\]", source):
        secrets.update(re.findall(r"'(\w+)'", group))
    if secrets:
        answer["sec"] = sorted(secrets)
    outputs = {w: t for w, t, _ in _properties(node).values()}
    answer["out"] = {
        w: ("?" if t.lstrip("[{").startswith("&") else t) for w, t in outputs.items() if w not in answer["in"]
    }
    return answer
