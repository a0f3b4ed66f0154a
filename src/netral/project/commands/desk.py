"""Take the signatures of a whole hall, in a process of its own (netral run does this for you).

It answers POST /t/… and nothing else. The proxy sends it these requests (manual: install); without
that the pages take them, for about half as many signatures a second.
"""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="listen here (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8001, help="default: 8001")


def run(options: argparse.Namespace) -> None:
    import uvloop

    uvloop.run(_serve(options.host, options.port))


async def _serve(host: str, port: int) -> None:
    import asyncio
    import gc
    import signal

    from netral.base.short_requests import serve
    from netral.pledges.desk import Desk

    told_to_stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told_to_stop.set)
    desk = Desk()
    gc.freeze()  # all of Django is here to stay: the collector need not walk it while a hall signs
    gc.set_threshold(50_000, 20, 20)  # a hundred signatures at once are no garbage yet
    await serve(desk.take, host=host, port=port, until=told_to_stop)
    desk.close()
