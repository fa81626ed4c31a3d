"""Addresses of library: `root` stands at the site's root, `public` below the language prefix."""

from typing import Any

from django.urls import URLPattern, URLResolver, path

from heritage.core.languages import route
from heritage.library.opds import views as opds
from heritage.library.views import cards, files, loans, reading, readings, shelves

root: list[URLPattern | URLResolver] = [
    path("opds/2/", opds.feed, name="opds2"),
    path("opds/2/works/<str:number>", opds.work, name="opds2_work"),
    path("library/works/<str:number>/audiobook.json", opds.audiobook, name="audiobook"),
    path("library/editions/<int:pk>", files.edition_file, name="edition_file"),
    path("library/readings/<int:pk>", readings.reading, name="reading"),
    path("library/tracks/<int:pk>", files.track_file, name="track_file"),
]


def _work(vi: str = "", en: str = "") -> Any:
    return route(f"thu-vien/<str:number>/{vi}", en=f"library/<str:number>/{en}")


def _loans(vi: str = "", en: str = "") -> Any:
    return route(f"tai-khoan/muon/{vi}", en=f"account/loans/{en}")


public: list[URLPattern | URLResolver] = [
    path(route("thu-vien/", en="library/"), shelves.library_home, name="library"),
    path(_work(), shelves.work_page, name="work"),
    path(_work("doc/", "read/"), reading.read, name="read"),
    path(_work("nghe/", "listen/"), reading.listen, name="listen"),
    path(route("tai-khoan/dang-ky/", en="account/register/"), cards.register, name="register"),
    path(_loans(), loans.my_loans, name="my_loans"),
    path(_loans("<int:pk>/muon/", "<int:pk>/borrow/"), loans.borrow, name="borrow"),
    path(_loans("<int:pk>/cho/", "<int:pk>/hold/"), loans.place_hold, name="place_hold"),
    path(_loans("<int:pk>/tra/", "<int:pk>/return/"), loans.return_loan, name="return_loan"),
    path(_loans("<int:pk>/gia-han/", "<int:pk>/renew/"), loans.renew_loan, name="renew_loan"),
    path(_loans("<int:pk>/thoi-cho/", "<int:pk>/cancel/"), loans.cancel_hold, name="cancel_hold"),
]
