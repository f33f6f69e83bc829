"""The county's days move with today; nothing else about it changes."""

import csv
from datetime import date, timedelta

from portal.demo.places import COUNTY, moved_to


def rows_of(folder):
    with (folder / "services.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def test_days_move_and_keep_their_distance():
    today = date(2031, 5, 6)
    with moved_to(COUNTY, today) as folder:
        after = rows_of(folder)
    before = rows_of(COUNTY)
    assert len(after) == len(before) >= 150
    shift = {
        date.fromisoformat(new["assured_date"]) - date.fromisoformat(old["assured_date"])
        for old, new in zip(before, after, strict=True)
        if old["assured_date"]
    }
    assert len(shift) == 1
    assert max(row["assured_date"] for row in after) == (today - timedelta(days=2)).isoformat()
    for old, new in zip(before, after, strict=True):
        assert {k: v for k, v in new.items() if k not in {"assured_date", "last_modified"}} == {
            k: v for k, v in old.items() if k not in {"assured_date", "last_modified"}
        }
        assert new["last_modified"][10:] == old["last_modified"][10:]


def test_the_copy_is_gone_afterwards():
    with moved_to(COUNTY, date(2030, 1, 1)) as folder:
        assert folder.exists()
    assert not folder.exists()
