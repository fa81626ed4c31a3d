"""Old addresses and coordinates lead to the present unit, in bulk as one by one."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from heritage.places.models import UnitBoundary
from heritage.places.resolving import Resolver
from tests.factories.catalog import square
from tests.factories.places import UnitFactory


@pytest.mark.django_db
def test_coordinates_find_the_unit_that_holds_them():
    one, two = UnitFactory(), UnitFactory()
    UnitBoundary.objects.create(unit=one, geometry=square(105.5, 21.8, 0.1), source="mẫu")
    UnitBoundary.objects.create(unit=two, geometry=square(105.6, 21.8, 0.1), source="mẫu")
    resolver = Resolver()
    points = [(105.55, 21.85), (105.65, 21.85), (105.60, 21.85), (100.0, 10.0)]
    assert [set(found) for found in resolver.at(points)] == [{one.pk}, {two.pk}, {one.pk, two.pk}, set()]
    assert resolver.around(105.599, 21.85, 0) == (one.pk,)
    assert resolver.around(105.599, 21.85, 500) == (one.pk, two.pk)


@pytest.mark.django_db
def test_without_boundaries_no_coordinate_is_guessed():
    UnitFactory()
    resolver = Resolver()
    assert not resolver.has_boundaries
    assert list(resolver.at([(105.55, 21.85)])) == [()]
    assert resolver.around(105.55, 21.85, 100) == ()


@pytest.mark.django_db
def test_boundaries_are_taken_in_by_code_and_the_rest_is_named(tmp_path, capsys):
    unit = UnitFactory()
    rows = [(unit.code, square()), ("00000", square())]
    features = [{"type": "Feature", "properties": {"MA_XA": code}, "geometry": shape} for code, shape in rows]
    file = tmp_path / "ranh-gioi.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    for _again in range(2):
        call_command("places", "load_boundaries", str(file), "--source", "Sở mẫu", "--licence", "CC BY 4.0")
    kept = UnitBoundary.objects.get()
    assert (kept.unit, kept.source, kept.licence) == (unit, "Sở mẫu", "CC BY 4.0")
    output = capsys.readouterr()
    assert "1 boundaries kept, 1 left out" in output.out
    assert "00000" in output.err
    with pytest.raises(CommandError):
        call_command("places", "load_boundaries", str(tmp_path / "khong-co.geojson"), "--source", "x")
