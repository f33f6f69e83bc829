"""The gallery of components: there in development, nowhere else."""

from tests.browser import Browser


def test_it_shows_every_component_while_developing(another_app):
    page = Browser(another_app(development=True)).visit("/_gallery", status=200)
    assert page.says("Every part of the portal, in every state.")


def test_it_is_not_there_otherwise(browser):
    browser.visit("/_gallery", status=404)
