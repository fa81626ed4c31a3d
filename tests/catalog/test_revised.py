"""A revision read back does with rows that are gone what modelcluster does, in one query per table."""

import pytest
from modelcluster.models import ClusterableModel

from heritage.catalog.models import Authority, Record, Relation
from tests.factories.catalog import DesignationFactory, RecordFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(db):
    """A record with two acts, two relations of which one leads nowhere any more, and a scan that is gone."""
    record, kept, gone = RecordFactory(), RecordFactory(), RecordFactory()
    for number in range(2):
        DesignationFactory(record=record, decision_number=f"{number}/QĐ", authority=Authority.objects.first())
    for target in (kept, gone):
        Relation.objects.create(record=record, kind="see_also", target=target)
    content = record.serializable_data()
    content["designations"][0]["scan"] = 987654
    Relation.objects.filter(target=gone).delete()
    gone.delete()
    return content


def test_as_modelcluster_reads_it(content):
    plain = ClusterableModel.from_serializable_data.__func__(Record, content)
    ours = Record.from_serializable_data(content)
    now = {"modified_at": None}  # given anew each time a record is read out
    assert ours.serializable_data() | now == plain.serializable_data() | now
    assert ours.relations.count() == 1
    assert ours.designations.get_object_list()[0].scan_id is None


def test_one_query_for_each_table(content, django_assert_max_num_queries):
    content["designations"] *= 15
    with django_assert_max_num_queries(6):
        Record.from_serializable_data(content)


def test_a_protected_row_that_is_gone_is_an_error(content):
    content["unit"] = 987654
    with pytest.raises(ValueError, match="unit"):
        Record.from_serializable_data(content)
