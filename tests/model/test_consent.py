import pytest

from model.conftest import Books
from steady.model.consent import agree, agreed, forget, host_of, is_local, question
from steady.settings import Model


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:11434/v1",
        "http://LOCALHOST./v1",
        "http://127.0.0.1/v1",
        "http://127.8.9.10:1/v1",
        "http://[::1]:8080/v1",
        "http://models.localhost/v1",
    ],
)
def test_this_machine_needs_no_agreement(url: str) -> None:
    assert is_local(url)
    assert agreed(Model(base_url=url), Books())


@pytest.mark.parametrize(
    "url",
    [
        "http://192.168.1.20:11434/v1",
        "http://10.0.0.1/v1",
        "http://0.0.0.0/v1",
        "http://my-desktop.local/v1",
        "https://api.openai.com/v1",
        "https://localhost.example.com/v1",
        "https://localhost@example.com/v1",
        "http://2130706433/v1",
        "http://[fe80::1]/v1",
        "http:///v1",
    ],
)
def test_every_other_machine_does(url: str) -> None:
    assert not is_local(url)
    assert not agreed(Model(base_url=url), Books())


def test_one_agreement_is_for_one_host_and_can_be_taken_back() -> None:
    books = Books()
    home, other = Model(base_url="https://A.example:8443/v1"), Model(base_url="https://b.example")
    agree(home, books)
    assert agreed(home, books)
    assert not agreed(other, books)
    assert not agreed(Model(base_url="https://a.example/v1"), books)  # another port
    assert forget("a.example:8443", books)
    assert not agreed(home, books)
    assert not forget("a.example:8443", books)


def test_hosts_named_in_the_settings_count_as_agreed() -> None:
    hosts = ("a.example", "b.example:8443")
    for url, counts in [
        ("https://a.example/v1", True),
        ("https://a.example:99/v1", True),
        ("https://b.example:8443/v1", True),
        ("https://b.example/v1", False),
        ("https://c.a.example/v1", False),
    ]:
        assert agreed(Model(base_url=url, agreed_hosts=hosts), Books()) is counts


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://API.openai.com/v1", "api.openai.com"),
        ("http://[::1]:80/v1", "[::1]:80"),
        ("https://key@a.example:1/v1", "a.example:1"),
        ("http://a.example:99999/v1", "a.example"),
    ],
)
def test_a_host_is_named_without_what_belongs_to_nobody_else(url: str, host: str) -> None:
    assert host_of(url) == host


def test_the_question_says_what_is_sent_and_warns_of_an_open_line() -> None:
    told = " ".join(question(Model(base_url="http://192.168.1.20:11434/v1")))
    assert "192.168.1.20:11434" in told
    assert "another machine" in told
    assert "anyone on the way could read along" in told
    assert "read along" not in " ".join(question(Model(base_url="https://a.example/v1")))
