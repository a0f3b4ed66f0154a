"""Structured logs: one line of JSON per event on standard error, for the journal to keep.

Personal data stays out by construction. Our own events carry only what the code names. Records of
other packages are reduced to their template ("Internal Server Error: %s"), without the arguments,
and exceptions to their type and the places they passed through: messages quote values (a database
names the row it refuses, with the staff number in it).
"""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

LEVELS = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}
QUIET = ("django.server", "asyncio")


def describe_exception(error: BaseException) -> dict[str, Any]:
    """Type and places of ``error`` and of what caused it; never a message, never a value."""
    frames = [
        f"{_short(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)[-12:]
    ]
    kind = type(error)
    facts: dict[str, Any] = {"error": f"{kind.__module__}.{kind.__qualname__}", "frames": frames}
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and cause is not error:
        facts["caused_by"] = f"{type(cause).__module__}.{type(cause).__qualname__}"
    return facts


def _short(path: str) -> str:
    """``…/site-packages/django/db/models/query.py`` as ``django/db/models/query.py``."""
    for mark in ("site-packages/", "/src/"):
        if mark in path:
            return path.rsplit(mark, 1)[1]
    return path.rsplit("/", 1)[-1]


def replace_exception(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Processor: ``exc_info`` becomes type and frames."""
    info = event.pop("exc_info", None)
    if not info:
        return event
    if info is True:
        info = sys.exc_info()
    error = info if isinstance(info, BaseException) else info[1]
    if error is not None:
        event.update(describe_exception(error))
    return event


def use_template(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Processor for records of other packages: their template, without what was filled in.

    Of several lines only the first: the server appends whole tracebacks to its messages.
    """
    record: logging.LogRecord | None = event.get("_record")
    if record is not None:
        text = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        event["event"] = text.partition("\n")[0]
    return event


def shared_processors() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        replace_exception,
    ]


def last_processor(style: str) -> Processor:
    if style == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())


def make_formatter(style: str = "json") -> logging.Formatter:
    """Formats records of other packages as ours; also named in the server's own log settings."""
    return structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            last_processor(style),
        ],
        foreign_pre_chain=[
            *shared_processors(),
            structlog.stdlib.add_logger_name,
            use_template,
        ],
        # Without this the formatter would append the exception with its message.
        keep_exc_info=False,
    )


def set_up_logs(*, style: str, level: str = "info") -> None:
    """Configures structlog and the standard library to the same stream.

    ``style``: ``json`` for machines, ``plain`` for a terminal. ``level``: see ``LEVELS``.
    """
    structlog.configure(
        processors=[*shared_processors(), last_processor(style)],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(make_formatter(style))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
