"""Logs: one JSON object a line in production, readable lines in development; never a person's data.

The masking below is a second line of defence, for what a library or a database puts into an error text (G27).
"""

from __future__ import annotations

import logging
import re

import structlog

_ADDRESS = re.compile(r"[^\s@<>()\[\]{}'\"=,;:]+@[^\s@<>()\[\]{}'\"=,;:]+")
# PostgreSQL repeats the offending row after these words.
_ROW = re.compile(r"^\s*(DETAIL|CONTEXT|HINT):.*$", re.MULTILINE)
_NEVER = ("ip", "user_agent", "email", "password")


def mask(text: str) -> str:
    """The text without e-mail addresses and without the rows that a database quotes in its errors."""
    return _ADDRESS.sub("[e-mail]", _ROW.sub("", text))


def without_people(logger, name, entry: dict) -> dict:
    """Processor: drops fields about people and masks what stands in the others."""
    for field in _NEVER:
        entry.pop(field, None)
    for field, value in entry.items():
        if isinstance(value, str):
            entry[field] = mask(value)
    return entry


_SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def formatter(*, as_json: bool) -> logging.Formatter:
    """The formatter of the settings' LOGGING; also points structlog itself at the standard library's logging."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last = (
        [structlog.processors.format_exc_info, without_people, structlog.processors.JSONRenderer()]
        if as_json
        # Never rich tracebacks: they print local variables, customers' addresses among them.
        else [
            without_people,
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
        ]
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SHARED,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )
