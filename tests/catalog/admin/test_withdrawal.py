"""Withdrawing through the admin: with a reason, by who may, and back again."""

import pytest
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.catalog.models import Record
from tests.catalog.admin.addresses import NAMESPACE
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, here):
    client.force_login(UserFactory(role=Role.DEPARTMENT_EDITOR, unit=here.unit.province))
    return client


def address(name, record):
    return reverse(f"{NAMESPACE}:{name}", args=[record.pk])


def test_a_reason_is_asked_for(office, here):
    response = office.post(address("withdraw", here.public), {"reason_vi": "  "})
    assert response.status_code == 200
    assert Record.objects.get(pk=here.public.pk).live
    assert response.context["form"].errors


def test_the_public_page_says_why_and_comes_back(office, here):
    page = here.public.get_absolute_url()
    office.post(address("withdraw", here.public), {"reason_vi": "Ghi trùng."})
    answer = office.get(page)
    assert answer.status_code == 410
    assert "Ghi trùng." in answer.content.decode()
    assert office.get(address("restore", here.public)).status_code == 200
    office.post(address("restore", here.public), {})
    assert office.get(page).status_code == 200


def test_withdrawing_twice_or_restoring_the_public_changes_nothing(office, here):
    assert office.post(address("restore", here.public), {}).status_code == 302
    office.post(address("withdraw", here.public), {"reason_vi": "Ghi trùng."})
    office.post(address("withdraw", here.public), {"reason_vi": "Lần hai."})
    assert "Lần hai." not in office.get(here.public.get_absolute_url()).content.decode()
