"""Settings: a wrong value is a sentence at start, every fault at once, and a secret has no default."""

import stat

import pytest

from portal.crypto import KeyRing
from portal.settings import Settings, SettingsProblem, make_first_keys

GOOD = {
    "PORTAL_SECRET_KEY": "a secret with enough different letters in it",
    "PORTAL_ENCRYPTION_KEYS": KeyRing.generate(),
}


def read(tmp_path, **more):
    return Settings.from_env({**GOOD, "PORTAL_INSTANCE": str(tmp_path), **more})


def test_the_defaults_suit_one_machine(tmp_path):
    settings = read(tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path / 'portal.sqlite'}"
    assert settings.languages == ("en", "es", "ar")
    assert not settings.https
    assert not settings.demo


def test_no_secret_shows_when_the_settings_are_printed(tmp_path):
    assert GOOD["PORTAL_SECRET_KEY"] not in repr(read(tmp_path))
    assert GOOD["PORTAL_ENCRYPTION_KEYS"].split()[1] not in repr(read(tmp_path))


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PORTAL_SECRET_KEY", "", "PORTAL_SECRET_KEY is missing"),
        ("PORTAL_SECRET_KEY", "short", "too easy to guess"),
        ("PORTAL_SECRET_KEY", "x" * 60, "too easy to guess"),
        ("PORTAL_ENCRYPTION_KEYS", "", "PORTAL_ENCRYPTION_KEYS is missing"),
        ("PORTAL_ENCRYPTION_KEYS", "k1 non-sense!", "not valid base64"),
        ("PORTAL_ORIGIN", "http://portal.example.org", "must be https"),
        ("PORTAL_ORIGIN", "portal.example.org", "must look like"),
        ("PORTAL_ORIGIN", "https://portal.example.org/path", "must look like"),
        ("PORTAL_ZONE", "Mars/Olympus", "no time zone"),
        ("PORTAL_LANGUAGES", "en;rm -rf", "must be codes"),
        ("PORTAL_LANGUAGES", "en,xx", "no translation into xx"),
        ("PORTAL_COUNTRY", "Atlantis", "two letters"),
        ("PORTAL_CURRENCY", "dollars", "three letters"),
        ("DATABASE_URL", "mysql://somewhere/portal", "must start with postgresql"),
        ("PORTAL_IDLE_CLIENT_MINUTES", "0", "at least 1"),
        ("PORTAL_IDLE_CLIENT_MINUTES", "soon", "whole number"),
        ("PORTAL_MAIL_URL", "smtp://mail.example.org", "PORTAL_MAIL_FROM is missing"),
        ("PORTAL_SECRET_KEY_FILE", "/nowhere/at/all", "cannot be read"),
    ],
)
def test_a_wrong_value_is_refused_with_its_name(tmp_path, name, value, says):
    with pytest.raises(SettingsProblem, match=says):
        read(tmp_path, **{name: value})


def test_debug_is_refused_where_others_can_reach_it(tmp_path):
    with pytest.raises(SettingsProblem, match="PORTAL_DEVELOPMENT"):
        read(tmp_path, PORTAL_ORIGIN="https://portal.example.org", PORTAL_DEVELOPMENT="1")


def test_every_fault_is_named_at_once(tmp_path):
    with pytest.raises(SettingsProblem) as problem:
        read(tmp_path, PORTAL_SECRET_KEY="", PORTAL_ENCRYPTION_KEYS="", PORTAL_ZONE="Nowhere")
    assert str(problem.value).count(";") == 2


def test_a_secret_may_come_from_a_file(tmp_path):
    path = tmp_path / "secret"
    path.write_text(GOOD["PORTAL_SECRET_KEY"] + "\n")
    assert (
        read(tmp_path, PORTAL_SECRET_KEY="", PORTAL_SECRET_KEY_FILE=str(path)).secret_key == (GOOD["PORTAL_SECRET_KEY"])
    )


def test_first_keys_are_for_their_owner_alone_and_never_made_twice(tmp_path):
    folder = tmp_path / "instance"
    made = make_first_keys(folder, {})
    assert {path.name for path in made} == {"secret.key", "encryption.keys"}
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in made)
    before = [path.read_text() for path in made]
    assert make_first_keys(folder, {}) == []
    assert [path.read_text() for path in made] == before
    settings = Settings.from_env({"PORTAL_INSTANCE": str(folder)})
    assert settings.key_ring().open(settings.key_ring().seal(b"x")) == b"x"


def test_a_key_that_the_settings_name_is_not_made(tmp_path):
    named = {"PORTAL_SECRET_KEY": GOOD["PORTAL_SECRET_KEY"], "PORTAL_ENCRYPTION_KEYS_FILE": "/run/secrets/keys"}
    assert make_first_keys(tmp_path / "instance", named) == []


@pytest.mark.parametrize("name", ["secret.key", "encryption.keys"])
def test_a_key_file_that_others_can_read_is_refused(tmp_path, name):
    make_first_keys(tmp_path / "instance", {})
    (tmp_path / "instance" / name).chmod(0o644)
    with pytest.raises(SettingsProblem, match="set its mode to 0600"):
        Settings.from_env({"PORTAL_INSTANCE": str(tmp_path / "instance")})


def test_a_database_file_that_others_can_read_is_refused(tmp_path):
    (tmp_path / "portal.sqlite").touch(mode=0o644)
    with pytest.raises(SettingsProblem, match="database file can be read by others"):
        read(tmp_path)
