"""Which file holds which table: names and columns of HSDS 1.x to 3.1 and of the Ohana dialect.

A *kind* is a table as some dialect writes it; `dialects` turns a row of a kind into rows of HSDS 3.1. The lists are
facts of the specifications (HSDS 3.1 and its changelog, ohana-api's importer).
"""

import re
from collections.abc import Iterable
from typing import Final

from portal.directory.models import TABLES

#: Kinds in the order they are read: parents before children. The table each mostly fills.
KINDS: Final[dict[str, str]] = {
    "eligibility": "service",
    "payment": "service",
    "taxonomy": "taxonomy",
    "taxonomy_term": "taxonomy_term",
    "organization": "organization",
    "program": "program",
    "location": "location",
    "service": "service",
    "service_at_location": "service_at_location",
    "contact": "contact",
    "phone": "phone",
    "address": "address",
    "postal_address": "address",
    "schedule": "schedule",
    "regular_schedule": "schedule",
    "holiday_schedule": "schedule",
    "language": "language",
    "accessibility": "accessibility",
    "attribute": "attribute",
    "service_attribute": "attribute",
    "cost_option": "cost_option",
    "required_document": "required_document",
    "service_area": "service_area",
    "funding": "funding",
    "organization_identifier": "organization_identifier",
    "unit": "unit",
    "service_capacity": "service_capacity",
    "url": "url",
    "metadata": "",
    "meta_table_description": "",
}
#: Kinds that are read to the side of services, or not at all.
BESIDE_SERVICES: Final = ("eligibility", "payment")
NOT_KEPT: Final = ("metadata", "meta_table_description")

_FILES: Final[dict[str, str]] = {
    name: kind
    for kind, names in {
        "taxonomy": "taxonomies",
        "taxonomy_term": "taxonomy_terms taxonomy_term taxonomy categories terms",
        "organization": "organizations organization organisations organisation orgs agencies",
        "program": "programs program programmes",
        "location": "locations location sites",
        "service": "services service",
        "service_at_location": "service_at_location service_at_locations services_at_location services_at_locations",
        "contact": "contacts contact",
        "phone": "phones phone",
        "address": "addresses address physical_addresses physical_address",
        "postal_address": "postal_addresses postal_address mail_addresses mail_address",
        "schedule": "schedules schedule",
        "regular_schedule": "regular_schedules regular_schedule",
        "holiday_schedule": "holiday_schedules holiday_schedule",
        "language": "languages language",
        "accessibility": "accessibility accessibilities accessibility_for_disabilities",
        "attribute": "attributes attribute other_attributes other_attribute",
        "service_attribute": "service_attributes service_attribute services_taxonomy services_taxonomies"
        " service_taxonomy service_taxonomies service_taxonomys",
        "cost_option": "cost_options cost_option",
        "required_document": "required_documents required_document",
        "service_area": "service_areas service_area",
        "funding": "funding fundings",
        "organization_identifier": "organization_identifiers organization_identifier",
        "unit": "units unit",
        "service_capacity": "service_capacity service_capacities capacities",
        "url": "url urls additional_urls additional_websites",
        "eligibility": "eligibility eligibilities eligibilitys",
        "payment": "payments_accepted payment_accepted payment_accepteds payments",
        "metadata": "metadata",
        "meta_table_description": "meta_table_descriptions meta_table_description",
    }.items()
    for name in names.split()
}

#: Columns that only older dialects have, so that a file can be known by its heading alone.
_OLDER: Final[dict[str, str]] = {
    "taxonomy_term": "taxonomy_id parent_name vocabulary",
    "organization": "url accreditations date_incorporated funding_sources licenses",
    "location": "accessibility admin_emails email languages short_desc virtual website",
    "service": "accepted_payments audience eligibility fees funding_sources keywords languages location_id"
    " required_documents service_areas taxonomy_ids website",
    "phone": "country_prefix department number_type vanity_number language",
    "address": "address_3 address_4 organization_id",
    "postal_address": "address_3 address_4 organization_id",
    "regular_schedule": "weekday opens_at closes_at service_id location_id service_at_location_id original_text",
    "holiday_schedule": "closed opens_at closes_at start_date end_date service_id location_id service_at_location_id",
    "language": "language",
    "accessibility": "accessibility",
    "service_attribute": "service_id taxonomy_id taxonomy_term_id taxonomy_detail value",
    "service_area": "service_area",
    "eligibility": "service_id eligibility",
    "payment": "service_id payment",
}
_OHANA_MARKS: Final[dict[str, frozenset[str]]] = {
    "organization": frozenset({"date_incorporated", "funding_sources"}),
    "location": frozenset({"admin_emails", "virtual", "short_desc"}),
    "service": frozenset({"location_id"}),
    "phone": frozenset({"number_type", "vanity_number", "country_prefix"}),
    "taxonomy_term": frozenset({"taxonomy_id"}),
}


def kind_of_name(stem: str) -> str | None:
    """The kind a file's name says: exactly, or as one part of several ("services_2")."""
    return _FILES.get(re.sub(r"_\d+$", "", stem)) or _FILES.get(stem)


def kind_of_ending(stem: str) -> str | None:
    """The kind that the end of a file's name says: "miami_211_services"."""
    parts = stem.split("_")
    return next((_FILES[name] for at in range(1, len(parts)) if (name := "_".join(parts[at:])) in _FILES), None)


def kind_of_header(header: Iterable[str]) -> str | None:
    """The kind that nearly all column names of a file belong to, if there is one."""
    names = set(header)
    best: tuple[int, str] | None = None
    for kind, table in KINDS.items():
        known = {"id"} | set(_OLDER.get(kind, "").split())
        if table and kind not in BESIDE_SERVICES and kind not in {"regular_schedule", "holiday_schedule"}:
            known |= set(TABLES[table].HSDS)
        shared = len(names & known)
        if shared >= 3 and shared >= 0.8 * len(names) and (best is None or shared > best[0]):
            best = (shared, kind)
    return best[1] if best else None


def settle(kind: str, header: Iterable[str]) -> str:
    """The kind of a file whose name says `kind`, after a look at its heading: `taxonomy.csv` may be either table."""
    names = set(header)
    if kind == "taxonomy_term" and "version" in names and not names & {"parent_id", "parent_name", "code"}:
        return "taxonomy"
    if kind == "schedule" and "weekday" in names:
        return "regular_schedule"
    return kind


def fits(kind: str, header: Iterable[str]) -> bool:
    """Whether a heading can be that of this kind: at least two columns we know, or the one that matters."""
    known = {"id"} | set(_OLDER.get(kind, "").split())
    if KINDS[kind]:
        known |= set(TABLES[KINDS[kind]].HSDS)
    return len(known & set(header)) >= 2 or kind in NOT_KEPT


def dialect_of(headers: dict[str, set[str]]) -> str:
    """The name of the dialect that these kinds, with their headings, are written in."""
    marked = {kind for kind, marks in _OHANA_MARKS.items() if marks & headers.get(kind, set())}
    if "id" in headers.get("taxonomy_term", ()):
        marked.discard("taxonomy_term")  # with an id of its own it points at its vocabulary
    if marked:
        by_services = headers.get("service", set())
        if "organization_id" not in by_services:
            return "Ohana"
    if {"regular_schedule", "holiday_schedule", "postal_address", *BESIDE_SERVICES} & set(headers):
        return "HSDS 1"
    if "schedule" in headers and "service_attribute" in headers:
        return "HSDS 2"
    if any("url" in headers.get(kind, ()) for kind in ("organization",)):
        return "HSDS 1"
    return "HSDS 3"
