"""The tables of the directory: public facts about places, so nothing here is bound to a case or sealed.

Field names are those of HSDS 3.1; `HSDS` under each table says which columns an import fills and an export writes. Our
ids are our own; `source_id` and `external_id` together say which row of which source a row came from.
"""

from typing import Final

from portal.directory.models.core import (
    DirectoryProgram,
    Location,
    Organization,
    ResourceKind,
    Service,
    ServiceAtLocation,
    ServiceStatus,
    Taxonomy,
    TaxonomyTerm,
)
from portal.directory.models.details import (
    Accessibility,
    Address,
    CostOption,
    DirectoryAttribute,
    DirectoryContact,
    DirectoryLanguage,
    DirectoryPhone,
    DirectoryUrl,
    Funding,
    OrganizationIdentifier,
    RequiredDocument,
    Schedule,
    ServiceArea,
    ServiceCapacity,
    Unit,
)
from portal.directory.models.document import (
    EDITION,
    SearchDocument,
    SearchFacet,
    SearchPlace,
    SearchSite,
    SearchWord,
)
from portal.directory.models.history import DirectoryChange, DirectoryEdit
from portal.directory.models.rows import (
    DirectoryImport,
    DirectoryImportProblem,
    DirectorySource,
    Imported,
)

__all__ = [
    "EDITION",
    "TABLES",
    "Accessibility",
    "Address",
    "CostOption",
    "DirectoryAttribute",
    "DirectoryChange",
    "DirectoryContact",
    "DirectoryEdit",
    "DirectoryImport",
    "DirectoryImportProblem",
    "DirectoryLanguage",
    "DirectoryPhone",
    "DirectoryProgram",
    "DirectorySource",
    "DirectoryUrl",
    "Funding",
    "Imported",
    "Location",
    "Organization",
    "OrganizationIdentifier",
    "RequiredDocument",
    "ResourceKind",
    "Schedule",
    "SearchDocument",
    "SearchFacet",
    "SearchPlace",
    "SearchSite",
    "SearchWord",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "ServiceCapacity",
    "ServiceStatus",
    "Taxonomy",
    "TaxonomyTerm",
    "Unit",
]

#: The tables an import fills and an export writes, by HSDS name, parents before children.
TABLES: Final[dict[str, type[Imported]]] = {
    "taxonomy": Taxonomy,
    "taxonomy_term": TaxonomyTerm,
    "organization": Organization,
    "program": DirectoryProgram,
    "service": Service,
    "location": Location,
    "service_at_location": ServiceAtLocation,
    "contact": DirectoryContact,
    "phone": DirectoryPhone,
    "address": Address,
    "schedule": Schedule,
    "language": DirectoryLanguage,
    "accessibility": Accessibility,
    "attribute": DirectoryAttribute,
    "cost_option": CostOption,
    "required_document": RequiredDocument,
    "service_area": ServiceArea,
    "funding": Funding,
    "organization_identifier": OrganizationIdentifier,
    "unit": Unit,
    "service_capacity": ServiceCapacity,
    "url": DirectoryUrl,
}
