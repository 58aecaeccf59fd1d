"""The queue: what editors see of the readers' reports, and each decision through its button."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import actions as article_actions
from articles.anchors import State
from articles.models import Article
from corrections import actions
from corrections.models import Correction, Message, ReadyAnswer, Report
from newsroom.models import User
from tests import cast
from tests.corrections.readers import SOON, report

pytestmark = pytest.mark.django_db
QUEUE = "/admin/corrections/report/"


@pytest.fixture
def edith(client: Client) -> Client:
    client.force_login(cast.editor())
    return client


def url(one: Report, name: str) -> str:
    return f"{QUEUE}{one.pk}/{name}/"


def page(client: Client, query: str = "") -> str:
    answer = client.get(f"{QUEUE}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def press(client: Client, one: Report, name: str, **fields: Any) -> Any:
    """Press a button of the report's card, as it stands on its page."""
    fields.setdefault("thanks", thanks(client.get(url(one, "change")).content.decode()))
    seen = Article.objects.get(pk=one.article_id).live_id
    return client.post(url(one, name), {"revision": seen, **fields}, follow=True)


def thanks(page: str) -> str:
    """The reports of the first card whose names an editor reads there."""
    found = re.search(r'name="thanks" value="([^"]*)"', page)
    return found[1] if found else ""


def again(one: Report) -> Report:
    return Report.objects.get(pk=one.pk)


def jobs() -> list[dict[str, Any]]:
    """What the mails that wait are about."""
    waiting = ProcrastinateJob.objects.filter(task_name__startswith="corrections.tasks.mail_")
    return list(waiting.values_list("args", flat=True))


def text(article: Article) -> str:
    return cast.live(article).text


# --- What stands there ---


def test_a_report_is_shown_as_its_sentence_with_the_difference(edith: Client):
    report(cast.published(), comment="I was there.", kind="fact", name="Ada", may_be_thanked=True)
    shown = page(edith)
    assert "He has counted since <del>1998</del><ins>1989</ins>." in shown
    assert "I was there." in shown
    assert "a wrong fact" in shown
    assert "Thanked by name in public if it is applied: Ada" in words(shown)
    assert "1 reader" in words(shown)


def test_an_abbreviation_ends_no_sentence(edith: Client):
    report(
        cast.published(body="<p>Nobody asked. He was with Dr. Ada Lock on St. James Street since 1998. So it is.</p>")
    )
    shown = page(edith)
    assert "He was with Dr. Ada Lock on St. James Street since <del>1998</del><ins>1989</ins>.\n" in shown
    assert "Nobody asked" not in shown


def test_equal_suggestions_are_one_card_however_much_their_readers_chose(edith: Client):
    article = cast.published()
    report(article)
    report(article, comment="So says the register.")
    report(article, "since 1998", "since 1989")
    other = report(article, "boats", "ships")
    shown = page(edith)
    assert "3 readers" in words(shown)
    assert shown.count("data-report ") == 2
    assert "So says the register." in shown
    assert f'id="report-{other.pk}"' in shown


def test_reports_are_grouped_by_article_the_newest_first_in_the_order_of_the_text(edith: Client):
    old, new = cast.published("The older one"), cast.published("The newer one")
    report(old, at=SOON)
    report(new, "1998", "1988", at=SOON + timedelta(hours=1))
    report(new, "counts", "count", at=SOON + timedelta(hours=2))
    shown = page(edith)
    assert shown.index("The newer one") < shown.index("<ins>count</ins>") < shown.index("<ins>1988</ins>")
    assert shown.index("<ins>1988</ins>") < shown.index("The older one")


def test_older_articles_are_on_the_next_page_and_none_is_lost(edith: Client):
    for number in range(11):
        report(cast.published(f"Article {number:02}"), at=SOON + timedelta(minutes=number))
    first = page(edith)
    assert "Article 10" in first
    assert "Article 04" not in first
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    second = page(edith, following[1].replace("&amp;", "&"))
    assert [f"Article {number:02}" in second for number in range(11)] == [True] * 5 + [False] * 6
    assert 'rel="next"' not in second


def test_the_page_asks_the_database_as_often_for_many_reports_as_for_few(edith: Client):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            page(edith)
        return len(found)

    report(cast.published())
    page(edith)
    few = queries()
    for number in range(5):
        article = cast.published(f"Article {number}")
        for _each in range(3):
            one = report(article)
            report(article, "boats", "ships", comment="Really")
            Message.objects.create(report=one, is_from_reader=True, text="Yes.", written_at=SOON)
    assert queries() == few
    assert few <= 13


def test_the_filters_choose_state_edition_and_kind(edith: Client):
    english, ukrainian = cast.published(), cast.published("Сторож шлюзу", edition="uk")
    report(english, kind="typo")
    report(ukrainian, kind="fact")
    held = report(english, "boats", "ships", status=Report.Status.HELD)
    assert "Сторож шлюзу" not in page(edith, "?edition=en")
    assert "The lock keeper" not in page(edith, "?edition=uk").split('class="nr-reports"')[1]
    assert "Сторож шлюзу" not in page(edith, "?kind=typo")
    assert f'id="report-{held.pk}"' not in page(edith)
    assert f'id="report-{held.pk}"' in page(edith, "?state=held")
    assert page(edith, "?state=x&kind=y&article=z&after=w")


@pytest.mark.parametrize("query", ["", "?state=held", "?state=decided"])
def test_each_list_asks_as_often_for_many_with_a_scheduled_version_as_for_one(edith: Client, query: str):
    def one_more(number: int) -> None:
        article = cast.published(f"Article {number}")
        article.title = "Tomorrow"
        article_actions.save_draft(article, by=None, at=SOON)
        tomorrow = timezone.now() + timedelta(days=1)
        change = article_actions.Change("update")
        article_actions.schedule(article, by=None, goes_live_at=tomorrow, at=SOON, change=change)
        report(article)
        report(article, "boats", "ships", status=Report.Status.HELD)
        actions.decline([report(article, "Barges", "Ships")], answer="No.", by=User.objects.get(), at=SOON)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert "Tomorrow" not in page(edith, query)
        return len(found)

    one_more(0)
    page(edith, query)
    few = queries()
    for number in range(1, 5):
        one_more(number)
    assert queries() == few


def test_the_counts_of_the_states_follow_the_filters(edith: Client):
    english, ukrainian = cast.published(), cast.published("Сторож шлюзу", edition="uk")
    report(english, kind="fact")
    report(ukrainian, kind="typo")
    report(ukrainian, "boats", "ships", kind="typo", status=Report.Status.HELD)

    def counts(query: str) -> list[str]:
        return re.findall(r'class="nr-count">(\d+)<', page(edith, query))

    assert counts("") == ["2", "1"]
    assert counts("?edition=en") == ["1", "0"]
    assert counts("?kind=typo") == ["1", "1"]


def test_no_number_is_too_long_to_be_answered(edith: Client):
    long = "9" * 5000
    one = report(cast.published())
    assert "He has counted" in page(edith, f"?article={long}&after=2026-01-01T00:00:00Z,{long}&edition=%00")
    assert page(edith, "?article=²")
    assert edith.get(f"{QUEUE}{long}/change/").status_code == 404
    assert edith.get(f"{QUEUE}²/change/").status_code == 404
    assert edith.post(url(one, "apply"), {"revision": long}).status_code == 404
    assert edith.post(url(one, "spam"), {"then": long}).status_code == 302
    assert edith.post(f"{QUEUE}reopen/", {"reports": f"{long},²"}).status_code == 302


def test_markup_in_a_report_is_text(edith: Client):
    report(
        cast.published(), suggestion="<b>1989</b>", comment="<script>alert(1)</script>", name="<i>", may_be_thanked=True
    )
    shown = page(edith)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script>alert" not in shown
    assert "&lt;" in shown.split("<ins>")[1].split("</ins>")[0]


def test_a_draft_of_the_title_stays_with_its_editors(edith: Client):
    article = cast.published()
    article.title = "A secret new title"
    article_actions.save_draft(article, by=None, at=SOON)
    report(article)
    assert "A secret new title" not in page(edith)
    assert (
        "A secret new title"
        not in edith.get("/admin/").content.decode().split("waiting-corrections")[1].split("</section>")[0]
    )


# --- Apply ---


def test_one_press_applies_a_suggestion_and_nothing_else_of_the_text_changes(edith: Client):
    article = cast.published()
    one = report(article, name="Ada", may_be_thanked=True)
    before = cast.live(article)
    answer = press(edith, one, "apply")
    after = cast.live(article)
    assert after.body == before.body.replace("1998", "1989")
    assert (after.kind_of_change, after.notice, after.modified_at) == ("typo", "", before.modified_at)
    assert after.made_by
    assert after.made_by.username == "edith"
    decided = again(one)
    assert (decided.status, decided.decided_by, decided.correction.revision) == ("applied", after.made_by, after)  # type: ignore[union-attr]
    assert Correction.objects.get().thanked == ["Ada"]
    assert "Applied, and public. 1 report is closed." in words(answer.content.decode())


def test_those_who_say_the_same_are_decided_together_and_thanked_if_they_agreed(edith: Client):
    article = cast.published()
    reports = [
        report(article, name="Ada", may_be_thanked=True),
        report(article, name="Bo"),
        report(article, "since 1998", "since 1989", name="Cy", may_be_thanked=True),
        report(article, name="Ada", may_be_thanked=True),
    ]
    other = report(article, "boats", "ships")
    press(edith, reports[1], "apply")
    assert {again(one).status for one in reports} == {"applied"}
    assert again(other).status == "open"
    assert Correction.objects.get().thanked == ["Ada", "Cy"]


def test_every_name_that_would_be_published_is_read_on_the_card_first(edith: Client):
    article = cast.published()
    many = [report(article, name=f"Reader {number}", may_be_thanked=True) for number in range(9)]
    report(article, name="Secret")
    shown = page(edith)
    assert "if it is applied: " + ", ".join(one.name for one in many) in words(shown)
    assert "Secret" not in shown
    report(article, name="Vulgar name", may_be_thanked=True)
    assert "10 reports are closed" not in press(edith, many[0], "apply", thanks=thanks(shown)).content.decode()
    assert Correction.objects.get().thanked == [one.name for one in many]
    assert not Report.objects.waiting().exists()


def test_who_reported_while_the_words_were_edited_is_closed_with_the_others_and_not_named(edith: Client):
    article = cast.published()
    one = report(article, name="Ada", may_be_thanked=True)
    step = edith.get(url(one, "wording")).content.decode()
    report(article, name="Vulgar name", may_be_thanked=True)
    sent = {"revision": article.live_id, "words": "1989", "kind_of_change": "typo", "notice_place": "foot"}
    edith.post(url(one, "wording"), sent | {"thanks": thanks(step)})
    assert Correction.objects.get().thanked == ["Ada"]
    assert not Report.objects.waiting().exists()


def test_what_is_sent_in_place_of_names_thanks_nobody(edith: Client):
    one = report(cast.published(), name="Ada", may_be_thanked=True)
    press(edith, one, "apply", thanks=f"x,{'9' * 5000},-1")
    assert (again(one).status, Correction.objects.get().thanked) == ("applied", [])


@pytest.mark.parametrize("kind", ["fact", "translation"])
def test_one_key_changes_no_fact_in_silence(edith: Client, kind: str):
    article = cast.published()
    report(article, kind="typo")
    report(article, kind=kind)
    one = Report.objects.earliest("pk")
    shown = page(edith)
    assert "Apply with a notice…" in re.findall(r'data-key="a n".*?</a>', shown)[0]
    assert 'data-key="a"' not in shown
    assert f'formaction="{url(one, "apply")}">Apply as a typing mistake<' in shown


def test_comments_that_are_not_shown_are_counted_and_stand_on_the_page_of_the_report(edith: Client):
    article = cast.published()
    first = report(article)
    for number in range(7):
        report(article, comment=f"Comment {number}")
    shown = page(edith)
    assert "Comment 3" in shown
    assert "Comment 4" not in shown
    assert f'<a href="{url(first, "change")}">3 more comments</a>' in shown
    own = edith.get(url(first, "change")).content.decode()
    assert "Comment 6" in own
    assert "more comment" not in own


def test_the_focus_goes_on_to_the_next_report_of_the_page(edith: Client):
    article = cast.published()
    last, first = report(article), report(article, "boats", "ships")
    card = page(edith).split(f'id="report-{first.pk}"')[1]
    assert f'name="then" value="{last.pk}"' in card.split("</article>")[0]
    answer = press(edith, first, "apply", then=last.pk, back="state=waiting")
    assert answer.redirect_chain == [(f"{QUEUE}?state=waiting#report-{last.pk}", 302)]


def test_a_correction_is_applied_with_the_notice_that_was_proposed(edith: Client):
    article = cast.published()
    one = report(article)
    form = edith.get(url(one, "wording") + "?with=notice").context["form"]
    notice = form["notice"].value()
    assert notice == "An earlier version of this article said “1998”; it is “1989”."
    seen = {"revision": form["revision"].value(), "words": form["words"].value()}
    edith.post(url(one, "wording"), {**seen, "kind_of_change": "correction", "notice": notice, "notice_place": "top"})
    after = cast.live(article)
    assert (after.kind_of_change, after.notice, after.notice_place) == ("correction", notice, "top")


def test_a_notice_is_proposed_in_the_language_of_the_article(edith: Client):
    article = cast.published("Сторож шлюзу", edition="uk")
    form = edith.get(url(report(article), "wording") + "?with=notice").context["form"]
    assert form["notice"].value() == "У попередній версії цієї статті було «1998»; правильно: «1989»."


def test_a_grave_change_without_its_notice_is_refused_and_keeps_what_was_typed(edith: Client):
    article = cast.published()
    one = report(article)
    sent = {
        "revision": article.live_id,
        "words": "in 1989",
        "kind_of_change": "correction",
        "notice": "",
        "notice_place": "foot",
    }
    answer = edith.post(url(one, "wording"), sent)
    assert answer.status_code == 422
    assert "Write the notice that tells readers what changed." in answer.content.decode()
    assert "in 1989" in answer.content.decode()
    assert text(article) == cast.live(article).text
    assert again(one).status == "open"


def test_edited_words_are_applied_and_a_typo_says_nothing(edith: Client):
    article = cast.published()
    one = report(article)
    sent = {
        "revision": article.live_id,
        "words": "1997",
        "kind_of_change": "typo",
        "notice": "x",
        "notice_place": "foot",
    }
    edith.post(url(one, "wording"), sent)
    after = cast.live(article)
    assert "since 1997." in after.text
    assert after.notice == ""


def test_a_notice_that_was_proposed_for_other_words_is_proposed_anew_and_shown_first(edith: Client):
    article = cast.published()
    one = report(article)
    form = edith.get(url(one, "wording") + "?with=notice").context["form"]
    sent = {
        "revision": article.live_id, "words": "1997", "kind_of_change": "correction",
        "notice": form["notice"].value(), "notice_place": "foot",
    }  # fmt: skip
    answer = edith.post(url(one, "wording"), sent)
    assert answer.status_code == 422
    assert answer.context["form"]["notice"].value() == "An earlier version of this article said “1998”; it is “1997”."
    assert "1998" in text(article)


def test_a_report_without_a_suggestion_is_edited_by_hand(edith: Client):
    article = cast.published()
    one = report(article, suggestion="", comment="Wrong year.")
    shown = page(edith)
    assert "<mark>1998</mark>" in shown
    assert url(one, "apply") not in shown
    form = edith.get(url(one, "wording")).context["form"]
    assert form["words"].value() == "1998"
    assert form["notice"].value() == ""  # nothing differs yet
    grave = {"revision": article.live_id, "words": "1989", "kind_of_change": "correction", "notice_place": "foot"}
    shown = edith.post(url(one, "wording"), grave).context["form"]["notice"].value()
    assert shown == "An earlier version of this article said “1998”; it is “1989”."
    same = {"revision": article.live_id, "words": "1998", "kind_of_change": "typo", "notice_place": "foot"}
    assert "These are the words that stand there already." in edith.post(url(one, "wording"), same).content.decode()
    edith.post(url(one, "wording"), same | {"words": "1989", "kind_of_change": "update"})
    assert (again(one).status, cast.live(article).notice) == ("applied", "")


def test_the_draft_that_waits_gets_the_same_fix(edith: Client):
    article = cast.published()
    one = report(article)
    press(edith, one, "apply")
    assert "1989" in Article.objects.get(pk=article.pk).body


# --- Where the words stand now ---


def test_what_is_not_certain_is_confirmed_before_it_is_applied(edith: Client):
    article = cast.published()
    one = report(article, place=State.MOVED)
    shown = page(edith)
    assert "the same words stand in another place now" in shown
    assert url(one, "apply") not in shown
    assert "It is not certain where these words stand" in press(edith, one, "apply").content.decode()
    assert again(one).status == "open"
    step = edith.get(url(one, "place"))
    assert "<mark>1998</mark>" in step.content.decode()
    edith.post(url(one, "place"), {"revision": article.live_id, "place": f"{one.place_start}-{one.place_end}"})
    assert again(one).place == State.MAPPED
    press(edith, one, "apply")
    assert again(one).status == "applied"


def test_a_place_that_was_not_offered_is_none(edith: Client):
    article = cast.published()
    one = report(article, place=State.MOVED)
    answer = edith.post(url(one, "place"), {"revision": article.live_id, "place": "0-9999"})
    assert answer.status_code == 422
    assert again(one).place == State.MOVED


def test_what_says_already_what_was_suggested_is_closed_by_one_button(edith: Client):
    article = cast.published()
    one = report(article, place=State.FIXED, email="ada@mail.example")
    shown = page(edith)
    assert "By now the text says what the reader suggests." in shown
    press(edith, one, "already-fixed")
    assert again(one).status == "already_fixed"
    assert jobs() == [{"report_id": one.pk}]


def test_words_across_a_link_open_the_article_with_a_sentence(edith: Client):
    article = cast.published()
    one = report(article, "in the register", "in a register of boats")
    sent = {"revision": article.live_id, "words": "elsewhere", "kind_of_change": "typo", "notice_place": "foot"}
    answer = edith.post(url(one, "wording"), sent, follow=True)
    assert answer.redirect_chain[-1][0] == f"/admin/articles/article/{article.pk}/change/"
    assert "a link, emphasis or the end of a paragraph" in answer.content.decode()
    assert again(one).status == "open"


def test_a_version_that_became_public_by_its_date_is_looked_at_first(edith: Client):
    article = cast.published()
    one = report(article)
    article.body = article.body.replace("Barges", "Ships").replace(
        "The lock keeper counts", "Every day the lock keeper counts"
    )
    article_actions.save_draft(article, by=None, at=SOON)
    change = article_actions.Change("update")
    later = SOON + timedelta(days=1)
    article_actions.schedule(article, by=None, goes_live_at=later, at=SOON, change=change)
    assert "<del>1998</del><ins>1989</ins>" in page(edith)
    article.refresh_from_db()
    assert again(one).place_revision_id == article.next_id
    press_at = edith.post(url(one, "apply"), {"revision": article.next_id}, follow=True)
    assert "Applied" in press_at.content.decode()
    assert "Every day the lock keeper" in text(article)
    assert "1989" in text(article)


# --- The other decisions ---


def test_declining_takes_a_reason_ready_or_in_the_editors_words(edith: Client):
    article = cast.published()
    one, other = report(article), report(article, "boats", "ships")
    refused = edith.post(url(one, "decline"), {"answer": " "})
    assert refused.status_code == 422
    assert "Say in a sentence why nothing is changed." in refused.content.decode()
    ready = ReadyAnswer.objects.filter(edition="en")[1]
    edith.post(url(one, "decline"), {"ready": ready.pk, "answer": ""})
    edith.post(url(other, "decline"), {"ready": ready.pk, "answer": "They are boats."})
    assert (again(one).status, again(one).answer) == ("declined", ready.text)
    assert again(other).answer == "They are boats."
    assert "1998" in text(article)


def test_ready_answers_are_those_of_the_articles_edition(edith: Client):
    shown = edith.get(url(report(cast.published("Сторож шлюзу", edition="uk")), "decline")).content.decode()
    assert "Це думка" in shown
    assert "That is an opinion" not in shown


def test_a_question_leaves_the_report_open_and_shows_in_the_queue(edith: Client):
    one = report(cast.published(), email="ada@mail.example")
    edith.post(url(one, "ask"), {"question": "Where does it say so?"})
    assert again(one).status == "open"
    asked = Message.objects.get()
    assert (asked.is_from_reader, asked.text) == (False, "Where does it say so?")
    assert jobs() == [{"message_id": asked.pk}]
    Message.objects.create(report=one, is_from_reader=True, text="On the plaque.", written_at=SOON)
    shown = words(page(edith))
    assert "edith asked: Where does it say so?" in shown
    assert "The reader answers: On the plaque." in shown


def test_spam_is_put_away_and_nobody_is_answered(edith: Client):
    one = report(cast.published(), email="ada@mail.example")
    press(edith, one, "spam")
    assert again(one).status == "spam"
    assert jobs() == []


def test_what_was_held_back_is_let_in(edith: Client):
    one = report(cast.published(), status=Report.Status.HELD, email="ada@mail.example")
    press(edith, one, "let-in")
    assert again(one).status == "open"
    assert "already" in words(press(edith, one, "let-in").content.decode()) or again(one).status == "open"
    assert len(jobs()) == 1


def test_a_report_on_the_whole_article_is_closed_after_its_text_was_changed(edith: Client):
    one = report(cast.published(), "", "", comment="The name is wrong throughout.")
    shown = page(edith)
    assert "On the article as a whole" in shown
    assert url(one, "wording") not in shown
    press(edith, one, "already-fixed")
    assert again(one).status == "already_fixed"


# --- Undo ---


def test_an_applied_report_is_undone_and_waits_again(edith: Client):
    article = cast.published()
    one = report(article)
    done = press(edith, one, "apply")
    undo = re.search(r'action="(/admin/corrections/report/undo/\d+/)"', done.content.decode())
    assert undo
    edith.post(undo[1])
    assert text(article) == article.live.text  # type: ignore[union-attr]  # as first published
    assert cast.live(article).number == 3
    assert Correction.objects.get(revision__number=2).withdrawn_at
    reopened = again(one)
    assert (reopened.status, reopened.decided_at, reopened.correction) == ("open", None, None)
    assert State(reopened.place).is_certain
    press(edith, one, "apply")
    assert "1989" in text(article)


def test_after_undoing_the_card_of_those_reports_is_named_whichever_of_them_leads_it(edith: Client):
    article = cast.published()
    one, other = report(article), report(article, at=SOON + timedelta(hours=1))
    press(edith, one, "apply")
    answer = edith.post(f"{QUEUE}undo/{Correction.objects.get().pk}/")
    named = answer["Location"].partition("#")[2]
    card = re.findall(r'<article class="nr-report".*?</article>', page(edith), re.DOTALL)
    assert len(card) == 1
    assert f'id="{named}"' in card[0]
    assert {f'id="report-{each.pk}"' in card[0] for each in (one, other)} == {True}


def test_once_a_scheduled_version_is_due_what_was_applied_before_is_still_undone(edith: Client):
    article = cast.published()
    press(edith, report(article), "apply")
    article.refresh_from_db()
    article.title = "The lock keeper of Oderberg"
    article_actions.save_draft(article, by=None, at=SOON)
    now = timezone.now()
    article_actions.schedule(article, by=None, goes_live_at=now, at=now - timedelta(minutes=1))
    edith.post(f"{QUEUE}undo/{Correction.objects.earliest('pk').pk}/")
    assert "since 1998" in text(article)
    assert cast.live(article).title == "The lock keeper of Oderberg"


def test_a_link_that_went_with_the_words_is_put_back_by_a_person(edith: Client):
    article = cast.published()
    one = report(article, "is in the register", "is in")
    press(edith, one, "apply")
    answer = edith.post(f"{QUEUE}undo/{Correction.objects.get().pk}/", follow=True)
    assert "somebody has to decide" in answer.content.decode()
    assert "More is in." in text(article)
    assert Correction.objects.get().withdrawn_at is None


def test_undoing_twice_is_undoing_once(edith: Client):
    article = cast.published()
    press(edith, report(article), "apply")
    undo = f"{QUEUE}undo/{Correction.objects.get().pk}/"
    edith.post(undo)
    assert "undone already" in edith.post(undo, follow=True).content.decode()
    assert cast.live(article).number == 3


def test_what_was_edited_since_is_not_undone_by_guessing(edith: Client):
    article = cast.published()
    press(edith, report(article), "apply")
    correction = Correction.objects.get()
    article.refresh_from_db()
    article.body = article.body.replace("1989", "the spring")
    article_actions.save_draft(article, by=None, at=SOON)
    article_actions.amend(article, change=article_actions.Change("update"), by=None, at=SOON)
    answer = edith.post(f"{QUEUE}undo/{correction.pk}/", follow=True)
    assert "have been changed since" in answer.content.decode()
    correction.refresh_from_db()
    assert correction.withdrawn_at is None
    assert "the spring" in text(article)


def test_only_what_a_report_changed_is_undone_and_nothing_that_is_not_public_yet(edith: Client):
    article = cast.published()
    article.body = article.body.replace("1998", "1989")
    article_actions.save_draft(article, by=None, at=SOON)
    article_actions.amend(article, change=article_actions.Change("update"), by=None, at=SOON)
    article.refresh_from_db()
    article.body = article.body.replace("1989", "1990")
    article_actions.save_draft(article, by=None, at=SOON)
    tomorrow = timezone.now() + timedelta(days=1)
    change = article_actions.Change("update")
    article_actions.schedule(article, by=None, goes_live_at=tomorrow, at=SOON, change=change)
    assert Correction.objects.count() == 2
    for correction in Correction.objects.all():
        assert edith.post(f"{QUEUE}undo/{correction.pk}/").status_code == 404
        with pytest.raises(actions.PlaceChanged):
            actions.undo(correction, by=User.objects.get(), at=SOON)
    assert not Correction.objects.exclude(withdrawn_at=None).exists()
    assert cast.live(article).number == 2


def test_words_that_came_and_words_that_went_are_undone_too(edith: Client):
    article = cast.published()
    before = text(article)
    press(edith, report(article, "counts boats", "counts all the boats"), "apply")
    edith.post(f"{QUEUE}undo/{Correction.objects.get().pk}/")
    assert text(article) == before
    press(edith, report(article, "lock keeper", "keeper"), "apply")
    edith.post(f"{QUEUE}undo/{Correction.objects.latest('pk').pk}/")
    assert text(article) == before


def test_a_declined_report_is_opened_again(edith: Client):
    one = report(cast.published())
    done = edith.post(url(one, "decline"), {"answer": "No."}, follow=True).content.decode()
    assert f'name="reports" value="{one.pk}"' in done
    edith.post(f"{QUEUE}reopen/", {"reports": str(one.pk)})
    assert (again(one).status, again(one).answer) == ("open", "")


# --- Two at once ---


def test_the_second_editor_is_told_who_decided_and_how(edith: Client):
    one = report(cast.published())
    clara = Client()
    clara.force_login(cast.chief())
    clara.post(url(one, "decline"), {"answer": "It is right."})
    answer = words(press(edith, one, "apply").content.decode())
    assert "clara has decided on this already" in answer
    assert "not changed" in answer
    assert again(one).status == "declined"


def test_who_looked_at_an_older_version_sees_the_new_one_first(edith: Client):
    article = cast.published()
    one = report(article)
    seen = article.live_id
    article.body = article.body.replace("Barges", "Ships")
    article_actions.save_draft(article, by=None, at=SOON)
    article_actions.amend(article, change=article_actions.Change("typo"), by=None, at=SOON)
    answer = edith.post(url(one, "apply"), {"revision": seen}, follow=True)
    assert "changed meanwhile" in answer.content.decode()
    assert again(one).status == "open"
    assert "Applied" in press(edith, one, "apply").content.decode()


# --- One report, the figures, the first page ---


def test_a_page_of_its_own_tells_all_about_a_report(edith: Client):
    article = cast.published()
    one = report(article, name="Ada", email="ada@mail.example")
    edith.post(url(one, "ask"), {"question": "Where?"})
    shown = words(edith.get(url(one, "change")).content.decode())
    assert "Reported on version 1" in shown
    assert "edith asked: Where?" in shown
    assert "ada@mail.example" in shown
    assert "in the version that the reader saw" in shown
    press(edith, one, "apply")
    shown = words(edith.get(url(one, "change")).content.decode())
    assert "edith: corrected" in shown
    assert "Undo: let the words from before stand again" in shown


def test_the_decided_are_listed_the_last_first(edith: Client):
    article = cast.published()
    for number in range(35):
        one = report(article, "1998", str(1900 + number))
        actions.decline([one], answer=f"Reason {number}", by=User.objects.get(), at=SOON + timedelta(minutes=number))
    first = page(edith, "?state=decided")
    assert first.index("Reason 34") < first.index("Reason 5")
    assert "Reason 4<" not in first
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    assert "Reason 4<" in page(edith, following[1].replace("&amp;", "&"))


def test_the_figures_count_reports_by_week_kind_section_and_outcome(edith: Client):
    article = cast.published()
    now = timezone.now()
    report(article, at=now, kind="typo")
    one = report(article, "boats", "ships", at=now - timedelta(days=3))
    actions.decline([one], answer="No.", by=User.objects.get(), at=now)
    shown = words(edith.get(f"{QUEUE}figures/").content.decode())
    assert "Reports by week" in shown
    assert "a typing mistake" in shown
    assert "Society" in shown
    assert "not changed" in shown
    assert "3 days" in shown


def test_the_figures_of_nothing_are_a_page_too(edith: Client):
    assert edith.get(f"{QUEUE}figures/").status_code == 200
    assert "Nothing waits." in page(edith)
    assert "Nothing has been decided yet." in page(edith, "?state=decided")


def test_the_first_page_and_the_form_of_the_article_say_how_many_wait(edith: Client):
    article = cast.published()
    report(article)
    report(article, "boats", "ships")
    report(article, "Barges", "Ships", status=Report.Status.HELD)
    first = words(edith.get("/admin/").content.decode())
    assert "Reports of readers" in first
    assert "2 reports" in first
    assert "1 held back" in first
    form = edith.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    assert "2 reports of readers" in words(form)
    assert f'href="{QUEUE}?article={article.pk}"' in form


# --- Who may ---


def test_a_translator_sees_and_decides_nothing(client: Client):
    article = cast.published()
    one = report(article)
    client.force_login(cast.translator_account())
    for path in (
        QUEUE,
        f"{QUEUE}figures/",
        url(one, "change"),
        url(one, "wording"),
        url(one, "decline"),
        url(one, "ask"),
        url(one, "place"),
    ):
        assert client.get(path).status_code == 403, path
    for name in ("apply", "already-fixed", "spam", "let-in", "wording", "decline", "ask", "place"):
        assert client.post(url(one, name), {"revision": article.live_id}).status_code == 403, name
    assert client.get("/admin/corrections/rules/").status_code == 403
    assert client.post(f"{QUEUE}reopen/", {"reports": str(one.pk)}).status_code == 403
    assert again(one).status == "open"
    assert "Reports of readers" not in client.get("/admin/").content.decode()


def test_who_may_decide_but_not_publish_triages_without_applying(client: Client):
    article = cast.published()
    one = report(article)
    tess = cast.translator_account("tess")
    tess.user_permissions.add(cast.permission("corrections", "decide_report"))
    client.force_login(tess)
    assert url(one, "apply") not in page(client)
    assert client.post(url(one, "apply"), {"revision": article.live_id}).status_code == 403
    assert client.get(url(one, "wording")).status_code == 403
    client.post(url(one, "decline"), {"answer": "It is right."})
    assert again(one).status == "declined"
    assert client.post(f"{QUEUE}undo/1/").status_code == 403


def test_a_get_decides_nothing(edith: Client):
    one = report(cast.published())
    for name in ("apply", "already-fixed", "spam", "let-in"):
        assert edith.get(url(one, name)).status_code == 405
    assert again(one).status == "open"


def test_nobody_adds_or_deletes_a_report_by_hand(edith: Client):
    one = report(cast.published())
    assert edith.get(f"{QUEUE}add/").status_code == 403
    assert edith.post(url(one, "delete"), {"post": "yes"}).status_code == 403


def test_a_reader_who_asks_is_forgotten_by_a_button_on_the_page_of_the_report(edith: Client):
    one = report(cast.published(), email="reader@mail.example", name="Rita")
    assert f"{url(one, 'forget')}?back=report" in edith.get(f"{QUEUE}{one.pk}/change/").content.decode()
    asked = edith.get(url(one, "forget"))
    assert "cannot be undone" in asked.content.decode()
    told = edith.post(url(one, "forget"), follow=True).content.decode()
    assert "Nothing in 1 report names the reader any more." in told
    assert (again(one).email, again(one).name, again(one).quote) == ("", "", "1998")


def test_only_who_decides_about_reports_may_forget_a_reader(client: Client):
    one = report(cast.published(), email="reader@mail.example")
    client.force_login(cast.translator_account())
    assert client.post(url(one, "forget")).status_code == 403
    assert again(one).email
