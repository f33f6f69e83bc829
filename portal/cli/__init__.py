"""The console command `portal`. Exit status 0 only when it worked; an error is one plain line on standard error."""

import sys

import click

from portal.crypto import KeyProblem
from portal.installation import WrongKind
from portal.settings import SettingsProblem

_PLAIN = (SettingsProblem, KeyProblem, WrongKind)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def portal() -> None:
    """Run the portal: a self-service site for people who get help from a case manager.

    Settings come from the environment: DATABASE_URL (default: a SQLite file in instance/) and PORTAL_... variables,
    of which each secret may also be given as a file (PORTAL_SECRET_KEY_FILE). docs/operator.md lists them all.

    \b
    First run:    portal migrate, then portal serve
    A look round: portal demo serve
    """  # noqa: D301  click reads the backspace as "leave these lines as they are"


def main() -> None:
    """Run the command; say what went wrong in one line."""
    from sqlalchemy.exc import SQLAlchemyError

    _add_commands()
    try:
        portal(standalone_mode=False)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.exceptions.NoArgsIsHelpError as unsaid:
        unsaid.show()
        sys.exit(unsaid.exit_code)
    except click.UsageError as wrong:
        where = wrong.ctx.command_path if wrong.ctx else "portal"
        click.echo(f"portal: {wrong.format_message()} '{where} --help' tells more.", err=True)
        sys.exit(wrong.exit_code)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except click.Abort:
        sys.exit(130)
    except _PLAIN as problem:
        sys.exit(f"portal: {problem}")
    except SQLAlchemyError as problem:
        reason = str(getattr(problem, "orig", None) or type(problem).__name__).strip().splitlines()[0]
        sys.exit(f"portal: the database did not do as asked ({reason})")


def _add_commands() -> None:
    from portal.cli.accounts import staff
    from portal.cli.audit import audit
    from portal.cli.demo import demo
    from portal.cli.directory import directory
    from portal.cli.export import export
    from portal.cli.run import migrate, serve, worker

    for command in (migrate, serve, worker, staff, directory, export, audit, demo):
        portal.add_command(command)
