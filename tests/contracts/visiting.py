"""Goes to every address of the product, as its row in a ``url_examples.py`` says."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import get_resolver, reverse

from netral.people.models import Account
from tests.contracts.addresses import every_address
from tests.contracts.expectations import Page, all_pages
from tests.contracts.places import Place, World

ADDRESSES = dict(every_address(get_resolver()))
PAGES = all_pages()


def visit(
    world: World, page: Page, name: str, place: Place, visitor: Account | None
) -> HttpResponseBase:
    """The answer to one visitor, by the method and with the data of the address's row."""
    client = Client(raise_request_exception=False)  # a failure is told with its address
    if visitor is not None:
        client.cookies[settings.SESSION_COOKIE_NAME] = world.cookies[visitor.pk]
    arguments = dict(page.arguments(place)) if page.arguments else {}
    if page.own_as and visitor is not None and place.kept.get("own visitor") == visitor.pk:
        arguments = dict(page.own_as(visitor, place))
    address = reverse(name, kwargs=arguments)
    query = dict(page.query(place)) if page.query else {}
    if page.method == "get":
        return client.get(address, query)
    return client.post(address, dict(page.data(place)) if page.data else {}, query_params=query)


def each_page(place: Place) -> Iterator[tuple[str, Page]]:
    """Every address in turn; what is made for one is gone before the next."""
    for name in sorted(set(ADDRESSES) & set(PAGES)):
        page = PAGES[name]
        with transaction.atomic():
            # What a feature makes there is there for every visitor.
            for make in (page.arguments, page.query, page.data):
                if make:
                    make(place)
            yield name, page
            place.kept.clear()
            transaction.set_rollback(True)
