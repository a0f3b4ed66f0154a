"""Fronts and the writer, over real pairs of sockets; the processes themselves: test_desk."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from select import select
from socket import socket, socketpair

import pytest
from django.db import connection

from netral.base.turn import own_turn
from netral.base.writer_process import Line, NotWritten, Writer, _packed
from tests.apart import run_apart

Answer = str | BaseException


class Book:
    """What was written, group by group; ``open`` lets the writer go on."""

    def __init__(self) -> None:
        self.groups: list[list[str]] = []
        self.open = threading.Event()
        self.open.set()

    def write(self, wanted: Sequence[str]) -> list[str]:
        assert self.open.wait(10)
        self.groups.append([*wanted])
        if "bad" in wanted:
            raise RuntimeError("the disk is full")
        return [word.upper() for word in wanted]


@contextmanager
def writing(book: Book, lines: int = 1) -> Iterator[tuple[list[socket], list[str]]]:
    """The fronts' ends, and a note for each line that was closed."""
    pairs = [socketpair() for _line in range(lines)]
    closed: list[str] = []
    writer: Writer[str, str] = Writer(book.write, [ours for ours, _theirs in pairs])
    thread = threading.Thread(target=writer.work, args=[lambda: closed.append("closed")])
    thread.start()
    try:
        yield [theirs for _ours, theirs in pairs], closed
    finally:
        for _ours, theirs in pairs:
            theirs.close()
        thread.join(10)
        for ours, _theirs in pairs:
            ours.close()
        assert not thread.is_alive()


def with_line(end: socket, using: Callable[[Line[str, str]], Awaitable[None]]) -> list[str]:
    """What was told when the line was lost."""
    lost: list[str] = []

    async def all_of_it() -> None:
        line: Line[str, str] = Line(lambda: lost.append("lost"))
        await asyncio.get_running_loop().connect_accepted_socket(lambda: line, end)
        await using(line)

    run_apart(asyncio.wait_for(all_of_it(), 10))
    return lost


async def ask(line: Line[str, str], *words: str) -> list[Answer]:
    answers: list[Answer] = []
    for word in words:
        line.put(word, answers.append)
    while len(answers) < len(words):
        await asyncio.sleep(0.005)
    return answers


def test_each_gets_the_answer_to_what_it_asked() -> None:
    book = Book()

    async def using(line: Line[str, str]) -> None:
        words = [f"{number}:{'x' * 900}" for number in range(2000)]  # more than a socket holds
        assert await ask(line, *words) == [word.upper() for word in words]
        assert await ask(line, "again") == ["AGAIN"]

    with writing(book) as ([end], _closed):
        with_line(end, using)
    assert max(map(len, book.groups)) <= 512


def test_all_that_came_meanwhile_from_all_fronts_is_one_group() -> None:
    book = Book()
    book.open.clear()

    async def using(line: Line[str, str]) -> None:
        first = asyncio.create_task(ask(line, "first"))
        await asyncio.sleep(0.1)
        rest = asyncio.create_task(ask(line, "a", "b"))
        await asyncio.sleep(0.1)
        other_front.start()
        await asyncio.sleep(0.1)
        book.open.set()
        assert (await first, await rest) == (["FIRST"], ["A", "B"])
        await asyncio.to_thread(other_front.join, 10)  # it has heard its answer before all ends

    with writing(book, lines=2) as ([end, others_end], _closed):
        other_front = threading.Thread(
            target=with_line, args=[others_end, lambda line: ask(line, "c")]
        )
        with_line(end, using)
    assert [sorted(group) for group in book.groups] == [["first"], ["a", "b", "c"]]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="nobody waits for a turn there")
def test_who_comes_while_it_waits_for_its_turn_joins_the_group() -> None:
    book = Book()

    async def using(line: Line[str, str]) -> None:
        first = asyncio.create_task(ask(line, "first"))
        await asyncio.sleep(0.2)
        rest = asyncio.create_task(ask(line, "rest"))
        await asyncio.sleep(0.2)
        others_turn.set()
        assert (await first, await rest) == (["FIRST"], ["REST"])

    def have_the_turn() -> None:
        with own_turn():
            taken.set()
            others_turn.wait(10)

    taken, others_turn = threading.Event(), threading.Event()
    other = threading.Thread(target=have_the_turn)
    other.start()
    assert taken.wait(5)
    with writing(book) as ([end], _closed):
        with_line(end, using)
    other.join()
    assert book.groups == [["first", "rest"]]


def test_a_group_that_fails_is_said_to_be_not_written_and_the_next_is() -> None:
    async def using(line: Line[str, str]) -> None:
        answers = await ask(line, "good", "bad")
        assert [type(one) for one in answers] == [NotWritten, NotWritten]
        assert await ask(line, "good") == ["GOOD"]

    with writing(Book()) as ([end], _closed):
        with_line(end, using)


def test_a_front_that_closes_is_answered_first() -> None:
    book = Book()
    book.open.clear()
    answers: list[Answer] = []

    async def using(line: Line[str, str]) -> None:
        line.put("late", answers.append)
        await asyncio.sleep(0.1)
        closing = asyncio.create_task(line.close())
        await asyncio.sleep(0.1)
        book.open.set()
        while not answers:
            await asyncio.sleep(0.005)
        closing.cancel()  # the other end stays open until all fronts have closed

    with writing(book, lines=2) as ([end, _other], closed):
        with_line(end, using)
        assert closed == ["closed"]
    assert answers == ["LATE"]


def test_when_the_writer_dies_who_waits_is_told_that_nothing_was_written() -> None:
    ours, theirs = socketpair()
    answers: list[Answer] = []

    async def using(line: Line[str, str]) -> None:
        line.put("lost", answers.append)
        await asyncio.sleep(0.1)
        ours.close()
        await asyncio.wait_for(line.close(), 5)
        line.put("too late", answers.append)

    assert with_line(theirs, using) == ["lost"]
    assert [type(one) for one in answers] == [NotWritten, NotWritten]


@pytest.mark.parametrize("octets", [b"", b"\x00\x00"])
def test_a_front_that_dies_in_the_middle_of_a_word_has_asked_nothing(octets: bytes) -> None:
    book = Book()
    with writing(book) as ([end], closed):
        end.sendall(octets)
        end.close()
        time.sleep(0.1)
    assert (book.groups, closed) == ([], ["closed"])


def test_a_front_that_dies_over_unread_answers_takes_nothing_from_the_others() -> None:
    book = Book()

    async def using(line: Line[str, str]) -> None:
        assert await ask(line, "theirs") == ["THEIRS"]

    with writing(book, lines=2) as ([dying, living], closed):
        dying.sendall(_packed(["unheard"]))
        assert select([dying], [], [], 5)[0]  # the answer is there, and stays unread
        dying.close()
        with_line(living, using)
        assert closed[0] == "closed"
    assert book.groups == [["unheard"], ["theirs"]]


def test_an_answer_to_a_front_that_died_meanwhile_is_dropped() -> None:
    book = Book()
    book.open.clear()

    with writing(book, lines=2) as ([dying, living], _closed):
        dying.sendall(_packed(["unheard"]))
        time.sleep(0.1)
        dying.close()
        book.open.set()
        living.sendall(_packed(["theirs"]))
        assert select([living], [], [], 5)[0]
    assert book.groups == [["unheard"], ["theirs"]]
