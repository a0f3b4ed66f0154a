"""Every address of the product."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver


def every_address(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each address with its full name, such as ``people:register``."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from every_address(entry, inner)
        else:
            yield f"{space}{entry.name}" if entry.name else f"(no name) {entry.pattern}", entry
