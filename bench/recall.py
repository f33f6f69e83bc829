"""Everyday questions on a directory of legal aid: of those it can answer, how many it does on the first page of ten.

    python -m bench recall                  on the shared data of Illinois legal aid
    python -m bench recall --folder F       on another package

The questions and what answers them stand in tests/directory/questions.py, which tests them on the demo's directory.
"""

import re
import tempfile
from pathlib import Path

from sqlalchemy import select

from portal import clock
from portal.crypto import KeyRing
from portal.db import Base, make_engine, make_sessions
from portal.directory.importer import import_package
from portal.directory.models import Service
from portal.directory.search import Query, search
from tests.directory.questions import QUESTIONS

ILLINOIS = Path(__file__).resolve().parents[2] / "shared" / "data" / "hsds" / "illinois-ilao" / "ilao" / "output"


def run(*, folder: str = "") -> None:
    """Import, ask, and print what was missed."""
    package = Path(folder) if folder else ILLINOIS
    with tempfile.TemporaryDirectory(prefix="portal-recall-") as temporary:
        engine = make_engine(f"sqlite:///{temporary}/recall.sqlite", KeyRing.parse(KeyRing.generate()))
        own = [table for name, table in Base.metadata.tables.items() if name.startswith("directory_")]
        Base.metadata.create_all(engine, tables=own)
        with make_sessions(engine)() as session:
            session.begin_work(write=True)
            import_package(session, package, source_name="recall")
            texts = {row.id: f"{row.name} {row.description}" for row in session.execute(
                select(Service.id, Service.name, Service.description).order_by(Service.id)
            )}  # fmt: skip
            asked = [one for one in QUESTIONS if one.legal]
            missed = []
            for one in asked:
                found = search(session, Query(words=one.words, size=10), now=clock.now(), zone="America/Chicago")
                told = [texts[hit.service_id] for hit in found.hits]
                if not any(re.search(one.legal, text, re.IGNORECASE) for text in told):
                    missed.append((one.words, [hit.name for hit in found.hits][:3]))
            session.rollback()
        engine.dispose()
    print(
        f"{len(asked) - len(missed)} of {len(asked)} questions answered among the first ten of {len(texts)} services."
    )
    for words, names in missed:
        print(f"  {words}: {'; '.join(names) or 'nothing found'}")
