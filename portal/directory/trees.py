"""Nested objects as rows of tables: one tree of a service, an organisation or whatever a JSON file holds, laid flat.

A child in a list points to its parent; a single child is pointed to by it. What a key means is known from the names in
`kinds`, so trees of HSDS 3 and of Open Referral UK 1 and 3 are read by the same few rules.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from portal.directory import kinds
from portal.directory.models import TABLES
from portal.directory.records import column_name, without_controls
from portal.directory.text import slug

Row = dict[str, str]
#: Deeper than this nobody nests a directory.
DEEPEST: Final = 12
#: Names that mean something else inside a tree than as the name of a file.
_INSIDE: Final = {"taxonomy_detail": "taxonomy", "services_at_location": "service_at_location", "reviews": None}
_NOT_ROWS: Final = frozenset({"metadata", "meta_table_description"})
#: What a tree's own keys say it is; the first that fits.
_SHAPES: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    ("service_at_location", frozenset({"location", "service_areas"})),
    ("service_at_location", frozenset({"location", "service"})),
    ("service_at_location", frozenset({"service_id", "location_id"})),
    ("service", frozenset({"organization", "name"})),
    ("service", frozenset({"status", "name"})),
    ("service", frozenset({"organization_id", "name", "description"})),
    ("service", frozenset({"service_at_locations", "name"})),
    ("organization", frozenset({"website", "name"})),
    ("organization", frozenset({"services", "name"})),
    ("organization", frozenset({"legal_status", "name"})),
    ("location", frozenset({"location_type"})),
    ("location", frozenset({"latitude", "longitude"})),
    ("taxonomy_term", frozenset({"taxonomy_detail", "name"})),
    ("taxonomy_term", frozenset({"parent_id", "name"})),
    ("taxonomy", frozenset({"version", "name", "description"})),
)


def kind_of(tree: Mapping[str, Any], hint: str) -> str | None:
    """What a tree is, from the name of its file or list, or else from its keys."""
    stem = re.sub(r"_(full|list|page|\d+)$", "", column_name(re.sub(r"\.\w+$", "", hint)))
    named = kinds.kind_of_name(stem) or kinds.kind_of_ending(stem)
    if named:
        return kinds.settle(named, map(column_name, tree))
    keys = {column_name(name) for name in tree}
    return next((kind for kind, shape in _SHAPES if shape <= keys), None) or kinds.kind_of_header(keys)


def flat(kind: str, tree: Mapping[str, Any], strange: Callable[[str], object]) -> Iterator[tuple[str, Row | None]]:
    """The rows of a tree, each with its kind. A kind without a row says that the tree speaks of it and has none.

    Args:
        kind: what the tree itself is.
        strange: told the name of everything nested that no table is known for.
    """
    yield from _flat(kind, tree, {}, strange, 0)


def _flat(
    kind: str, tree: Mapping[str, Any], given: Row, strange: Callable[[str], object], depth: int
) -> Iterator[tuple[str, Row | None]]:
    row, lists, singles = _parted(tree)
    row = given | row if kind != "attribute" else row | given
    table = kinds.KINDS[kind] or kind
    if not row.get("id") and (lists or singles or kind in {"organization", "service", "location"}):
        row["id"] = _made(kind, row, tree)
    if depth >= DEEPEST:
        return
    for name, child in singles:
        below = _kind_inside(name, child)
        if below is None:
            strange(name)
        elif (pointer := _pointer_to(below)) in _columns(kind):
            child_row = {**child, "id": child.get("id") or row.get(pointer) or _made(below, _parted(child)[0], child)}
            row[pointer] = str(child_row["id"])
            yield from _flat(below, child_row, _by_the_way(below, tree), strange, depth + 1)
        else:
            yield from _flat(below, child, _back(table, row, below), strange, depth + 1)
    for name, children in lists:
        below = _kind_inside(name, children[0] if children else {})
        if below is None:
            strange(name)
            continue
        if below in _NOT_ROWS:
            continue
        yield below, None
        for child in children:
            if below == "eligibility":
                _ages(row, child)
            yield from _flat(below, child, _back(table, row, below), strange, depth + 1)
    yield kind, row


def _parted(
    tree: Mapping[str, Any],
) -> tuple[Row, list[tuple[str, list[dict[str, Any]]]], list[tuple[str, dict[str, Any]]]]:
    """What a tree says itself, its lists of children and its single children."""
    row: Row = {}
    lists: list[tuple[str, list[dict[str, Any]]]] = []
    singles: list[tuple[str, dict[str, Any]]] = []
    for key, value in tree.items():
        name = column_name(str(key))
        if isinstance(value, Mapping):
            singles.append((name, dict(value)))
        elif isinstance(value, list) and not all(isinstance(one, Mapping) for one in value):
            row[name] = "; ".join(_text(one) for one in value if not isinstance(one, Mapping | list))
        elif isinstance(value, list):
            lists.append((name, value))
        elif value is not None:
            row[name] = _text(value)
    return row, lists, singles


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return without_controls(str(value)).strip()


def _kind_inside(name: str, child: Mapping[str, Any]) -> str | None:
    kind = _INSIDE[name] if name in _INSIDE else kinds.kind_of_name(name)
    return kinds.settle(kind, map(column_name, child)) if kind and kind != "taxonomy_term" else kind


def _columns(kind: str) -> tuple[str, ...]:
    table = kinds.KINDS[kind]
    return TABLES[table].HSDS if table else ()


def _pointer_to(kind: str) -> str:
    return f"{kinds.KINDS[kind] or kind}_id"


def _back(table: str, row: Row, below: str) -> Row:
    """The columns by which a child points to its parent."""
    if below == "attribute":
        return {"link_id": row.get("id", ""), "link_entity": table}
    return {f"{table}_id": row.get("id", "")}


def _by_the_way(below: str, tree: Mapping[str, Any]) -> Row:
    """What a single child does not say because its parent does: whose programme it is."""
    organization = tree.get("organization")
    whose = organization.get("id") if isinstance(organization, Mapping) else tree.get("organization_id")
    return {"organization_id": str(whose)} if below == "program" and whose else {}


def _ages(row: Row, child: Mapping[str, Any]) -> None:
    """Open Referral UK 1 says ages with the eligibility; they belong to the service."""
    for name in ("minimum_age", "maximum_age"):
        if child.get(name) is not None and not row.get(name):
            row[name] = _text(child[name])


def _made(kind: str, row: Row, tree: Mapping[str, Any]) -> str:
    """An id for what has none: the same for the same thing each time."""
    said: Any = [slug(row.get("name", "")), row.get("organization_id", "")]
    if kind not in {"organization", "service"} or not said[0]:
        said = tree
    return "made:" + hashlib.blake2b(json.dumps([kind, said], sort_keys=True).encode(), digest_size=12).hexdigest()
