"""Services that a manifest names beside its images."""

from typing import Any

from heritage.iiif import addresses

SEARCH_1 = "http://iiif.io/api/search/1/search"
SEARCH_1_CONTEXT = "http://iiif.io/api/search/1/context.json"


def search_services(identifier: str) -> list[dict[str, Any]]:
    """Search within by Content Search 2.0, and by 1.0, the only one that Mirador 4 and Universal Viewer 4 look for."""
    second, first = addresses.search_url(identifier), addresses.search_url(identifier, 1)
    return [
        {
            "id": second,
            "type": "SearchService2",
            "service": [{"id": f"{second}/suggest", "type": "AutoCompleteService2"}],
        },
        {
            "@context": SEARCH_1_CONTEXT,
            "@id": first,
            "@type": "SearchService1",
            "profile": SEARCH_1,
            "service": [
                {
                    "@id": f"{first}/suggest",
                    "@type": "AutoCompleteService1",
                    "profile": "http://iiif.io/api/search/1/autocomplete",
                }
            ],
        },
    ]
