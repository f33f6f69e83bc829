"""`portal staff`: the first administrator of a new installation, and keeping somebody out when nobody can sign in."""

import json
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from portal.accounts.models import Account
    from portal.settings import Settings
    from portal.work import Work

_POSTS = ("administrator", "supervisor", "case_manager")


@click.group()
def staff() -> None:
    """Staff accounts. There is no first password: each gets a link that works once, for a day."""


@staff.command()
@click.option("--name", required=True, help="What they are called.")
@click.option("--email", required=True, help="The address they sign in with.")
@click.option("--post", type=click.Choice(_POSTS), required=True, help="What they do.")
@click.option("--programme", default=None, help="In which programme; one of a new name is made.")
def add(name: str, email: str, post: str, programme: str | None) -> None:
    """Add a member of staff and print the link by which they choose a password."""
    from portal.admin import commands
    from portal.cli.context import read_settings, system_work
    from portal.roles import Post
    from portal.work import Refused

    settings = read_settings()
    try:
        with system_work("adding a member of staff", settings=settings) as work:
            where = _programme(work, programme) if programme else None
            _account, secret = commands.add_staff(work, name=name, email=email, posts=[(Post(post), where)])
    except Refused as no:
        raise click.ClickException(str(no.says)) from None
    click.echo(_link(settings, secret))


@staff.command()
@click.argument("email")
def link(email: str) -> None:
    """Print a new link for a member of staff; the one before ends."""
    from portal.admin import commands
    from portal.cli.context import read_settings, system_work

    settings = read_settings()
    with system_work("a new link for a member of staff", settings=settings) as work:
        secret = commands.send_link(work, _account(work, email))
    click.echo(_link(settings, secret))


@staff.command()
@click.argument("email")
def disable(email: str) -> None:
    """Keep somebody out, at once, wherever they are signed in."""
    from portal.admin import commands
    from portal.cli.context import system_work
    from portal.work import Refused

    try:
        with system_work("keeping a member of staff out") as work:
            commands.disable_staff(work, _account(work, email))
    except Refused as no:
        raise click.ClickException(str(no.says)) from None
    click.echo(f"{email} cannot sign in any more.")


@staff.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the list for a program to read.")
def list_staff(*, as_json: bool) -> None:
    """List everybody with a staff account, their posts, and who is kept out."""
    from portal.admin import queries
    from portal.cli.context import system_work

    with system_work("listing staff", read_only=True) as work:
        rows = [_row(member) for member in queries.staff(work)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        posts = ", ".join(f"{held['post']} ({held['programme']})" if held["programme"] else held["post"]
                          for held in row["posts"])  # fmt: skip
        kept_out = "\tkept out" if row["disabled"] else ""
        click.echo(f"{row['email']}\t{row['name']}\t{posts or '-'}{kept_out}")


def _row(member: Any) -> dict[str, Any]:
    return {
        "name": member.name,
        "email": member.account.sign_in_name,
        "posts": [{"post": held.post.value, "programme": held.programme} for held in member.posts],
        "disabled": member.is_disabled,
    }


def _link(settings: "Settings", secret: str) -> str:
    return f"{settings.origin}/welcome/{secret}"


def _account(work: "Work", email: str) -> "Account":
    from sqlalchemy import select

    from portal.accounts.models import Account
    from portal.roles import AccountKind

    typed = email.strip().lower()
    wanted = select(Account).where(Account.kind == AccountKind.STAFF).order_by(Account.id)
    found = next((account for account in work.session.scalars(wanted) if account.sign_in_name == typed), None)
    if found is None:
        raise click.ClickException(f"Nobody signs in as staff with {email}.")
    return found


def _programme(work: "Work", name: str) -> Any:
    from sqlalchemy import select

    from portal.admin import commands
    from portal.cases.models import Programme

    wanted = select(Programme.id).where(Programme.name == name.strip(), Programme.closed_at.is_(None))
    known = work.session.scalars(wanted.order_by(Programme.id)).first()
    return known or commands.add_programme(work, name).id
