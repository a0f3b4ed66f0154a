from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection

from netral.people.devices import Origin
from netral.people.models import Account, Attempts, KnownDevice, Unit
from netral.people.services import claiming, throttling
from netral.people.services.throttling import FREE, LONGEST_WAIT, MustWait
from tests.people.accounts.factories import NOW, make_account, make_person

STRANGE = Origin(address="198.51.100.9", device="c" * 64)
OWN = Origin(address="203.0.113.7", device="d" * 64)


@pytest.fixture
def account(unit: Unit) -> Account:
    account = make_account(make_person(unit))
    KnownDevice.objects.create(
        account=account, device=OWN.device, first_seen_at=NOW, last_seen_at=NOW
    )
    return account


def guess(account: Account, origin: Origin, now: datetime = NOW) -> throttling.Attempt:
    return throttling.begin(identifier=account.username, account=account, origin=origin, now=now)


def fail_until_waiting(account: Account, origin: Origin) -> int:
    for _turn in range(50):
        try:
            guess(account, origin)
        except MustWait as wait:
            return wait.seconds
    pytest.fail("fifty failures and no wait")


def test_a_few_mistakes_cost_nothing_and_more_cost_time(account: Account) -> None:
    for _turn in range(FREE):
        guess(account, STRANGE)
    with pytest.raises(MustWait) as caught:
        guess(account, STRANGE)
    assert 1 <= caught.value.seconds <= 3


def test_the_wait_doubles_up_to_a_quarter_of_an_hour(account: Account) -> None:
    waits = [throttling.wait_after(FREE + extra, free=FREE) for extra in range(12)]
    assert waits[:4] == [timedelta(seconds=2**power) for power in range(1, 5)]
    assert waits[-1] == LONGEST_WAIT
    assert throttling.wait_after(FREE - 1, free=FREE) == timedelta(0)


def test_a_guesser_does_not_lock_the_owner_out(account: Account) -> None:
    fail_until_waiting(account, STRANGE)
    guess(account, OWN).was_right()
    with pytest.raises(MustWait):
        guess(account, STRANGE)


def test_the_owners_success_does_not_reset_the_guesser(account: Account) -> None:
    fail_until_waiting(account, STRANGE)
    guess(account, OWN).was_right()
    with pytest.raises(MustWait):
        guess(account, STRANGE)


def test_a_stolen_device_cookie_of_another_account_helps_nothing(
    account: Account, unit: Unit
) -> None:
    other = make_account(make_person(unit))
    fail_until_waiting(other, OWN)
    guess(account, OWN)


def test_after_the_wait_the_right_password_comes_in(account: Account) -> None:
    seconds = fail_until_waiting(account, STRANGE)
    later = NOW + timedelta(seconds=seconds)
    guess(account, STRANGE, later).was_right()
    guess(account, STRANGE, later)


def test_unknown_numbers_wait_just_the_same(db: None) -> None:
    def try_it() -> None:
        throttling.begin(identifier="199999999999999999", account=None, origin=STRANGE, now=NOW)

    for _turn in range(FREE):
        try_it()
    with pytest.raises(MustWait):
        try_it()


def test_one_password_on_many_accounts_from_one_address_is_slowed(unit: Unit) -> None:
    Attempts.objects.create(
        key=throttling._key("address", STRANGE.address),
        failures=throttling.FREE_PER_ADDRESS,
        last_at=NOW,
    )
    with pytest.raises(MustWait):
        guess(make_account(make_person(unit)), STRANGE)


def test_a_known_device_is_not_stopped_by_its_neighbours(account: Account) -> None:
    Attempts.objects.create(
        key=throttling._key("address", OWN.address),
        failures=throttling.FREE_PER_ADDRESS + 100,
        last_at=NOW,
    )
    guess(account, OWN)


def test_a_hall_behind_one_address_claims_while_somebody_guesses(
    personnel: Account, unit: Unit
) -> None:
    people = [make_person(unit) for _seat in range(40)]
    issued = claiming.issue_codes(actor=personnel, people=people, now=NOW)
    Attempts.objects.create(
        key=throttling._key("address", OWN.address),
        failures=throttling.FREE_PER_ADDRESS + 500,
        last_at=NOW,
    )
    for one in issued:
        assert claiming.claim_with_code(code=one.code, now=NOW, origin=OWN)
    wrong = claiming.identify_by_code(code="0000-0000-0000", now=NOW, origin=OWN)
    assert isinstance(wrong, claiming.Refusal)
    assert wrong.reason is claiming.Reason.WAIT
    assert wrong.seconds > 0


def test_wrong_codes_count_and_right_ones_do_not(personnel: Account, unit: Unit) -> None:
    person = make_person(unit)
    code = claiming.issue_codes(actor=personnel, people=[person], now=NOW)[0].code
    claiming.identify_by_code(code="0000-0000-0000", now=NOW, origin=OWN)
    claiming.claim_with_code(code=code, now=NOW, origin=OWN)
    assert Attempts.objects.get().failures == 1


def test_a_clock_set_back_shuts_nobody_out(account: Account) -> None:
    fail_until_waiting(account, STRANGE)
    guess(account, STRANGE, NOW - timedelta(days=400))


def test_failures_are_forgotten_after_a_day(account: Account) -> None:
    fail_until_waiting(account, STRANGE)
    tomorrow = NOW + timedelta(hours=25)
    for _turn in range(FREE):
        guess(account, STRANGE, tomorrow)
    assert throttling.forget_old(now=tomorrow + timedelta(hours=25)) > 0
    assert not Attempts.objects.exists()


def test_nothing_in_the_table_names_anybody(account: Account) -> None:
    guess(account, STRANGE)
    for row in Attempts.objects.all():
        assert account.username not in row.key
        assert STRANGE.address not in row.key


@pytest.mark.django_db(transaction=True)
def test_a_hundred_guesses_at_one_moment_are_a_hundred_counted_guesses(account: Account) -> None:
    barrier = threading.Barrier(10)
    looked_at: list[int] = []

    def guesser() -> None:
        barrier.wait()
        for _turn in range(10):
            try:
                guess(account, STRANGE)
                looked_at.append(1)
            except MustWait:
                pass
        connection.close()

    threads = [threading.Thread(target=guesser) for _number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(looked_at) == FREE


# --- what anybody may use, so often in a window ----------------------------------------------------

THREE = throttling.Allowance("test", uses=3, window=timedelta(minutes=5))


def use(account: Account | None, origin: Origin, now: datetime = NOW) -> None:
    throttling.spend(allowance=THREE, account=account, origin=origin, now=now)


def test_an_allowance_is_spent_and_comes_back_with_the_next_window(db: None) -> None:
    for seconds in (0, 1, 2):
        use(None, STRANGE, NOW + timedelta(seconds=seconds))
    with pytest.raises(MustWait) as caught:
        use(None, STRANGE, NOW + timedelta(minutes=4))
    assert caught.value.seconds == 61
    for seconds in (0, 1, 2):
        use(None, STRANGE, NOW + timedelta(minutes=5, seconds=seconds))
    with pytest.raises(MustWait):
        use(None, STRANGE, NOW + timedelta(minutes=6))


def test_nobody_uses_up_the_allowance_of_somebody_signed_in(account: Account) -> None:
    for _turn in range(3):
        use(None, STRANGE)
    use(account, STRANGE)
    use(None, OWN)


def test_an_allowance_survives_a_clock_set_back(db: None) -> None:
    for _turn in range(3):
        use(None, STRANGE)
    use(None, STRANGE, NOW - timedelta(days=1))
    assert "198.51.100.9" not in str(list(Attempts.objects.values_list()))


@pytest.mark.django_db(transaction=True)
def test_a_dozen_uses_at_one_moment_are_three() -> None:
    allowed: list[bool] = []

    def once() -> None:
        try:
            use(None, STRANGE)
            allowed.append(True)
        except MustWait:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=once) for _each in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(allowed) == 3
