"""The way back in a list's heading, and the list of sites, speak the language of each reader."""

import pytest

from heritage.accounts.models import Role
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "vi", "en"])
def test_a_heading_leads_home_in_the_readers_language(client, language):
    client.force_login(UserFactory(role=Role.ADMINISTRATOR))
    page = client.get("/admin/snippets/catalog/record/", headers={"accept-language": language})
    assert str(page.context["breadcrumbs_items"][0]["label"]) == {"en": "Home", "vi": "Trang chủ"}[language]
    sites = client.get("/admin/sites/", headers={"accept-language": language}).context["table"].columns
    said = {"en": ["Port", "Site name", "Root page"], "vi": ["Cổng", "Tên trang mạng", "Trang gốc"]}[language]
    assert [str(sites[name].label) for name in ("port", "site_name", "root_page")] == said
