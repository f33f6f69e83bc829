"""What the API of the directory costs on a database that is there already: milliseconds, queries, bytes.

    DATABASE_URL=… PORTAL_…=… python -m bench.directory_api

Fill a database first (`python -m bench county`, `portal directory import`). Each question is asked three times in this
process and the quickest counts; a page far back stands beside the first one, because their cost should be the same.
"""

import os
from dataclasses import replace
from time import perf_counter, process_time

from flask.testing import FlaskClient
from sqlalchemy import event

from portal.app import create_app
from portal.settings import Settings

ROUNDS = 3
PLAIN = (
    "services", "services?page={last}", "services?full=true", "services?full=true&per_page=100", "services?search=food",
    "services?search=food&taxonomy_term_id={term}", "services?taxonomy_term_id={term}",
    "services?organization_id={org}",
    "services?modified_after=2999-01-01", "services/{service}", "services?minimal=true", "organizations",
    "organizations?full=true", "organizations?taxonomy_term_id={term}", "organizations/{org}", "service_at_locations",
    "service_at_locations?page={last}", "service_at_locations?full=true", "service_at_locations?postcode={postcode}",
    "service_at_locations?postcode={postcode}&proximity=5000", "service_at_locations?search=food", "taxonomy_terms",
)  # fmt: skip


def main() -> None:
    app = create_app(replace(Settings.from_env(os.environ), directory_api_per_minute=0))
    client, queries = app.test_client(), [0]

    def count(*_ignored: object) -> None:
        queries[0] += 1

    event.listen(app.extensions["portal"].engine, "before_cursor_execute", count)
    values = _values(client)
    print(f"{values['total']} services\n{'':68}{'wall ms':>9}{'cpu ms':>9}{'queries':>9}{'KB':>7}")
    for asked in PLAIN:
        path = asked.format(**values)
        best, size = (9e9, 9e9), 0
        queries[0] = 0
        for _ in range(ROUNDS):
            wall, cpu = perf_counter(), process_time()
            answer = client.get(f"/hsds/{path}")
            size = len(answer.get_data())
            answer.close()
            best = min(best, ((perf_counter() - wall) * 1000, (process_time() - cpu) * 1000))
        print(f"{asked:68}{best[0]:9.1f}{best[1]:9.1f}{queries[0] // ROUNDS:9}{size // 1024:7}")


def _values(client: FlaskClient) -> dict[str, object]:
    """Things to ask for: any that are there."""

    def first(path: str) -> dict:
        answer = client.get(f"/hsds/{path}")
        return next(iter(answer.json["contents"]), {}) if answer.json else {}

    page = client.get("/hsds/services?per_page=1").json or {}
    place = first("service_at_locations?full=true&per_page=1").get("location", {})
    return {
        "total": page["total_items"],
        "last": max(1, page["total_items"] // 50),
        "term": first("taxonomy_terms?top_only=true").get("id", ""),
        "org": first("organizations").get("id", ""),
        "service": first("services").get("id", ""),
        "postcode": next((one["postal_code"] for one in place.get("addresses", ())), "none"),
    }


if __name__ == "__main__":
    main()
