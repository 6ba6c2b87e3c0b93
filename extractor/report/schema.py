"""JSON Schema of the output lines, generated from the types that make them.

`python -m extractor.report.schema DIR` writes the files; a test holds those in docs/schema against this.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from extractor.report.records import ClaimRecord, VerdictRecord

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN = {str: "string", int: "integer", float: "number", NoneType: "null"}
_RATED = ["supported", "imprecise", "conflicting", "contradicted"]

Schema = dict[str, Any]


def claim_schema() -> Schema:
    """A line of `tapecheck extract`, or of `tapecheck verify` where it has a verdict."""
    return {"$schema": _DRAFT, "title": "A claim", **_of(ClaimRecord)}


def verdict_schema() -> Schema:
    """What stands under `verdict` in a line of `tapecheck verify`."""
    return {"$schema": _DRAFT, "title": "A verdict", **_of(VerdictRecord)}


def files() -> dict[str, str]:
    """File name to content."""
    schemas = {"claim.schema.json": claim_schema(), "verdict.schema.json": verdict_schema()}
    return {name: json.dumps(schema, indent=2) + "\n" for name, schema in schemas.items()}


def _of(kind: Any) -> Schema:
    if is_typeddict(kind):
        return _object(kind)
    origin = get_origin(kind)
    if origin is NotRequired:
        return _of(get_args(kind)[0])
    if origin is Annotated:
        base, *details = get_args(kind)
        schema = _of(base)
        for detail in details:
            schema |= {key: value for key, value in asdict(detail).items() if value is not None}
        return schema
    if origin in (Union, UnionType):
        return {"anyOf": [_of(each) for each in get_args(kind)]}
    if origin is list:
        return {"type": "array", "items": _of(get_args(kind)[0])}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"type": "string", "enum": [str(member) for member in kind]}
    return {"type": _PLAIN[kind]}


def _object(kind: Any) -> Schema:
    """Additional properties are allowed: a later version may add a field."""
    hints = get_type_hints(kind, include_extras=True)
    optional = {name for name, hint in hints.items() if get_origin(hint) is NotRequired}
    schema: Schema = {
        "type": "object",
        "properties": {name: _of(hint) for name, hint in hints.items()},
        "required": [name for name in hints if name not in optional],
    }
    if kind is VerdictRecord:
        # A rating rests on evidence, or says that it has none.
        schema["if"] = {"properties": {"rating": {"enum": _RATED}}}
        schema["then"] = {"properties": {"evidence": {"minItems": 1}}}
    return schema


def main(folder: str) -> None:
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        Path(folder, name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
