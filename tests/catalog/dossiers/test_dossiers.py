"""Checklists by kind and rank, completeness, items and loans."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from heritage.catalog.dossiers import completeness, services
from heritage.catalog.models import Checklist, ChecklistLine, Dossier, DossierItem, DossierLoan, Kind, Rank
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory
from tests.factories.dossiers import dossier_of, pdf_bytes, upload

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.PLACE_NAME])
def test_every_kind_has_a_checklist_that_becomes_items(kind):
    dossier = dossier_of(kind=kind)
    assert kind in dossier.checklist.kinds
    items = DossierItem.objects.filter(dossier=dossier)
    assert [item.line_id for item in items] == list(dossier.checklist.lines.values_list("pk", flat=True))
    assert completeness.of(dossier).percent == 0


def test_one_dossier_for_each_candidacy():
    record = RecordFactory()
    services.open_dossier(record, Rank.PROVINCIAL)
    services.open_dossier(record, Rank.NATIONAL)
    with pytest.raises(ValidationError, match="đã có"):
        services.open_dossier(record, Rank.NATIONAL)
    assert Dossier.objects.filter(record=record).count() == 2


def test_a_list_for_the_rank_goes_before_one_for_all_and_a_replaced_one_is_not_taken():
    everyone = Checklist.objects.get(kinds__has="monument")
    special = Checklist.objects.create(
        name_vi="Đặc biệt", version="1", basis="x", kinds=["monument"], ranks=["special_national"]
    )
    record = RecordFactory()
    assert services.checklist_for(record, "special_national") == special
    assert services.checklist_for(record, "national") == everyone
    special.until = dt.date(2020, 1, 1)
    special.save()
    assert services.checklist_for(record, "special_national") == everyone


def test_a_newer_version_keeps_what_is_there():
    dossier = dossier_of()
    item = dossier.items.get(line__code="history")
    services.add_file(item, upload("ly-lich.pdf", pdf_bytes()))
    newer = Checklist.objects.create(name_vi="Hồ sơ di tích", version="mới", basis="x", kinds=["monument"])
    for order, code in enumerate(["history", "digital-model"]):
        ChecklistLine.objects.create(checklist=newer, code=code, title_vi=code, sort_order=order)
    dossier.checklist = newer
    dossier.save()
    item.refresh_from_db()
    assert item.line.checklist == newer
    figure = completeness.of(dossier)
    assert (figure.required, figure.held) == (2, 1)
    assert dossier.items.count() == 12  # ten of the older version stay as papers besides


def test_completeness_counts_files_and_paper_but_not_what_does_not_apply(django_assert_num_queries):
    dossier = dossier_of()
    user = UserFactory()
    by_code = {item.line.code: item for item in dossier.items.select_related("line")}
    kept = services.add_file(by_code["history"], upload("ly-lich.pdf", pdf_bytes(3)), user)
    by_code["drawings"].pages, by_code["drawings"].shelf_mark = 12, "HS-01/4"
    services.save_item(by_code["drawings"], user, checked=True)
    by_code["photographs"].pages = 20  # pages without a shelf mark: nobody can find them
    services.save_item(by_code["photographs"], user)
    by_code["inscriptions"].not_applicable = "Không có tư liệu Hán Nôm"
    services.save_item(by_code["inscriptions"], user)
    with django_assert_num_queries(1):
        figure = completeness.of(dossier)
    assert (figure.required, figure.held, figure.checked, figure.percent) == (10, 2, 1, 20)
    services.set_aside(kept, "Quét lại", user)
    listed = completeness.annotated(Dossier.objects.all()).get()
    assert completeness.of_annotated(listed) == completeness.of(dossier) == completeness.Completeness(10, 1, 1)


def test_who_checked_and_when():
    dossier, user = dossier_of(), UserFactory()
    item = dossier.items.first()
    services.save_item(item, user, checked=True)
    assert (item.checked_by, item.checked_on is not None) == (user, True)
    services.save_item(item, UserFactory(), checked=True)
    assert item.checked_by == user  # the signature is of who checked, not of who saved last
    services.save_item(item, user, checked=False)
    assert item.checked_on is None


def test_the_folder_is_lent_once_at_a_time():
    dossier = dossier_of()
    today = dt.date(2026, 5, 4)
    loan = services.lend(DossierLoan(dossier=dossier, borrower="Phòng mẫu", lent_on=today, due_on=dt.date(2026, 5, 9)))
    assert loan.is_overdue
    with pytest.raises(ValidationError, match="Phòng mẫu"):
        services.lend(DossierLoan(dossier=dossier, borrower="Khác", lent_on=today, due_on=dt.date(2026, 6, 1)))
    services.take_back(loan)
    services.take_back(loan)
    assert not loan.is_overdue
    with pytest.raises(ValidationError) as refused:
        services.lend(DossierLoan(dossier=dossier, borrower="Khác", lent_on=today, due_on=dt.date(2026, 5, 1)))
    assert "due_on" in refused.value.message_dict
    assert "01/05/2026" in str(refused.value) or "2026-05-01" in str(refused.value)
