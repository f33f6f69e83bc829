"""The made-up county: brought in by the importer that every directory goes through, with days that are near today's."""

import csv
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from portal.audit.events import Event
from portal.demo.stage import Stage
from portal.directory.importer import import_package
from portal.directory.models import Service

COUNTY = Path(__file__).parent / "county"
SOURCE = "Larkwater County"
#: The place that was looked at last was looked at so many days ago; all others keep their distance to it.
_NEWEST = timedelta(days=2)
_DATED = ("assured_date", "last_modified")


def settle_county(stage: Stage) -> None:
    """Import the county and remember its services by name."""
    with moved_to(COUNTY, stage.memory.day) as folder, stage.everywhere(stage.now) as work:
        report = import_package(work.session, folder, source_name=SOURCE, licence="Made up for the demo.")
        work.record(Event.DIRECTORY_IMPORTED, None, source=SOURCE, kept=report.total("kept"))
        for service in work.session.execute(select(Service.id, Service.name).order_by(Service.name, Service.id)):
            stage.memory.services[service.name] = service.id


@contextmanager
def moved_to(county: Path, today: date) -> Iterator[Path]:
    """A copy of the county's folder in which every day has moved, so that the newest is near today."""
    with tempfile.TemporaryDirectory(prefix="county-") as folder:
        copy = Path(shutil.copytree(county, Path(folder) / "county"))
        table = copy / "services.csv"
        with table.open(encoding="utf-8", newline="") as source:
            reader = csv.DictReader(source)
            columns, rows = list(reader.fieldnames or ()), list(reader)
        newest = max(date.fromisoformat(row["assured_date"]) for row in rows if row["assured_date"])
        for row in rows:
            row.update({name: _moved(row[name], today - _NEWEST - newest) for name in _DATED})
        with table.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, columns)
            writer.writeheader()
            writer.writerows(rows)
        yield copy


def _moved(text: str, by: timedelta) -> str:
    """The same day or moment, so many days on; the time of day stays as it is written."""
    if not text:
        return text
    day = date.fromisoformat(text[:10]) + by
    return day.isoformat() + text[10:]
