"""The JSON Schema of the machine format."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from entente.records import SCHEMA, Coding

__all__ = ["record_schema"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def record_schema() -> str:
    """The JSON Schema of one report's record, as text; every field is always there.

    msgspec writes defaults as if a field could be left out; entente always writes all fields, so all are required.
    """
    (top,), components = msgspec.json.schema_components([Coding], ref_template="#/$defs/{name}")
    for definition in components.values():
        _require_all(definition)
    components["Coding"]["properties"]["schema"] = {"const": SCHEMA}
    document = {
        "$schema": _DIALECT,
        "title": f"{SCHEMA}: the record of one report",
        **top,
        "$defs": dict(sorted(components.items())),
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _require_all(definition: dict[str, Any]) -> None:
    properties = definition.get("properties", {})
    if properties:
        definition["required"] = list(properties)
    for one in properties.values():
        one.pop("default", None)
