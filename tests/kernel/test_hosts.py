"""Links and answers are for our own address; another is told so and nothing else."""

import pytest


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", ""])
def test_an_unknown_host_is_refused(another_app, host):
    client = another_app(origin="https://portal.example.org").test_client()
    response = client.get("/sign-in", headers={"Host": host}, base_url="https://portal.example.org")
    assert response.status_code == 400
    assert "sign" not in response.text.lower()


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000"])
def test_on_this_machine_alone_every_name_of_it_will_do(another_app, host):
    client = another_app(origin="http://127.0.0.1:8000").test_client()
    assert client.get("/sign-in", headers={"Host": host}).status_code == 200
    assert client.get("/sign-in", headers={"Host": "evil.example:8000"}).status_code == 400
