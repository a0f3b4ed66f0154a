"""Structured logs: one line of JSON per event on standard error, for the journal to keep.

Only what is named in code is logged; nothing dumps objects, requests or forms, so personal
data cannot slip in. ``RequestLog`` logs routes, not addresses.
"""

from __future__ import annotations

import logging
import sys

import structlog


def set_up_logs(*, style: str, level: int = logging.INFO) -> None:
    """Configures structlog and the standard library to the same stream.

    ``style``: ``json`` for machines, ``plain`` for a terminal.
    """
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
