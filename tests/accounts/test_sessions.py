"""One door for staff and readers; eight failures close it for a while, at every door."""

import pytest
from django.urls import reverse
from django.utils import translation

from heritage.accounts.models import Role
from heritage.accounts.views.sessions import STAFF_SESSION_SECONDS
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def log_in(client, username, password=PASSWORD, **extra):
    return client.post(reverse("login"), {"username": username, "password": password, **extra})


def test_staff_come_to_the_admin_for_a_working_day(client):
    user = UserFactory(role=Role.COMMUNE_EDITOR)
    assert log_in(client, user.username)["Location"] == "/admin/"
    assert client.session.get_expiry_age() == pytest.approx(STAFF_SESSION_SECONDS, abs=5)


def test_readers_do_not_come_to_the_admin(client):
    assert not log_in(client, UserFactory().username)["Location"].startswith("/admin/")
    assert client.get("/admin/").status_code == 302


def test_a_foreign_address_is_not_followed(client):
    user = UserFactory(role=Role.COMMUNE_EDITOR)
    assert log_in(client, user.username, next="https://evil.example/")["Location"] == "/admin/"


def test_the_admin_leads_to_the_public_door_and_back(client):
    answer = client.get("/admin/snippets/catalog/record/")
    assert answer["Location"].startswith(reverse("login"))
    assert "next=/admin/snippets/catalog/record/" in answer["Location"]


def test_a_failure_keeps_the_name_and_says_what_to_do(client):
    page = log_in(client, "ai-do", "sai").content.decode()
    assert 'value="ai-do"' in page
    assert "không khớp" in page or "do not match" in page


def test_log_out_only_by_post(client):
    client.force_login(UserFactory())
    assert client.get(reverse("logout")).status_code == 405
    assert "_auth_user_id" in client.session
    client.post(reverse("logout"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("language", ["vi", "en"])
def test_log_out_keeps_the_language_of_the_page(client, language):
    with translation.override(language):
        address = reverse("logout")
    other = {"vi": "en", "en": "vi"}[language]
    assert client.post(address, headers={"accept-language": other})["Location"] == f"/{language}/"


@pytest.mark.parametrize("door", ["login", "wagtailadmin_login"])
def test_eight_failures_close_both_doors(client, settings, door):
    settings.AXES_ENABLED = True
    user = UserFactory(role=Role.COMMUNE_EDITOR)
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        answer = client.post(reverse(door), {"username": user.username, "password": "sai"})
    assert answer.status_code == 429
    assert "15" in answer.content.decode()
    for other in ("login", "wagtailadmin_login"):
        assert client.post(reverse(other), {"username": user.username, "password": PASSWORD}).status_code == 429


@pytest.mark.parametrize("name", ["login", "password_forgotten", "password_message_sent", "password_changed"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_in_both_languages(client, name, language):
    with translation.override(language):
        url = reverse(name)
    answer = client.get(url)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()


def test_a_forgotten_password(client, mailoutbox):
    user = UserFactory(email="can-bo@example.org")
    for address in (user.email, "khong-ai@example.org"):
        assert client.post(reverse("password_forgotten"), {"email": address})["Location"] == reverse(
            "password_message_sent"
        )
    assert len(mailoutbox) == 1
    link = next(line for line in mailoutbox[0].body.splitlines() if line.startswith("http"))
    form = client.get(link.split("testserver", 1)[1], follow=True)
    answer = client.post(
        form.request["PATH_INFO"], {"new_password1": "mua-dong-2026", "new_password2": "mua-dong-2026"}
    )
    assert answer["Location"] == reverse("password_changed")
    assert log_in(client, user.username, "mua-dong-2026").status_code == 302
