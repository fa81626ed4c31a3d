"""A NUL in an address reaches no database: PostgreSQL would answer it with an error of its own."""

import pytest

pytestmark = pytest.mark.django_db

QUERIES = [
    "/vi/di-san/?q=a%00b&unit=%00",
    "/vi/tim-kiem/?q=%00",
    "/api/v1/search?q=a%00b",
    "/vi/thu-vien/?q=%00",
]


@pytest.mark.parametrize("path", ["/vi/di-san/TN%0001/", "/id/TN01%00", "/q/1A0B2C%00", "/api/v1/records/TN01%00"])
def test_no_address_has_one(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "%00" in response.content.decode()


@pytest.mark.parametrize("path", QUERIES)
def test_a_query_is_read_without_it(client, path):
    assert client.get(path).status_code == 200
