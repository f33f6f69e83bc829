"""Reading a bundle as its receiver would: against the published R4 schema, and with the models of fhir.resources.

The schema is HL7's for R4 (4.0.1), CC0, cut down to what we export; it knows the codes of required bindings. The models
(R4B, which changed none of these resources) know which parts are required. Each catches what the other lets pass.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from fhir.resources.R4B.bundle import Bundle
from jsonschema import Draft6Validator

SCHEMA = Path(__file__).with_name("fhir-r4.schema.json")
#: Codes the schema takes for plain text: value sets that R4 binds as required.
REQUIRED = {
    "CarePlan": {
        "status": {"draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"},
        "intent": {"proposal", "plan", "order", "option"},
    },
    "ServiceRequest": {
        "status": {"draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"},
        "intent": {"proposal", "plan", "order"},
    },
}
#: The Gravity guide's value set for a referral's task: R4's without "ready" and "received".
GRAVITY_TASK = {
    "draft", "requested", "accepted", "rejected", "cancelled", "in-progress", "on-hold", "failed", "completed",
    "entered-in-error",
}  # fmt: skip


@cache
def validator(kind: str) -> Draft6Validator:
    """Of one resource type: a choice of all of them would only say that none fits."""
    published = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return Draft6Validator({**published, "oneOf": [{"$ref": f"#/definitions/{kind}"}]})


def faults(bundle: dict[str, Any]) -> list[str]:
    """What is wrong with a bundle; nothing when a receiver can take it."""
    resources = [entry["resource"] for entry in bundle["entry"]]
    found = [
        f"{resource['resourceType']}/{'/'.join(map(str, inner.absolute_path))}: {inner.message[:200]}"
        for resource in resources
        for error in validator(resource["resourceType"]).iter_errors(resource)
        for inner in error.context
    ]
    if found:
        return found
    found += [error.message[:200] for error in validator("Bundle").iter_errors(bundle)]
    Bundle.model_validate_json(json.dumps(bundle))
    known = {entry["fullUrl"] for entry in bundle["entry"]}
    found += [f"dangling reference {one}" for one in _references(bundle) if one not in known]
    for entry in bundle["entry"]:
        resource = entry["resource"]
        for part, codes in REQUIRED.get(resource["resourceType"], {}).items():
            if resource[part] not in codes:
                found.append(f"{resource['resourceType']}.{part} is {resource[part]}")
        if resource["resourceType"] == "Task" and resource["status"] not in GRAVITY_TASK:
            found.append(f"Task.status is {resource['status']}")
    return found


def of_kind(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """The resources of one type."""
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["reference"]] if isinstance(value.get("reference"), str) else []
        return own + [found for part in value.values() for found in _references(part)]
    return [found for part in value for found in _references(part)] if isinstance(value, list) else []
