"""Recipes of the IIIF Cookbook by number: the same situation here gives the structure that the recipe gives."""

import pytest

import tests.iiif.presentation.recipes_of_layers  # noqa: F401  (adds its recipes)
from heritage.iiif import descriptions
from tests.iiif.presentation.recipes import RECIPES, Has, Text
from tests.iiif.presentation.validators import complaints

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_describers(monkeypatch):
    monkeypatch.setattr(descriptions, "_describers", {})


def differences(expected, found, at=""):
    """Where `found` has not what `expected` asks for, as paths."""
    if isinstance(expected, type):
        return [] if isinstance(found, expected) else [f"{at}: {found!r} is no {expected.__name__}"]
    if isinstance(expected, Has):
        return [] if any(not differences(dict(expected), one) for one in found or []) else [f"{at}: {found!r}"]
    if isinstance(expected, Text):
        return [] if expected in str(found) else [f"{at}: {found!r} without {expected!r}"]
    if isinstance(expected, dict) and isinstance(found, dict):
        return [d for key in expected for d in differences(expected[key], found.get(key), f"{at}.{key}")]
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        return [d for n, one in enumerate(expected) for d in differences(one, found[n], f"{at}[{n}]")]
    return [] if expected == found else [f"{at}: {found!r} is not {expected!r}"]


@pytest.mark.parametrize("number", RECIPES)
def test_a_recipe_of_the_cookbook(client, admin_user, number):
    address, expected = RECIPES[number](admin_user)
    assert differences(expected, client.get(address).json()) == []


def test_every_one_of_them_passes_the_schema(client, admin_user):
    """Made one after the other and taken back; the validators are started once for all."""
    from django.db import transaction

    documents = {}
    for make in dict.fromkeys(RECIPES.values()):
        descriptions._describers.clear()
        with transaction.atomic():
            address, _expected = make(admin_user)
            documents[make.__name__] = client.get(address).json()
            transaction.set_rollback(True)
    del documents["version_2_beside_it"], documents["old_map"]
    assert len(documents) > 15
    assert complaints(documents) == {}


def test_the_parser_breaks_on_the_annotations_of_a_range_and_so_no_manifest_of_ours_names_them():
    """Recipe 0025. Presentation 3.0, section 3.3.2: the value of `supplementary` is one object; the parser maps a list.

    Clover reads with this parser and would show nothing. Once this test fails, ranges may name their annotations.
    """
    canvas = {"id": "http://testserver/c", "type": "Canvas", "width": 9, "height": 9, "items": []}
    named = {"id": "http://testserver/a", "type": "AnnotationCollection"}
    entry = {"id": "http://testserver/r", "type": "Range", "items": [{"id": canvas["id"], "type": "Canvas"}]}
    whole = {"id": "http://testserver/m", "type": "Manifest", "label": {"en": ["A"]}, "items": [canvas]}
    context = {"@context": "http://iiif.io/api/presentation/3/context.json"}
    assert "whole" not in complaints({"whole": {**context, **whole, "structures": [entry]}})
    with pytest.raises(AssertionError, match=r"supplementary\.map is not a function"):
        complaints({"whole": {**context, **whole, "structures": [{**entry, "supplementary": named}]}})


def test_the_comparison_finds_what_is_wrong():
    assert differences({"a": [{"b": Text("x")}], "c": int}, {"a": [{"b": "y"}], "c": "1"})
    assert differences({"a": [1]}, {"a": [1, 2]})
    assert not differences({"a": Has({"b": 1})}, {"a": [{"b": 2}, {"b": 1, "c": 3}]})
