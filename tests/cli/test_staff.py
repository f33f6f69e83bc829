"""`portal staff`: the way in to a new installation."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from portal.accounts.models import Account
from portal.cases.models import Programme
from portal.cli.accounts import staff


@pytest.fixture
def run(app, settings, monkeypatch):
    """The command on the tests' own database."""
    monkeypatch.setattr("portal.cli.context.read_settings", lambda: settings)
    return lambda *words: CliRunner().invoke(staff, list(words))


def added(run, *more, email="ada@example.org"):
    return run("add", "--name", "Ada", "--email", email, *more)


def test_the_first_administrator_chooses_a_password_by_the_link(run, browser):
    done = added(run, "--post", "administrator")
    assert done.exit_code == 0, done.output
    link = done.output.strip()
    assert link.startswith("http://localhost/welcome/")
    page = browser.visit(link.removeprefix("http://localhost"))
    assert page.status == 200
    assert page.soup.select("input[type=password]")


def test_a_programme_of_a_new_name_is_made(run, make):
    assert added(run, "--post", "supervisor", "--programme", "Families").exit_code == 0
    assert added(run, "--post", "case_manager", "--programme", "Families", email="bo@example.org").exit_code == 0
    with make.system() as work:
        assert work.session.scalars(select(Programme.name)).all() == ["Families"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--post", "case_manager"), "Choose a programme for this post."),
        (("--post", "administrator", "--email", "nonsense"), "Write an email address"),
    ],
)
def test_what_is_wrong_is_one_line_and_a_status(run, make, words, says):
    done = added(run, *words)
    assert done.exit_code == 1
    assert says in done.output
    with make.system() as work:
        assert work.session.scalars(select(Account)).all() == []


def test_the_list_is_for_people_and_programs(run):
    added(run, "--post", "case_manager", "--programme", "Families")
    assert "ada@example.org\tAda\tcase_manager (Families)" in run("list").output
    (row,) = json.loads(run("list", "--json").output)
    assert row == {
        "name": "Ada",
        "email": "ada@example.org",
        "posts": [{"post": "case_manager", "programme": "Families"}],
        "disabled": False,
    }


def test_somebody_is_kept_out(run):
    added(run, "--post", "administrator")
    added(run, "--post", "administrator", email="bo@example.org")
    assert run("disable", "Bo@example.org").exit_code == 0
    assert "kept out" in run("list").output
    last = run("disable", "ada@example.org")
    assert (last.exit_code, "last administrator" in last.output) == (1, True)
    assert run("disable", "nobody@example.org").exit_code == 1


def test_a_new_link_ends_the_one_before(run, browser):
    first = added(run, "--post", "administrator").output.strip()
    second = run("link", "ada@example.org").output.strip()
    assert first != second
    assert not browser.visit(first.removeprefix("http://localhost")).soup.select("input[type=password]")
    assert browser.visit(second.removeprefix("http://localhost")).soup.select("input[type=password]")
    assert run("link", "nobody@example.org").exit_code == 1
