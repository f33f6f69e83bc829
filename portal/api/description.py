"""The API's own OpenAPI 3.1 document. The schemas of what it sends are the specification's, by their addresses."""

from typing import Any, Final

from portal.api.parameters import LARGEST_FULL_PAGE, LARGEST_PAGE, USUAL_PAGE

VERSION: Final = "3.1"
#: The portal adds nothing to HSDS, so its profile is the specification itself.
PROFILE: Final = "https://docs.openreferral.org/en/latest/hsds/"
_SCHEMAS: Final = "https://raw.githubusercontent.com/openreferral/specification/3.1/schema/"

_TEXT: Final = {"type": "string"}
_NUMBER: Final = {"type": "integer", "minimum": 1}
_FLAG: Final = {"type": "boolean"}
_PARAMETERS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "search": ("All these words must occur.", _TEXT),
    "page": ("Which page, from 1.", _NUMBER),
    "per_page": (
        f"How many on a page: {USUAL_PAGE} if nobody says, at most {LARGEST_PAGE}, of whole trees {LARGEST_FULL_PAGE}.",
        _NUMBER,
    ),
    "format": ("json, or ndjson for all results as a stream.", {"type": "string", "enum": ["json", "ndjson"]}),
    "taxonomy_term_id": ("With this category or one below it.", _TEXT),
    "taxonomy_id": ("With any category of this taxonomy.", _TEXT),
    "organization_id": ("Of this organization.", _TEXT),
    "modified_after": (
        "Changed in this directory at or after this moment; `last_modified` says when that was.",
        {"type": "string", "format": "date-time"},
    ),
    "minimal": ("Only `id` and `modified_date`; all on one page unless `per_page` is given.", _FLAG),
    "full": ("Whole trees.", _FLAG),
    "full_service": ("With all of each service.", _FLAG),
    "postcode": (
        "Whose service area holds it, or in it where no area is told; with `proximity`, the middle of the circle.",
        _TEXT,
    ),
    "proximity": ("Within so many metres of the middle of the postcode.", {"type": "number", "minimum": 0}),
    "top_only": ("Only categories that stand below no other.", _FLAG),
    "parent_id": ("Only categories right below this one.", _TEXT),
}
_PAGING: Final = ("search", "page", "per_page", "format")
_LISTS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "services": (
        "service",
        ("taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "minimal", "full"),
    ),
    "organizations": ("organization", ("taxonomy_term_id", "taxonomy_id", "full", "full_service")),
    "service_at_locations": (
        "service_at_location",
        ("taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "full", "postcode", "proximity"),
    ),
    "taxonomies": ("taxonomy", ()),
    "taxonomy_terms": ("taxonomy_term", ("taxonomy_id", "top_only", "parent_id")),
}
_PAGE: Final = {
    "type": "object",
    "properties": {
        **{name: {"type": "integer"} for name in ("total_items", "total_pages", "page_number", "size")},
        **{name: {"type": "boolean"} for name in ("first_page", "last_page", "empty")},
    },
    "required": ["empty"],
}


def described(title: str, address: str) -> dict[str, Any]:
    """The document.

    Args:
        title: whose directory it is.
        address: where the API is.
    """
    paths: dict[str, Any] = {
        "/": {"get": _operation("about", "What this is.", {"type": "object", "required": ["version"]})}
    }
    for name, (schema, more) in _LISTS.items():
        whole = {"$ref": f"{_SCHEMAS}{schema}.json"}
        page = {
            "allOf": [{"$ref": "#/components/schemas/Page"}],
            "properties": {"contents": {"type": "array", "items": whole}},
        }
        parameters = [{"$ref": f"#/components/parameters/{each}"} for each in (*_PAGING, *more)]
        paths[f"/{name}"] = {
            method: _operation(f"{method}_{name}", "A page, or all.", page) | {"parameters": parameters}
            for method in ("get", "post")
        }
        one = _operation(f"{name}_by_id", "One, with all that hangs on it.", whole)
        key = {"in": "path", "name": "id", "required": True, "schema": {"type": "string", "format": "uuid"}}
        paths[f"/{name}/{{id}}"] = {"parameters": [key], "get": one}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{title}: directory of services",
            "version": VERSION,
            "summary": "The read API of HSDS 3.1.",
            "license": {"name": "As each source says; the specification is CC BY-SA 4.0."},
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": address.rstrip("/")}],
        "paths": paths,
        "components": {
            "schemas": {"Page": _PAGE},
            "parameters": {
                name: {"name": name, "in": "query", "required": False, "description": says, "schema": schema}
                for name, (says, schema) in _PARAMETERS.items()
            },
        },
    }


def _operation(name: str, says: str, schema: dict[str, Any]) -> dict[str, Any]:
    answer = {"description": says, "content": {"application/json": {"schema": schema}}}
    refusals = {"400": "A parameter cannot be read.", "404": "There is none such.", "429": "Too many requests."}
    return {
        "operationId": name,
        "summary": says,
        "responses": {"200": answer, **{code: {"description": text} for code, text in refusals.items()}},
    }
