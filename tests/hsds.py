"""The Human Services Data Specification as it was published: answers and files are held against it."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

RAW = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/"


class Hsds:
    """The specification's schemas, with the names by which its OpenAPI document knows them."""

    def __init__(self, folder: Path) -> None:
        self.openapi: dict[str, Any] = json.loads((folder / "openapi.json").read_text("utf-8"))
        registry: Registry[Any] = Registry()
        for file in folder.glob("*.json"):
            resource = Resource.from_contents(json.loads(file.read_text("utf-8")), DRAFT202012)
            # The lists of the OpenAPI document ask for the same objects; the data folder has no file of their own.
            compiled = (f"{RAW}compiled/{file.name}", f"{RAW}compiled/{file.stem}_list.json")
            for name in (file.name, f"{RAW}{file.name}", *compiled):
                registry = registry.with_resource(name, resource)
        self.registry = registry.with_resource("openapi", Resource.from_contents(self.openapi, DRAFT202012))

    def faults(self, told: Any, schema: str | dict[str, Any]) -> list[str]:
        """What is wrong with an answer by a schema: the name of one of the specification's files, or a schema."""
        wanted = {"$ref": f"{schema}.json"} if isinstance(schema, str) else schema
        validator = Draft202012Validator(wanted, registry=self.registry, format_checker=FormatChecker())
        return [f"{list(error.absolute_path)}: {error.message}" for error in validator.iter_errors(told)]

    def answer(self, path: str, told: Any, method: str = "get") -> list[str]:
        """What is wrong with an answer by the OpenAPI document."""
        content = self.openapi["paths"][path][method]["responses"]["200"]["content"]["application/json"]
        return self.faults(told, json.loads(json.dumps(content["schema"]).replace('"#/comp', '"openapi#/comp')))
