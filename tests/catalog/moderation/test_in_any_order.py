"""Two editors, a publication, a withdrawal, a merger of records and one of units, in any order.

No field is lost that somebody saved, none is shown that was not published, and rights follow the unit.
"""

import datetime as dt
from itertools import count

import pytest
from django.test import Client
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from heritage.accounts.models import Role
from heritage.accounts.policies import forget_roles, policy_of
from heritage.catalog import services
from heritage.catalog.models import Record
from heritage.catalog.moderation import keeping, uniting
from heritage.catalog.moderation.admin.editing import Opened
from heritage.places import recording
from heritage.places.models import ChangeKind
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory
from tests.factories.places import UnitFactory

FIELDS = ("name_vi", "summary_vi", "address")
CODES = count(70_000)


class Register(RuleBasedStateMachine):
    """`saved` is what the newest draft must say, `public` what visitors may see, None where they see a tombstone."""

    def __init__(self):
        super().__init__()
        self.words = count(1)
        self.units = [UnitFactory(code=f"{next(CODES)}"), UnitFactory(code=f"{next(CODES)}")]
        self.editors = [UserFactory(role=Role.COMMUNE_EDITOR, unit=self.units[0]) for _each in range(2)]
        self.pk, self.other = (self._published(unit) for unit in self.units)
        self.saved = {name: getattr(self.record, name) for name in FIELDS}
        self.public, self.before = dict(self.saved), None
        self.union, self.are_units_merged, self.open = None, False, {}

    def _published(self, unit):
        record = RecordFactory(unit=unit, live=False, **{name: self.word() for name in FIELDS})
        record.save_revision()
        return services.publish(record).pk

    def word(self):
        return f"chu-{next(self.words)}-het"

    @property
    def record(self):
        return Record.objects.get(pk=self.pk)

    @rule(who=st.integers(0, 1))
    def opens(self, who):
        draft = self.record.get_latest_revision_as_object()
        self.open[who] = (Opened.of(draft), draft, dict(self.saved))

    @rule(who=st.integers(0, 1), field=st.sampled_from(FIELDS), side=st.sampled_from(["mine", "theirs"]))
    def saves(self, who, field, side):
        if who not in self.open:
            self.opens(who)
        opened, mine, base = self.open.pop(who)
        word, record = self.word(), self.record
        setattr(mine, field, word)
        if opened.stamp == keeping.stamp(record):
            if not record.live:
                mine.save()
            mine.save_revision(user=self.editors[who], clean=False)
            self.saved[field] = word
            return
        kept = keeping.keep(mine, opened.base, self.editors[who])
        conflicts = keeping.joined(kept, record).conflicts
        assert conflicts == ([field] if self.saved[field] != base[field] else [])
        keeping.settle(kept, dict.fromkeys(conflicts, side), keeping.stamp(record), self.editors[who])
        if not conflicts or side == "mine":
            self.saved[field] = word

    @precondition(lambda self: self.public is not None)
    @rule()
    def is_published(self):
        services.publish(self.record)
        self.public = dict(self.saved)

    @precondition(lambda self: self.public is not None)
    @rule()
    def is_withdrawn(self):
        services.withdraw(self.record, "Lý do")
        self.public, self.before = None, self.public

    @precondition(lambda self: self.public is not None)
    @rule()
    def is_merged(self):
        self.union = uniting.unite(self.record, Record.objects.get(pk=self.other), "Trùng")
        self.public, self.before = None, self.public

    @precondition(lambda self: self.public is None)
    @rule()
    def is_restored(self):
        if self.union:
            uniting.separate(self.union)
        else:
            services.restore(self.record)
        self.public, self.union = self.before, None

    @precondition(lambda self: not self.are_units_merged)
    @rule()
    def units_merge(self):
        day = dt.date(2026, 1, 1)
        order = recording.Order(ChangeKind.MERGE, self.units, day, "1/NQ", name="Xã Gộp", code=f"{next(CODES)}")
        recording.record(order)
        self.are_units_merged = True

    @invariant()
    def nothing_saved_is_lost(self):
        draft = self.record.get_latest_revision_as_object()
        assert {name: getattr(draft, name) for name in FIELDS} == self.saved
        assert draft.unit_id == self.record.unit_id

    @invariant()
    def nothing_unpublished_is_shown(self):
        answer = Client().get(self.record.get_absolute_url())
        assert answer.status_code == (200 if self.public else 301 if self.union else 410)
        shown = answer.content.decode()
        known = self.public or {"name": self.before["name_vi"]}  # a tombstone tells the name that was public
        hidden = set(self.saved.values()) - set(known.values())
        assert not [word for word in hidden if word in shown]
        if self.public:
            assert self.public["name_vi"] in shown
        beside = Client().get(Record.objects.get(pk=self.other).get_absolute_url()).content.decode()
        assert not [word for word in set(self.saved.values()) - set((self.before or {}).values()) if word in beside]

    @invariant()
    def the_commune_keeps_its_rights(self):
        for editor in self.editors:
            forget_roles(editor)
            assert policy_of(Record).user_has_permission_for_instance(editor, "change", self.record)


@pytest.mark.django_db
def test_in_any_order_no_field_is_lost_and_none_unpublished_is_shown():
    once = {"phases": [Phase.generate], "deadline": None, "derandomize": True, "database": None}
    few = settings(max_examples=4, stateful_step_count=8, **once)
    run_state_machine_as_test(Register, settings=few)
