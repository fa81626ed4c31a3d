"""The rules of lending are kept by librarians of the province, and by nobody else."""

import pytest
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.library.models import LibrarySettings
from tests.factories.accounts import UserFactory
from tests.factories.places import UnitFactory

pytestmark = pytest.mark.django_db

RULES = {
    "cards_active_at_once": "on",
    "card_years": "3",
    "loan_days": "21",
    "most_loans": "4",
    "most_holds": "5",
    "most_renewals": "2",
    "hold_days": "3",
}


def edit(client, user, **changes):
    client.force_login(user)
    address = reverse("wagtailsettings:edit", args=["library", "librarysettings", LibrarySettings.load().pk])
    return client.post(address, {**RULES, **changes})


def test_a_librarian_changes_the_rules(client):
    assert edit(client, UserFactory(role=Role.LIBRARIAN)).status_code == 302
    assert LibrarySettings.load().loan_days == 21


def test_a_senseless_rule_is_refused_by_its_field(client):
    answer = edit(client, UserFactory(role=Role.LIBRARIAN), loan_days="0")
    assert answer.status_code == 200
    assert "loan_days" in answer.context["form"].errors


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DEPARTMENT_EDITOR, Role.TOURISM_OFFICER])
def test_others_do_not(client, role):
    assert edit(client, UserFactory(role=role)).status_code in (302, 403)
    assert LibrarySettings.load().loan_days == 14


def test_a_role_in_one_commune_does_not_reach_the_rules(client):
    edit(client, UserFactory(role=Role.LIBRARIAN, unit=UnitFactory(level="commune")))
    assert LibrarySettings.load().loan_days == 14
