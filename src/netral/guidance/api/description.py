"""The description in OpenAPI 3.1, written from ``endpoints`` and the schemas of the answers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from netral.guidance.api.endpoints import Endpoint, Parameter, endpoints
from netral.guidance.api.schemas import schemas
from netral.law import library

ROOT = "/api/hukum/"


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """The whole document; made once per process."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Netral: hukum netralitas ASN",
            "summary": "The law of neutrality of the Indonesian civil service, dated and cited",
            "version": library().version,
            "license": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
        },
        "paths": {
            f"{ROOT}{item.path}": {"post" if item.body else "get": _operation(name, item)}
            for name, item in endpoints().items()
        },
        "components": {"schemas": schemas()},
    }


def _operation(name: str, item: Endpoint) -> dict[str, Any]:
    responses = {"200": _response(item.about, item.schema)}
    if item.refuses:
        responses["400"] = _response("A parameter is unknown or cannot be read", "Problem")
    if item.parts:
        responses["404"] = _response("Nothing has this key", "Problem")
    operation: dict[str, Any] = {
        "operationId": name.removeprefix("api_"),
        "summary": item.about,
        "parameters": list(_parameters(item)),
        "responses": responses,
    }
    if item.body:
        responses["405"] = _response("Asked with another method than POST", "Problem")
        responses["429"] = _response("Asked too often; Retry-After says when again", "Problem")
        operation["requestBody"] = {"required": True, **_content(item.body)}
    return operation


def _parameters(item: Endpoint) -> Iterator[dict[str, Any]]:
    for place, group in (("path", item.parts), ("query", item.query)):
        for name, parameter in group.items():
            yield {
                "name": name,
                "in": place,
                "required": parameter.required,
                "description": parameter.about,
                "schema": _schema(parameter),
            }


def _schema(parameter: Parameter) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "string"}
    if parameter.format:
        found["format"] = parameter.format
    if parameter.values:
        found["enum"] = list(parameter.values)
    return found


def _response(about: str, schema: str) -> dict[str, Any]:
    return {"description": about, **_content(schema)}


def _content(schema: str) -> dict[str, Any]:
    reference = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    return {"content": {"application/json": reference}}
