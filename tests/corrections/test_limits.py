"""One network sends so much and no more; after that a browser does some arithmetic, or the reader waits. Nothing is lost."""

from __future__ import annotations

import base64
import html
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import altcha
import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from corrections.models import Report
from newsroom import limits, proof_of_work, tasks
from newsroom.models import SenderCount, UsedProof
from tests import cast
from tests.articles.test_races import at_once, kinds
from tests.corrections.test_reporting import BODY, PAGE, filled

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _article(request: pytest.FixtureRequest, db: Any) -> None:
    cast.published(slug="lock", body=BODY)


@pytest.fixture(autouse=True)
def _quick_proofs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof_of_work, "COST", 10)


def send(client: Client, sender: str = "192.0.2.1", *, by_script: bool = False, **changes: Any) -> Any:
    headers = {"Accept": "application/json"} if by_script else {}
    return client.post(PAGE, filled(**changes), REMOTE_ADDR=sender, headers=headers)


def exhaust(client: Client, sender: str = "192.0.2.1") -> None:
    for _number in range(5):
        assert send(client, sender).status_code == 302


def solved(challenge: dict[str, Any]) -> str:
    """What a browser answers."""
    asked = altcha.Challenge.from_dict(challenge)
    solution = altcha.solve_challenge(asked)
    assert solution
    return altcha.Payload(asked, solution).to_base64()


def take(at: datetime, sender: str = "192.0.2.1") -> datetime | None:
    """None if a place was free; else when there is one again."""
    try:
        limits.take_place("report", limits.REPORTS, sender=sender, at=at)
    except limits.TooMany as error:
        return error.free_at
    return None


def test_the_sixth_report_within_five_minutes_waits_and_keeps_what_was_typed(client: Client):
    exhaust(client)
    answer = send(client, comment="One more <thing>.", email="reader@mail.example")
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "no-store" in answer["Cache-Control"]
    for words in ("One more &lt;thing&gt;.", 'value="reader@mail.example"', "The next one can be sent "):
        assert words in page
    assert Report.objects.count() == 5
    assert send(client, "192.0.3.1").status_code == 302


def test_a_place_is_free_again_after_five_minutes_half_an_hour_and_a_day():
    minute = timedelta(minutes=1)
    assert [take(NOON + n * timedelta(seconds=1)) for n in range(5)] == [None] * 5
    assert take(NOON + 4 * minute) == NOON + 5 * minute
    assert [take(NOON + 5 * minute + n * minute / 60) for n in range(5)] == [None] * 5
    assert take(NOON + 6 * minute) == NOON + 10 * minute
    assert [take(NOON + 10 * minute + n * minute / 60) for n in range(5)] == [None] * 5
    assert take(NOON + 20 * minute) == NOON + 30 * minute
    taken = 15
    for hour in range(1, 11):
        taken += [take(NOON + timedelta(hours=hour, minutes=n // 5 * 5)) for n in range(15)].count(None)
    assert taken == 30
    assert take(NOON + timedelta(hours=11)) == NOON + timedelta(days=1)
    assert take(NOON + timedelta(days=1)) is None


def test_a_refusal_takes_no_place():
    for _number in range(5):
        take(NOON)
    for _number in range(20):
        assert take(NOON)
    assert set(SenderCount.objects.values_list("count", flat=True)) == {5}


def test_reports_that_were_wrong_take_no_place(client: Client):
    for _number in range(8):
        assert send(client, quote="barges").status_code == 422
        assert send(client, email="nobody").status_code == 422
    assert send(client).status_code == 302


def test_the_same_report_once_more_takes_no_place_and_other_words_by_its_form_do(client: Client):
    sent = filled()
    for _number in range(8):
        assert client.post(PAGE, sent, REMOTE_ADDR="192.0.2.1").status_code == 302
    for number in range(4):
        assert client.post(PAGE, sent | {"comment": f"Again {number}"}, REMOTE_ADDR="192.0.2.1").status_code == 302
    assert client.post(PAGE, sent | {"comment": "Once more"}, REMOTE_ADDR="192.0.2.1").status_code == 429
    assert client.post(PAGE, sent, REMOTE_ADDR="192.0.2.1").status_code == 302
    assert Report.objects.count() == 5


def test_one_network_is_one_sender(client: Client):
    for number in range(5):
        assert send(client, f"192.0.2.{number}").status_code == 302
    assert send(client, "192.0.2.200").status_code == 429
    assert send(client, "::ffff:192.0.2.7").status_code == 429
    for number in range(5):
        assert send(client, f"2001:db8:1:2::{number}").status_code == 302
    assert send(client, "2001:db8:1:2:ffff::9").status_code == 429
    assert send(client, "2001:db8:1:3::1").status_code == 302


def test_no_address_is_kept_and_tomorrow_it_has_another_name(client: Client):
    send(client, "192.0.2.77")
    row = SenderCount.objects.values_list("sender", "span", "count")[0]
    assert re.fullmatch(r"[0-9a-f]{64}", row[0])
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(sender || span, ' ') FROM newsroom_sendercount")
        assert "192.0.2" not in cursor.fetchone()[0]
    take(NOON, "192.0.2.77")
    take(NOON + timedelta(days=1), "192.0.2.77")
    assert SenderCount.objects.values("sender").distinct().count() == 3


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_five_are_taken():
    def one() -> None:
        with transaction.atomic():
            limits.take_place("report", limits.REPORTS, sender="192.0.2.1", at=NOON)

    assert kinds(at_once(*[one] * 8)) == ["NoneType"] * 5 + ["TooMany"] * 3


def test_after_the_limit_a_proof_of_work_lets_the_report_in_once(client: Client):
    exhaust(client)
    refused = send(client, by_script=True)
    assert refused.status_code == 429
    assert "The next one can be sent" in refused.json()["errors"][""][0]
    proof = solved(refused.json()["challenge"])
    assert send(client, by_script=True, proof=proof).status_code == 200
    assert Report.objects.count() == 6
    assert send(client, by_script=True, proof=proof).status_code == 429
    assert Report.objects.count() == 6


def test_the_page_itself_carries_the_challenge(client: Client):
    exhaust(client)
    page = send(client).content.decode()
    found = re.search(r'data-challenge="([^"]+)"', page)
    assert found
    assert send(client, proof=solved(json.loads(html.unescape(found[1])))).status_code == 302


def test_a_proof_is_spent_only_by_what_it_lets_in(client: Client):
    exhaust(client)
    proof = solved(send(client, by_script=True).json()["challenge"])
    assert send(client, by_script=True, proof=proof, quote="barges").status_code == 422
    assert not UsedProof.objects.exists()
    assert send(client, by_script=True, proof=proof).status_code == 200


@pytest.mark.parametrize("proof", ["x", "e30=", "\x00", "bnVsbA==", "W10=", "9" * 9_999, "eyJjaGFsbGVuZ2UiOiAieCJ9"])
def test_a_forged_proof_is_none(client: Client, proof: str):
    exhaust(client)
    assert send(client, proof=proof).status_code == 429


def test_an_easier_challenge_of_ones_own_is_none(client: Client):
    exhaust(client)
    asked = send(client, by_script=True).json()["challenge"]
    easier = json.loads(base64.b64decode(solved(asked | {"parameters": asked["parameters"] | {"keyPrefix": "00"}})))
    assert send(client, proof=base64.b64encode(json.dumps(easier).encode()).decode()).status_code == 429


@pytest.mark.django_db(transaction=True)
def test_a_proof_used_by_two_at_once_lets_one_in():
    proof = solved(proof_of_work.challenge(timezone.now()))

    def use() -> bool:
        with transaction.atomic():
            return proof_of_work.accept(proof, timezone.now())

    assert sorted(at_once(use, use, use)) == [False, False, True]


def test_an_old_proof_is_none():
    at = timezone.now()
    assert not proof_of_work.accept(solved(proof_of_work.challenge(at - timedelta(minutes=21))), at)
    assert proof_of_work.accept(solved(proof_of_work.challenge(at)), at)


def test_what_was_counted_is_forgotten(client: Client):
    at = timezone.now()
    take(at - timedelta(days=3))
    take(at - timedelta(hours=20))
    UsedProof.objects.create(challenge="old", expires_at=at - timedelta(minutes=1))
    UsedProof.objects.create(challenge="new", expires_at=at + timedelta(minutes=9))
    tasks.forget_senders(0)
    assert SenderCount.objects.count() == 3
    assert UsedProof.objects.get().challenge == "new"
