"""The way back in a list's heading, and the list of sites, speak the language of each reader."""

import pytest

from heritage.accounts.models import Role
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

SAID = {"en": ["Home", "Port", "Site name", "Root page"], "vi": ["Trang chủ", "Cổng", "Tên trang mạng", "Trang gốc"]}


def test_headings_are_in_the_language_of_each_reader_in_turn(client):
    client.force_login(UserFactory(role=Role.ADMINISTRATOR))
    for language in ("en", "vi", "en"):
        asked = {"headers": {"accept-language": language}}
        home = client.get("/admin/snippets/catalog/record/", **asked).context["breadcrumbs_items"][0]["label"]
        columns = client.get("/admin/sites/", **asked).context["table"].columns
        heads = [columns[name].label for name in ("port", "site_name", "root_page")]
        assert [str(each) for each in (home, *heads)] == SAID[language]
