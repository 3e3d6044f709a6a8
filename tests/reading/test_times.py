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
        ("half eight", "at half eight"),
        ("back in 20", "in 20"),
        ("I'll be back in half an hour", "in half an hour"),
        ("when the kettle boils, we talk", "when the kettle boils"),
        ("let's do it at thursday's one-to-one", "at Thursday's one to one"),
        ("when I'm back from my run", "when you're back from your run"),
        ("tonight at 8", "tonight at 8"),
        ("once you've eaten, I'll tell you", "once I've eaten"),
        ("as soon as you're off the phone", "as soon as I'm off the phone"),
        ("Monday, eight sharp", "on Monday at eight sharp"),
        ("give me till half eight", "at half eight"),
        ("when I get back hand me whatever's left", "when you get back"),
        ("half an hour on Saturday", "on Saturday"),
        ("twenty minutes after dinner", "after dinner"),
        ("pick your two on Sunday", "on Sunday"),
        ("at the end of the week", "at the end of the week"),
    ],
)
def test_a_named_time_is_found_and_turned_round_for_the_partner(text: str, adverbial: str) -> None:
    assert [time.adverbial for time in find_times(text)] == [adverbial]


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
        "I'll come back to the kitchen",
        "that came from me",
        "I said it before",
        "not tonight",
        "before I say something I regret",
        "when you shout I shut down",
        "I need a minute",
        "on Sunday you were asleep",
        "ten minutes a day",
        "one of the three",
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
    assert find_times("give me an hour and a half")[0].minutes == 90
    assert find_times("in a few minutes")[0].minutes is None


def test_two_times_apart_are_two() -> None:
    assert [t.adverbial for t in find_times("Lid down at nine. We talk on Sunday.")] == [
        "at nine",
        "on Sunday",
    ]
