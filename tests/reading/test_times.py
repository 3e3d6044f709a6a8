"""Times, places and conditions that a client names for going on."""

import pytest

from steady.reading.times import find_times


@pytest.mark.parametrize(
    ("text", "adverbial"),
    [
        ("I need 20 minutes", "in 20 minutes"),
        ("gimme ten minutes", "in ten minutes"),
        ("I'll come at eight", "at eight"),
        ("let's talk at half eight", "at half eight"),
        ("can we do tomorrow?", "tomorrow"),
        ("after the kids are in bed", "after the kids are in bed"),
        ("when I'm calmer", "when you're calmer"),
        ("when we're both calmer", "when we're both calmer"),
        ("I'll have it done by friday", "by Friday"),
        ("once I've had a shower", "once you've had a shower"),
    ],
)
def test_a_named_time_is_found_and_turned_round_for_the_partner(text: str, adverbial: str) -> None:
    assert adverbial.lower() in [time.adverbial.lower() for time in find_times(text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "later",
        "some other time",
        "you never listen",
        "I was up since six",
        "it was the same last night",
        "what do you want from me",
        "I did it by myself",
    ],
)
def test_what_names_no_time_ahead_is_none(text: str) -> None:
    assert find_times(text) == ()


@pytest.mark.parametrize(
    "text", ["I need 20 minutes 🙂 ok", "ok. At Eight, as I said", "in  half an hour"]
)
def test_the_words_stand_where_it_says(text: str) -> None:
    for time in find_times(text):
        assert text[time.start : time.end] == time.text


def test_the_wait_is_known_where_it_can_be() -> None:
    assert find_times("give me 20 minutes")[0].minutes == 20
    assert find_times("half an hour")[0].minutes == 30
    assert find_times("at eight")[0].minutes is None
