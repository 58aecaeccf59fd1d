"""Words of a text, found in the version that a reader saw, and followed into the versions after it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.anchors import (
    CONTEXT,
    LONGEST_QUOTE,
    Movement,
    NotInText,
    Place,
    State,
    carry,
    describe,
    find,
    widen,
    widen_until_unique,
)

KEEPER = "The lock keeper counts boats. He has counted since 1998, and nobody reads his numbers."
RIVER = "The river is slow here. In summer it carries children, in winter it carries ice."
COUNCIL = "The council met on Monday and decided to close the school in Weidach for good."
LOOK_ALIKE = "The council met on Tuesday and decided to close the bridge in Weidach for a year."
END = "Nobody asked him to stop, he says, and so he goes on counting."
TEXT = " ".join([KEEPER, RIVER, COUNCIL, END])


def after(old: str, new: str, quote: str, suggestion: str = "", number: int = 0) -> tuple[State, str | None]:
    """What is known of the `number`th place of `quote` in `new`: its state, and what stands there."""
    start = -1
    for _each in range(number + 1):
        start = old.index(quote, start + 1)
    place = carry(
        describe(old, start, start + len(quote)),
        Place(State.CURRENT, start, start + len(quote)),
        Movement(old, new),
        suggestion,
    )
    assert (place.start is None) == (place.end is None)
    return place.state, None if place.start is None else new[place.start : place.end]


def where(old: str, new: str, quote: str, number: int = 0) -> int | None:
    """Where it is said to stand for certain."""
    start = -1
    for _each in range(number + 1):
        start = old.index(quote, start + 1)
    found = Movement(old, new).of(start, start + len(quote))
    return found[0] if found else None


# --- In the version that the reader saw ---


def test_an_anchor_holds_the_words_and_what_is_around_them():
    anchor = describe(TEXT, start := TEXT.index("boats"), start + 5)
    assert (anchor.quote, anchor.prefix, anchor.suffix[:4]) == ("boats", "The lock keeper counts ", ". He")
    assert len(anchor.suffix) == CONTEXT
    for wrong in ((3, 3), (5, 4), (-1, 4), (0, len(TEXT) + 1), (0, LONGEST_QUOTE + 1)):
        with pytest.raises(ValueError, match="No quote stands"):
            describe(TEXT, *wrong)


def test_words_are_found_exactly_or_not_at_all():
    assert find(TEXT, "since 1998").start == TEXT.index("since 1998")
    for quote in ("", "since 1989", "Since 1998", "boats  He"):
        with pytest.raises(NotInText) as refusal:
            find(TEXT, quote)
        assert refusal.value.places == ()


def test_equal_words_are_told_apart_by_what_is_around_them_and_then_by_where_they_begin():
    second = TEXT.rindex("carries")
    assert find(TEXT, "carries", "In summer it ", " children").start < second
    assert find(TEXT, "carries", "it ", " ice").start == second
    assert find(TEXT, "carries", "in winter it ", "").start == second  # cut off, as a selection at an edge is
    assert find(TEXT, "carries", near=second).start == second
    assert find(TEXT, "carries", near=second + 3).start == second
    for context in (("", ""), ("it ", " "), ("forged", "forged")):
        with pytest.raises(NotInText) as refusal:
            find(TEXT, "carries", *context)
        assert [start for start, _end in refusal.value.places] == [TEXT.index("carries"), second]
    with pytest.raises(NotInText):
        find(TEXT, "carries", near=(TEXT.index("carries") + second) // 2)  # it may be either


def test_overlapping_words_are_all_places():
    with pytest.raises(NotInText) as refusal:
        find("a ha ha ha", "ha ha")
    assert refusal.value.places == ((2, 7), (5, 10))


@pytest.mark.parametrize(
    ("text", "chosen", "whole"),
    [
        ("one anotation here", "otat", "anotation"),
        ("one anotation here", " anotation ", "anotation"),
        ("на під’їзді стоїть", "їзді", "під’їзді"),
        ("на під'їзді стоїть", "під", "під'їзді"),
        ("у будь-якому місті", "якому", "будь-якому"),
        ("‘quoted’ words - here", "quo", "quoted"),
        ("words - here", "words", "words"),
        ("the 1990’s", "1990", "1990’s"),
        ("cafe\u0301 noir", "caf", "cafe\u0301"),
        ("cafe\u0301 noir", "cafe", "cafe\u0301"),
        ("a 👩‍👩‍👧 b", "👩", "👩‍👩‍👧"),
        ("a 👍🏽 b", "👍", "👍🏽"),
        ("東京都に住む", "京都", "京都"),  # without spaces a reader's own edges are all there is
        ("זה הספר שלי", "ספר", "הספר"),
        ("one , two", " , ", ","),
        ("one two", " ", ""),
    ],
)
def test_a_selection_is_widened_to_whole_words(text: str, chosen: str, whole: str):
    start, end = widen(text, text.index(chosen), text.index(chosen) + len(chosen))
    assert text[start:end] == whole


def test_a_selection_is_widened_until_its_words_are_the_only_ones():
    second = TEXT.rindex("carries")
    start, end = widen_until_unique(TEXT, second, second + 3)
    assert TEXT[start:end] == "it carries ice"
    start, end = widen_until_unique(TEXT, TEXT.index("boats"), TEXT.index("boats") + 2)
    assert TEXT[start:end] == "boats"
    again = "word " * 400
    assert widen_until_unique(again, 1000, 1004) == (1000, 1004)  # nothing that we may keep tells it apart


# --- For certain ---


@pytest.mark.parametrize("quote", ["boats", "nobody reads", RIVER, END, "The"])
def test_words_amid_what_was_kept_are_followed(quote: str):
    new = TEXT.replace("counted since 1998", "been counting boats since 1989").replace("Monday", "a Tuesday")
    assert after(TEXT, new, quote) == (State.MAPPED, quote)


def test_a_typing_mistake_elsewhere_in_the_sentence_changes_nothing():
    assert after(TEXT, TEXT.replace("winter", "wintre"), "In summer it carries children") == (
        State.MAPPED,
        "In summer it carries children",
    )


def test_of_look_alike_paragraphs_the_right_one_is_followed_and_the_deleted_one_is_gone():
    old = " ".join([KEEPER, COUNCIL, LOOK_ALIKE, END])
    for kept, gone in ((COUNCIL, LOOK_ALIKE), (LOOK_ALIKE, COUNCIL)):
        new = " ".join([KEEPER, kept, END])
        assert where(old, new, "school" if kept == COUNCIL else "bridge") is not None
        for quote in ("council", "decided to close", gone):
            number = int(gone == LOOK_ALIKE and quote != gone)
            assert where(old, new, quote, number) is None


def test_words_that_a_new_sentence_repeats_at_its_edge_are_not_certain():
    new = TEXT.replace("The river", "The bank is steep. The river")
    assert where(TEXT, new, "The", TEXT[: TEXT.index("The river")].count("The")) is None  # which of the two was it?
    assert where(TEXT, new, "river") is not None
    assert where(new, TEXT, "The", 1) is None  # and if one of them goes


def test_a_sentence_that_stands_twice_now_is_not_certain():
    new = TEXT.replace(RIVER, f"{RIVER} {RIVER}")
    state, _words = after(TEXT, new, "carries children")
    assert state == State.SEVERAL


def test_equal_words_in_two_sentences_that_changed_places_are_not_certain():
    old = f"{KEEPER} The dam holds. Then the dam broke. {END}"
    new = f"{KEEPER} Then the dam broke. The dam holds. {END}"
    start = new.index("holds")
    assert where(old, new, "holds") in (None, start)
    assert where(old, new, "broke") in (None, new.index("broke"))


@pytest.mark.parametrize(
    ("old", "new", "quote"),
    [
        (TEXT, TEXT.replace("boats", "boatmen"), "boats"),
        (f"Here a cat sat. {TEXT}", f"Here a cats sat. {TEXT}", "cat"),
        (f"{TEXT} A cafe here.", f"{TEXT} A cafe\u0301 here.", "cafe"),
    ],
)
def test_a_word_that_grew_is_another_word(old: str, new: str, quote: str):
    assert where(old, new, quote) is None


@pytest.mark.parametrize(
    ("old", "new", "quote"),
    [
        ("昨日、市議会は橋を閉鎖することを決定した。住民は反対している。", "昨日、市議会は橋を閉鎖することを決定した。住民の多くは反対している。", "閉鎖"),
        ("אתמול החליטה המועצה לסגור את הגשר בעיר. התושבים מתנגדים.", "אתמול החליטה המועצה לסגור את הגשר בעיר. תושבים רבים מתנגדים.", "הגשר"),
        ("Yesterday 👩‍👩‍👧 and 👍🏽 came to see the old bridge again. All left.", "Yesterday 👩‍👩‍👧 and 👍🏽 came to see the old bridge again. They left.", "👍🏽"),
        ("Учора на під’їзді з’явився напис про міст. Ніхто не знає чому.", "Учора на під’їзді з’явився напис про міст. Усі знають чому.", "під’їзді"),
    ],
)  # fmt: skip
def test_any_script_is_followed(old: str, new: str, quote: str):
    assert after(old, new, quote) == (State.MAPPED, quote)


# --- For an editor to confirm ---


def test_a_paragraph_that_moved_is_found_where_it_is_now():
    new = " ".join([END, KEEPER, RIVER, COUNCIL])
    assert after(TEXT, new, "goes on counting") == (State.MOVED, "goes on counting")
    place = carry(
        describe(TEXT, start := TEXT.index("Nobody asked"), start + 12),
        Place(State.CURRENT, start, start + 12),
        Movement(TEXT, new),
    )
    assert (place.start, place.end) == (0, 12)


@pytest.mark.parametrize(
    ("old", "new", "quote", "now"),
    [
        ("carries children", "carries many children", "carries children", "carries many children"),
        ("anotation", "annotation", "anotation", "annotation"),
        ("met on Monday and", "met on Monday, and", "on Monday and decided", "on Monday, and decided"),
        ("“quiet”", "«quiet»", "“quiet”", "«quiet»"),
        ("counts boats", "counts bots", "boats", "bots"),
    ],
)
def test_words_that_were_edited_in_place_show_what_stands_there_now(old: str, new: str, quote: str, now: str):
    text = f"{TEXT} An anotation is “quiet”, some say."
    assert after(text, text.replace(old, new), quote) == (State.CHANGED, now)


def test_what_moved_and_was_edited_is_offered_where_nothing_else_is_like_it():
    old = " ".join([KEEPER, COUNCIL, LOOK_ALIKE, RIVER, END, KEEPER[4:]])
    moved = f"{RIVER} {END.replace('to stop', 'never to stop')} {KEEPER[4:]}"
    quote, now = "asked him to stop, he says", "asked him never to stop, he says"
    assert after(old, " ".join([moved, KEEPER, COUNCIL, LOOK_ALIKE]), quote) == (State.SUGGESTED, now)
    like = moved.replace("never", "again")
    assert after(old, " ".join([moved, KEEPER, COUNCIL, LOOK_ALIKE, like]), quote)[0] != State.SUGGESTED


def test_what_was_rewritten_or_deleted_is_gone():
    assert after(TEXT, TEXT.replace(f"{RIVER} ", ""), "carries children") == (State.GONE, None)
    rewritten = TEXT.replace(RIVER, "Water moves. Children swim in it when the days are long enough.")
    assert after(TEXT, rewritten, "is slow here") == (State.GONE, None)


def test_what_was_suggested_and_stands_there_is_put_right_already():
    assert after(TEXT, TEXT.replace("1998", "1989"), "1998", "1989") == (State.FIXED, "1989")
    assert after(TEXT, TEXT.replace("1998", "1988"), "1998", "1989")[0] != State.FIXED
    longer = TEXT.replace("counts boats", "counts boats and barges")
    assert after(TEXT, longer, "boats", "boats and barges")[0] == State.FIXED  # else it would be put in twice
    assert after(TEXT, TEXT, "boats", "boats and barges") == (State.MAPPED, "boats")
    elsewhere = f"{TEXT} In 1989 it froze."
    assert after(TEXT, elsewhere, "1998", "1989") == (State.MAPPED, "1998")


def test_what_is_not_certain_never_becomes_so_again():
    new = " ".join([END, KEEPER, RIVER, COUNCIL])
    start = TEXT.index("goes on")
    anchor = describe(TEXT, start, start + 7)
    moved = carry(anchor, Place(State.CURRENT, start, start + 7), Movement(TEXT, new))
    later = f"{new} More."
    again = carry(anchor, moved, Movement(new, later))
    assert (again.state, later[again.start : again.end]) == (State.MOVED, "goes on")
    gone = carry(anchor, Place(State.GONE), Movement(KEEPER, TEXT))
    assert gone.state == State.MOVED  # the words are back


def test_a_report_on_the_whole_article_stays_one():
    anchor = describe(TEXT, 0, 3)
    assert carry(anchor, Place(State.WHOLE), Movement(TEXT, KEEPER)) == Place(State.WHOLE)


# --- Of any two texts ---

WORDS = st.lists(
    st.sampled_from(["the", "dam", "broke", "Then", ".", ",", "👍🏽", "橋を", "cafe\u0301", "під’їзд", "הגשר"]),
    max_size=40,
).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(WORDS, WORDS, st.data())
def test_what_is_said_to_be_kept_is_there(old: str, new: str, data: st.DataObject):
    movement = Movement(old, new)
    before = (0, 0)
    for run in movement.kept:
        assert run.length > 0
        assert old[run.start : run.end] == new[run.to : run.to_end]
        assert run.start >= before[0]
        assert run.to >= before[1]
        before = run.end, run.to_end
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    if certain := movement.of(start, end):
        assert new[slice(*certain)] == old[start:end]
    place = carry(describe(old, start, end), Place(State.CURRENT, start, end), movement, "dam")
    if place.start is not None and place.end is not None:
        assert 0 <= place.start < place.end <= len(new)
        if place.state in (State.MAPPED, State.MOVED, State.SEVERAL):
            assert new[place.start : place.end] == old[start:end]


def test_long_texts_of_few_words_take_no_time():
    """A matching of all equal words with one another would take minutes."""
    old, new = "the dam and " * 4000, "and the dam " * 4000
    begun = time.perf_counter()
    Movement(old, new)
    assert time.perf_counter() - begun < 5
