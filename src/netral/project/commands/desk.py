"""Take the signatures of a whole hall, in processes of their own (netral run does this for you).

It answers POST /t/… and nothing else. The proxy sends it these requests (manual: install); without
that the pages take them, for about half as many signatures a second.
"""

from __future__ import annotations

import argparse
from socket import socket


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="listen here (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8001, help="default: 8001")
    parser.add_argument(
        "--fronts", type=int, default=1, help="processes that read requests for the one that writes"
    )


def run(options: argparse.Namespace) -> int:
    import gc
    from functools import partial

    from django.db import connections

    from netral.base.writer_process import write_for_fronts
    from netral.pledges.desk import sign_now

    connections.close_all()  # none is shared with the processes that are forked
    gc.freeze()  # all of Django is here to stay: the collector need not walk it while a hall signs
    gc.set_threshold(50_000, 20, 20)  # a hundred signatures at once are no garbage yet
    front = partial(_front, options.host, options.port)
    return 0 if write_for_fronts(sign_now, front, fronts=options.fronts) else 1


def _front(host: str, port: int, line: socket) -> None:
    import uvloop

    uvloop.run(_serve(host, port, line))


async def _serve(host: str, port: int, line: socket) -> None:
    import asyncio
    import signal

    from netral.base.short_requests import serve
    from netral.base.writer_process import Line
    from netral.pledges.desk import Desk
    from netral.pledges.services.signing import Refused
    from netral.pledges.services.together import Receipt, Wish

    told_to_stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told_to_stop.set)
    writer: Line[Wish, Receipt | Refused] = Line(told_to_stop.set)
    await loop.connect_accepted_socket(lambda: writer, line)
    await serve(Desk(writer).take, host=host, port=port, until=told_to_stop)
    await writer.close()
