"""The page that lists the keys, for those who cannot guess them and without a script."""


def test_staff_read_which_key_leads_where(browser, make):
    dana = browser.as_(make.worker("Dana"))
    page = dana.visit("/keys", budget=4)
    assert page.says("Places to follow up 3") or page.says("Places to follow up")
    keys = {link["data-key"]: link["href"] for link in page.soup.select("nav [data-key]")}
    assert keys["1"] == "/caseload"
    assert keys["2"] == "/to-answer"
    shown = [key.text for key in page.soup.select("main kbd")]
    assert shown == [*keys, "j", "k", "Enter", "?"]
    (button,) = page.soup.select("[data-keys]")
    assert button.has_attr("hidden"), "without a script there is nothing to switch off"
    assert page.soup.select_one('footer [data-key="?"]')["href"] == "/keys"


def test_a_client_reads_the_one_that_leaves_and_loads_no_keys(browser, make):
    page = browser.as_(make.client()).visit("/keys")
    assert page.says("Shift, three times")
    assert not page.soup.select("[data-key]")
    assert "staff." not in page.html


def test_it_is_no_page_for_who_is_signed_out(browser):
    assert browser.visit("/keys").url != "/keys"
