"""Measure the portal against its budgets. Short, bounded, on this machine's loopback alone.

python -m bench           what each page costs: queries, bytes, processor time against the bare framework
python -m bench growth    what it costs when there is ten times as much, as a table and as a picture
python -m bench load      how long people wait at a steady rate, one request in ten a write
python -m bench memory    what a worker holds after many mixed requests
python -m bench start     how long the application takes to start
python -m bench county    write a made-up directory of --services into --folder
python -m bench intake    import such a directory: seconds and memory, again, and with changes
python -m bench search    what searches cost on a directory of --services (--folder, --database)
python -m bench recall    which everyday questions a directory of legal aid answers (--package)
python -m bench all       one after the other
"""

import argparse
from pathlib import Path

from bench import costs, county, growth, intake, load, recall, search, worker


def main() -> None:
    """Read the command line and measure."""
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__, formatter_class=shape)
    parser.add_argument("what", nargs="?", default="pages", choices=[*_MEASURES, "all"])
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds (default %(default)s)")
    parser.add_argument("--requests", type=int, help="requests a round (default 60), or in all for memory (2000)")
    parser.add_argument("--seconds", type=int, default=20, help="how long the load lasts (default %(default)s)")
    parser.add_argument("--rate", type=int, default=50, help="requests a second of the load (default %(default)s)")
    parser.add_argument("--services", type=int, default=100_000, help="of the directory (default %(default)s)")
    parser.add_argument("--folder", type=Path, default=Path("bench/out/county"), help="where (default %(default)s)")
    parser.add_argument("--database", default="", help="a PostgreSQL database for search (default SQLite)")
    parser.add_argument("--package", default="", help="the directory for recall (default: Illinois legal aid)")
    parser.add_argument("--workers", type=int, default=2, help="workers under load (default %(default)s)")
    options = parser.parse_args()
    for name in _MEASURES if options.what == "all" else (options.what,):
        _MEASURES[name](options)


_MEASURES = {
    "pages": lambda options: costs.run(rounds=options.rounds, requests=options.requests or 60),
    "growth": lambda options: growth.run(rounds=options.rounds),
    "load": lambda options: load.run(rate=options.rate, seconds=options.seconds, workers=options.workers),
    "memory": lambda options: worker.memory(requests=options.requests or 2_000),
    "start": lambda options: worker.start(rounds=options.rounds),
    "county": lambda options: print(county.write(options.folder, options.services)),
    "intake": lambda options: intake.run(options.folder, options.services),
    "search": lambda options: search.run(options.folder, services=options.services, database=options.database),
    "recall": lambda options: recall.run(folder=options.package),
}


if __name__ == "__main__":
    main()
