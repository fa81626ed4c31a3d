"""A visitor's address is the proxy's word, never the visitor's own."""

import pytest

from heritage.core import client


@pytest.mark.parametrize(
    ("is_behind", "forwarded", "direct", "address"),
    [
        (False, "", "203.0.113.5", "203.0.113.5"),
        (False, "10.0.0.1", "203.0.113.5", "203.0.113.5"),
        (True, "10.0.0.1, 198.51.100.7", "127.0.0.1", "198.51.100.7"),
        (True, "", "127.0.0.1", "127.0.0.1"),
        (True, "10.0.0.1, <script>", "127.0.0.1", "127.0.0.1"),
        (True, " 2001:DB8::1 ", "127.0.0.1", "2001:db8::1"),
        (True, "unknown", "", ""),
    ],
)
def test_the_last_address_of_the_proxy_counts(settings, rf, is_behind, forwarded, direct, address):
    settings.BEHIND_PROXY = is_behind
    request = rf.get("/", REMOTE_ADDR=direct, **({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}))
    assert client.address(request) == address
