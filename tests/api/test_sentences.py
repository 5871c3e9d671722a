"""Each refusal of a shape is told in the words of the house, in the language that is asked for."""

from collections.abc import Iterator
from typing import Any

import pydantic
import pytest
from django.utils import translation

from backoffice.api.root import the_api
from backoffice.api.sentences import FORMS, NULL, OURS, of_shape, reason_of
from backoffice.api.shapes import Taken

# What the library may find wrong, by the kind of its schema and by the limit that is named there.
FAULTS = {
    "model": "model_type model_attributes_type",
    "model-fields": "missing",
    "str": "string_type string_unicode",
    "int": "int_type int_parsing int_from_float int_parsing_size",
    "decimal": "decimal_type decimal_parsing finite_number",
    "bool": "bool_type bool_parsing",
    "date": "date_type date_parsing date_from_datetime_parsing date_from_datetime_inexact",
    "datetime": "datetime_type datetime_parsing datetime_object_invalid datetime_from_date_parsing",
    "list": "list_type",
    "dict": "dict_type",
    "literal": "literal_error",
    "function-before": f"value_error {NULL}",
    "function-after": "value_error",
    "function-plain": "ip_any_address",
    "definition-ref": "recursion_loop recursion_depth_exceeded",
    # What these hold is any JSON.
    **dict.fromkeys("any float none json-or-python tagged-union".split(), ""),
    **dict.fromkeys("model-field nullable default definitions no-info expected".split(), ""),
}
LIMITS = {
    ("model", "config"): "extra_forbidden",
    ("str", "max_length"): "string_too_long",
    ("str", "min_length"): "string_too_short",
    ("str", "pattern"): "string_pattern_mismatch",
    ("list", "max_length"): "too_long",
    ("list", "min_length"): "too_short",
    ("dict", "max_length"): "too_long",
    ("datetime", "tz_constraint"): "timezone_aware",
    ("decimal", "max_digits"): "decimal_max_digits decimal_whole_digits",
    ("decimal", "decimal_places"): "decimal_max_places",
    **dict.fromkeys([("int", "ge"), ("decimal", "ge")], "greater_than_equal"),
    **dict.fromkeys([("int", "le"), ("decimal", "le")], "less_than_equal"),
    ("decimal", "gt"): "greater_than",
}
_LIMIT_NAMES = {name for _kind, name in LIMITS} | {"lt", "multiple_of", "strict", "min_items", "max_items"}
# What a sentence may name.
FACTS = {
    "error": "…",
    "expected": "'en' or 'fr'",
    "pattern": next(iter(FORMS)),
    **dict.fromkeys("max_length gt ge le max_digits decimal_places whole_digits actual_length".split(), 7),
}
NESTED: list = []
for _ in range(400):
    NESTED = [NESTED]
ODD = [
    *(
        None,
        True,
        0,
        -1,
        1.5,
        10**30,
        1e308,
        "",
        " ",
        "x",
        "ü",
        "١",
        "1_0",
        "1e5",
        "NaN",
        "-1",
        "9" * 30,
        "1.005",
    ),
    *(
        "2026-02-30",
        "2026-02-30T12:00:00Z",
        "2026-02-03T12:00:00",
        "2026-02-03T25:00:00Z",
        "0001-01-01T00:00:00Z",
    ),
    *(
        "x" * 200_000,
        "a\nb",
        [],
        [None] * 2_000,
        ["x"],
        {},
        {"x": None},
        dict.fromkeys(map(str, range(30)), "x"),
    ),
    *({"x" * 300: "x"}, NESTED),
]


def shapes() -> list[type[pydantic.BaseModel]]:
    """All that the endpoints take: bodies with what is in them, and what stands in addresses and headers."""
    found: list[type[pydantic.BaseModel]] = []
    for bound in the_api()._get_bound_routers():
        for view in bound.path_operations.values():
            for operation in view.operations:
                found += operation.models
    classes = [Taken]
    for one in classes:
        classes += one.__subclasses__()
    return [*found, *dict.fromkeys(classes)]


def parts(schema: Any) -> Iterator[dict]:
    """The schemas within a schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("type"), str):
            yield schema
        for name, one in schema.items():
            if name not in ("serialization", "metadata"):
                yield from parts(one)
    elif isinstance(schema, list | tuple):
        for one in schema:
            yield from parts(one)


SHAPES = shapes()
PARTS = [part for shape in SHAPES for part in parts(shape.__pydantic_core_schema__)]


def test_every_fault_that_a_shape_can_have_is_told_by_a_sentence_of_the_house():
    """A new kind of field fails here until it is known what may be wrong with it."""
    possible = set()
    for part in PARTS:
        possible.update(FAULTS[part["type"]].split())
        for limit in part.keys() & _LIMIT_NAMES:
            possible.update(LIMITS[part["type"], limit].split())
    assert possible | {"extra_forbidden"} == set(OURS)


@pytest.mark.parametrize("code", sorted(OURS.keys() - {"value_error"}))
def test_the_sentence_is_translated(code):
    told = {}
    for language in ("en", "fr", "pl", "ro"):
        with translation.override(language):
            told[language] = reason_of({"type": code, "ctx": FACTS})
    assert len(set(told.values())) == 4, told
    assert "%(" not in told["en"]


def test_every_text_of_a_fixed_form_says_how_it_is_written():
    assert {part["pattern"] for part in PARTS if part["type"] == "str" and "pattern" in part} == set(FORMS)
    # So "This field is required here." is the truth about what is too short.
    assert {part["min_length"] for part in PARTS if "min_length" in part} == {1}


@pytest.mark.parametrize("pattern", FORMS)
def test_how_it_is_written_is_translated(pattern):
    told = set()
    for language in ("en", "fr", "pl", "ro"):
        with translation.override(language):
            told.add(str(FORMS[pattern]))
    assert len(told) == 4


def faults(shape: type[pydantic.BaseModel], said: dict, language: str) -> dict[tuple[str, str], str]:
    """What is wrong with what is said, by field and code, as the language tells it."""
    with translation.override(language):
        try:
            shape.model_validate(said)
        except pydantic.ValidationError as fault:
            errors = [{**one, "loc": ("query", *one["loc"])} for one in fault.errors()]
            return {(one["field"], one["code"]): one["reason"] for one in map(of_shape, errors)}
        return {}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda one: one.__name__)
def test_whatever_is_said_in_a_field_is_refused_in_the_language_asked_for(shape):
    """Not one reason is the same in French: none is the library's own English."""
    for name, field in shape.model_fields.items():
        for odd in ODD:
            said = {field.alias or name: odd}
            english, french = faults(shape, said, "en"), faults(shape, said, "fr")
            assert english.keys() == french.keys()
            same = {where for where, reason in english.items() if french[where] == reason}
            assert not same, (name, str(odd)[:50], english)
