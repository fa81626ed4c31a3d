"""`/api/v1/`: what there is."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router

from heritage.core.addresses import absolute
from heritage.publishing.api.problems import refuse_unknown
from heritage.publishing.api.schemas import Answer, Texts

router = Router(tags=["root"])

TITLES: dict[str, Texts] = {
    "records": {"vi": "Hồ sơ di sản", "en": "Heritage records"},
    "places": {"vi": "Địa điểm du lịch và dịch vụ", "en": "Tourist places and services"},
    "works": {"vi": "Tác phẩm của thư viện", "en": "Works of the library"},
    "units": {"vi": "Đơn vị hành chính", "en": "Administrative units"},
    "search": {"vi": "Tìm kiếm", "en": "Search"},
    "nearby": {"vi": "Gần một điểm", "en": "Near a point"},
    "clusters": {"vi": "Số lượng theo ô trên bản đồ", "en": "Counts by cell of the map"},
}


class Collection(Answer):
    """One of the API's collections."""

    name: str
    title: Texts
    url: str


class Root(Answer):
    """The way in."""

    version: str
    openapi: str
    collections: list[Collection]


@router.get("/", response=Root, summary="List the collections")
def root(request: HttpRequest) -> dict[str, Any]:
    refuse_unknown(request, ())
    base = absolute(reverse("api-1:api-root"))
    collections = [{"name": name, "title": title, "url": f"{base}{name}"} for name, title in TITLES.items()]
    return {"version": "1", "openapi": f"{base}openapi.json", "collections": collections}
