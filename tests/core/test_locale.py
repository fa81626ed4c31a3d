"""A 404 of a view stays one; an address without a language is sent to the one with it."""

import pytest


@pytest.mark.django_db
def test_what_a_view_answers_stays(client):
    assert client.get("/documents/999/none.pdf").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accept", "target"), [("en", "/en/something/"), ("vi", "/vi/something/"), ("km", "/vi/something/")]
)
def test_an_address_without_a_language_is_sent_on(client, accept, target):
    answer = client.get("/something/", HTTP_ACCEPT_LANGUAGE=accept)
    assert (answer.status_code, answer["Location"]) == (302, target)
