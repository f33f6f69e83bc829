"""A made-up directory of any size: an HSDS 3.1 tabular package that reads like a state's.

The same number of services always gives the same files. Words come in everyday proportions: common ones in many
services, and a long tail of names that stand in one or two; a fifth of the services is written in Spanish.
"""

import csv
import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any
from uuid import UUID

#: Category: those below it, and what such services are called and say, in English and in Spanish.
CATEGORIES: dict[str, tuple[tuple[str, ...], str, str]] = {
    "Food": (
        ("Food Pantries", "Hot Meals", "Groceries", "Meal Delivery", "Baby Formula", "Community Gardens"),
        "food pantry groceries hot meals soup kitchen bread vegetables canned goods boxes hungry families weekly lunch",
        "alimentos despensa comida caliente comedor verduras pan cajas familias hambre semanal almuerzo canasta",
    ),
    "Housing": (
        ("Emergency Shelter", "Rent Help", "Transitional Housing", "Eviction Prevention", "Home Repair", "Safe Haven"),
        "shelter rent deposit eviction homeless beds tonight landlord lease apartment family housing voucher safe",
        "refugio alquiler desalojo vivienda camas noche arrendador contrato departamento familia seguro hogar",
    ),
    "Money": (
        ("Utility Bills", "Tax Preparation", "Debt Counseling", "Cash Assistance", "Burial Costs", "Bus Passes"),
        "light bill electricity gas water payment overdue shutoff taxes debt budget cash assistance benefits credit",
        "factura luz electricidad gas agua pago atrasado impuestos deuda presupuesto dinero ayuda beneficios",
    ),
    "Health": (
        ("Dental Care", "Primary Care", "Vaccinations", "Prenatal Care", "Eye Care", "Medical Supplies"),
        "clinic doctor dentist nurse vaccine checkup sliding scale insurance prescription pregnancy teeth glasses",
        "clínica médico dentista enfermera vacuna consulta seguro receta embarazo dientes lentes atención niños",
    ),
    "Mental Health": (
        ("Counseling", "Crisis Lines", "Support Groups", "Psychiatry", "Grief", "Family Therapy"),
        "counseling therapy depression anxiety crisis support group grief trauma therapist feelings listening teens",
        "consejería terapia depresión ansiedad crisis grupo apoyo duelo trauma terapeuta emociones adolescentes",
    ),
    "Addiction": (
        ("Detox", "Outpatient Treatment", "Recovery Houses", "Needle Exchange", "Quit Smoking"),
        "recovery detox alcohol drugs treatment sober residential relapse naloxone peer meetings opioid smoking",
        "recuperación desintoxicación alcohol drogas tratamiento sobrio residencial recaída reuniones tabaco",
    ),
    "Work": (
        ("Job Search", "Job Training", "Resume Help", "Youth Jobs", "Second Chance Jobs", "Work Clothes"),
        "jobs training resume interview employer career youth skills apprenticeship second chance wages computer",
        "empleo capacitación currículum entrevista empleador carrera jóvenes habilidades salario computadora",
    ),
    "Learning": (
        ("English Classes", "GED", "Tutoring", "Adult Literacy", "Scholarships", "Computer Classes"),
        "english classes ged tutoring reading literacy citizenship school homework library college adults teacher",
        "clases inglés tutoría lectura alfabetización ciudadanía escuela tareas biblioteca universidad maestro",
    ),
    "Legal": (
        ("Immigration", "Family Law", "Tenant Rights", "Expungement", "Protection Orders", "Consumer Law"),
        "lawyer legal aid immigration asylum custody divorce tenant rights court order expungement hearing forms",
        "abogado ayuda legal inmigración asilo custodia divorcio inquilino derechos corte orden audiencia jurídica",
    ),
    "Care": (
        ("Child Care", "Respite", "Adult Day Care", "Home Visits", "Head Start", "Foster Families"),
        "child care daycare toddlers preschool respite elderly caregiver home visits parents diapers after school",
        "cuidado infantil guardería niños preescolar respiro mayores cuidador visitas padres pañales escolar",
    ),
    "Transport": (
        ("Rides", "Medical Transport", "Car Repair", "Bicycles"),
        "rides bus transport wheelchair van appointments gas card driver license bicycle door to door dial",
        "transporte viajes autobús silla ruedas camioneta citas conductor licencia bicicleta puerta",
    ),
    "Safety": (
        ("Domestic Violence", "Sexual Assault", "Child Abuse", "Elder Abuse", "Hotlines"),
        "domestic violence hotline safe shelter abuse survivor advocate protection order confidential escape plan",
        "violencia doméstica línea refugio abuso sobreviviente defensora protección confidencial plan",
    ),
}
_ENGLISH = "We help {who} in {town} with {a}, {b} and {c}. Call or come in. {name} also offers {d} and {e}. {tail}"
_SPANISH = "Ayudamos a {who} en {town} con {a}, {b} y {c}. Llame o venga. {name} también ofrece {d} y {e}. {tail}"
_WHO = ("adults", "families", "children", "older people", "veterans", "young people", "women", "people without homes")
_QUIEN = ("adultos", "familias", "niños", "personas mayores", "veteranos", "jóvenes", "mujeres", "personas sin hogar")
_LANGUAGES = ("English", "Spanish", "Arabic", "Polish", "French", "Chinese", "Vietnamese", "Tagalog", "Urdu", "Somali")
_COMMON = tuple(accumulate((100, 60, 12, 10, 8, 8, 5, 5, 3, 3)))
_SOUNDS = tuple(first + second for first in "bdklmnrst" for second in "aeio")
_ENDINGS = ("", "n", "r", "s", "ton", "ville", "field", "son", "berg", "ley", "ez", "ski")
_WEEKS = ("MO,TU,WE,TH,FR", "MO,WE,FR", "TU,TH", "SA", "SA,SU", "MO,TU,WE,TH,FR,SA,SU")
_BRING = ("Photo ID", "Proof of address", "Proof of income", "Social Security card", "Birth certificate", "Rent lease")
_STREETS = ("Main", "Oak", "Maple", "Lake", "Church", "Mill", "Park", "River", "Elm", "Second", "Prairie", "Station")
HEADS: dict[str, str] = {
    "taxonomies": "id name description",
    "taxonomy_terms": "id code name description parent_id taxonomy_id",
    "organizations": "id name description email website",
    "locations": "id location_type organization_id name latitude longitude transportation",
    "services": "id organization_id name description url email status application_process fees_description"
    " eligibility_description minimum_age maximum_age assured_date last_modified",
    "service_at_location": "id service_id location_id",
    "phones": "id location_id service_id organization_id number type",
    "addresses": "id location_id address_1 city state_province postal_code country address_type",
    "schedules": "id service_id location_id freq byday opens_at closes_at valid_from valid_to description",
    "languages": "id service_id location_id name",
    "accessibility": "id location_id description",
    "attributes": "id link_id link_entity taxonomy_term_id",
    "cost_options": "id service_id option currency amount",
    "required_documents": "id service_id document",
    "service_areas": "id service_id name",
}


class _County:
    def __init__(self, services: int) -> None:
        self.count, self.chance = services, random.Random(services)
        self.towns = [(self._name(), *self._spot(), 60_001 + n) for n in range(max(8, min(700, services // 140)))]
        self.crowds = tuple(accumulate(1 / (rank + 3) for rank in range(len(self.towns))))
        self.terms: dict[str, list[str]] = {}

    def id(self) -> str:
        return str(UUID(int=self.chance.getrandbits(128), version=4))

    def _name(self) -> str:
        middle = "".join(self.chance.choice(_SOUNDS) for _ in range(self.chance.choice((2, 2, 3))))
        return (middle + self.chance.choice(_ENDINGS)).capitalize()

    def _spot(self) -> tuple[float, float]:
        return self.chance.uniform(37.0, 42.4), self.chance.uniform(-91.3, -87.6)

    def town(self) -> tuple[str, float, float, int]:
        return self.chance.choices(self.towns, cum_weights=self.crowds)[0]

    def rows(self) -> Iterator[tuple[str, Sequence[Any]]]:
        """Every row of every table, as table and values."""
        yield from self._categories()
        left = self.count
        while left > 0:
            served = min(left, self.chance.choice((1, 2, 3, 4, 5, 6, 9, 14)))
            yield from self._organization(served)
            left -= served

    def _categories(self) -> Iterator[tuple[str, Sequence[Any]]]:
        vocabulary = self.id()
        yield "taxonomies", (vocabulary, "Everyday needs", "Made up for measuring")
        for number, (top, (below, *_words)) in enumerate(CATEGORIES.items(), 1):
            above = self.id()
            yield "taxonomy_terms", (above, f"{number}", top, "", "", vocabulary)
            self.terms[top] = [above]
            for place, name in enumerate(below, 1):
                term = self.id()
                self.terms[top].append(term)
                yield "taxonomy_terms", (term, f"{number}.{place}", name, "", above, vocabulary)

    def _organization(self, served: int) -> Iterator[tuple[str, Sequence[Any]]]:
        chance, key = self.chance, self.id()
        name = (
            f"{self._name()} {chance.choice(('Center', 'Services', 'Community House', 'Mission', 'Casa', 'Alliance'))}"
        )
        site = f"https://{name.lower().replace(' ', '-')}.example.org"
        yield "organizations", (key, name, f"{name} serves its neighbors since {chance.randint(1900, 2020)}.", "", site)
        yield "phones", (self.id(), "", "", key, self._number(), "voice")
        places = []
        for _ in range(1 + served // 4):
            places.append(self._place_id(key))
            yield from places[-1][1]
        for _ in range(served):
            place, _rows, town = chance.choice(places)
            yield from self._service(key, name, place, town)

    def _number(self) -> str:
        return f"({self.chance.randint(201, 989)}) 555-{self.chance.randint(0, 9999):04d}"

    def _place_id(self, organization: str) -> tuple[str, list[tuple[str, Sequence[Any]]], str]:
        chance, key = self.chance, self.id()
        town, latitude, longitude, post = self.town()
        north, east = round(latitude + chance.gauss(0, 0.04), 6), round(longitude + chance.gauss(0, 0.05), 6)
        street = f"{chance.randint(1, 4000)} {chance.choice(_STREETS)} {chance.choice(('St', 'Ave', 'Rd'))}"
        bus = f"Bus {chance.randint(1, 90)}" if chance.random() < 0.4 else ""
        rows: list[tuple[str, Sequence[Any]]] = [
            (
                "locations",
                (key, "physical", organization, f"{town} {chance.choice(('office', 'site'))}", north, east, bus),
            ),
            ("addresses", (self.id(), key, street, town, "IL", post, "US", "physical")),
        ]
        if chance.random() < 0.6:
            rows.append(("schedules", (self.id(), "", key, *self._hours())))
        if chance.random() < 0.5:
            rows.append(
                ("accessibility", (self.id(), key, chance.choice(("Wheelchair ramp", "Elevator", "Hearing loop"))))
            )
        return key, rows, town

    def _hours(self) -> tuple[str, ...]:
        opens = self.chance.choice((6, 8, 8, 9, 9, 9, 10, 12, 17, 22))
        closes = (opens + self.chance.choice((3, 4, 8, 8, 9))) % 24
        return "WEEKLY", self.chance.choice(_WEEKS), f"{opens:02d}:00:00", f"{closes:02d}:00:00", "", "", ""

    def _service(self, organization: str, runs: str, place: str, town: str) -> Iterator[tuple[str, Sequence[Any]]]:
        chance, key = self.chance, self.id()
        top = chance.choice(tuple(CATEGORIES))
        below, english, spanish = CATEGORIES[top]
        which = chance.randrange(len(below))
        hispanic = chance.random() < 0.2
        words = chance.sample((spanish if hispanic else english).split(), 8)
        tail = " ".join(self._name() for _ in range(chance.choice((1, 2, 4))))
        who = chance.choice(_QUIEN if hispanic else _WHO)
        said = dict(zip("abcde", words, strict=False), who=who, town=town, name=runs, tail=tail)
        text = (_SPANISH if hispanic else _ENGLISH).format(**said)
        name = (
            f"{words[5]} {words[6]}".capitalize() + f" {self._name()}" if hispanic else f"{below[which]} {self._name()}"
        )
        checked = date(2026, 11, 1) - timedelta(days=chance.randrange(900))
        ages = chance.choice((("", ""), ("", ""), ("18", ""), ("", "17"), ("60", ""), ("5", "18")))
        status = chance.choices(("active", "inactive", "temporarily closed"), (94, 4, 2))[0]
        fees = chance.choice(("Free", "", "Sliding scale", "Gratis" if hispanic else "No fee", "Medicaid accepted"))
        yield "services", (
            key, organization, name, f"{text} {' '.join(words)}", f"https://{key[:8]}.example.org", "", status,
            chance.choice(("Walk in", "Call first", "Apply online", "")), fees,
            f"Para {who}." if hispanic else f"For {who}.",
            *ages, checked, f"{checked}T09:00:00Z",
        )  # fmt: skip
        yield "service_at_location", (self.id(), key, place)
        yield "attributes", (self.id(), key, "service", self.terms[top][which + 1])
        if chance.random() < 0.4:
            other = chance.choice(tuple(CATEGORIES))
            yield "attributes", (self.id(), key, "service", chance.choice(self.terms[other][1:]))
        yield from self._about(key, town)

    def _about(self, key: str, town: str) -> Iterator[tuple[str, Sequence[Any]]]:
        chance = self.chance
        yield "phones", (self.id(), "", key, "", self._number(), chance.choice(("voice", "voice", "voice", "fax")))
        yield "service_areas", (self.id(), key, chance.choice((f"{town} County", town, "Statewide")))
        for language in dict.fromkeys(chance.choices(_LANGUAGES, cum_weights=_COMMON, k=2)):
            yield "languages", (self.id(), key, "", language)
        for _ in range(chance.choice((0, 1, 1, 2))):
            yield "schedules", (self.id(), key, "", *self._hours())
        if chance.random() < 0.4:
            for document in chance.sample(_BRING, 2):
                yield "required_documents", (self.id(), key, document)
        if chance.random() < 0.2:
            yield "cost_options", (self.id(), key, "per visit", "USD", chance.choice((5, 10, 20, 35)))


def write(folder: Path, services: int = 100_000) -> dict[str, int]:
    """Write a package of this many services into a folder, and say how many rows each table has."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = dict.fromkeys(HEADS, 0)
    with ExitStack() as stack:
        writers = {}
        for table, head in HEADS.items():
            file = stack.enter_context((folder / f"{table}.csv").open("w", encoding="utf-8", newline=""))
            writers[table] = csv.writer(file)
            writers[table].writerow(head.split())
        for table, values in _County(services).rows():
            writers[table].writerow(values)
            counts[table] += 1
    return counts
