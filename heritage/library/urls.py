"""Addresses of library: `root` stands at the site's root, `public` below the language prefix."""

from typing import Any

from django.urls import URLPattern, URLResolver, path

from heritage.core.languages import route
from heritage.library.opds import koreader, parts_of_epub, progression
from heritage.library.opds import lending as opds_lending
from heritage.library.opds import views as opds
from heritage.library.views import (
    apps,
    cards,
    files,
    loans,
    names,
    notes,
    podcast,
    questions,
    reading,
    readings,
    records,
    shelves,
)

root: list[URLPattern | URLResolver] = [
    path("opds/", opds.atom_feed, name="opds1_old"),
    path("opds/1/", opds.atom_feed, name="opds1"),
    path("opds/1/works/<str:number>", opds.atom_work, name="opds1_work"),
    path("opds/1/search.xml", opds.open_search, name="opds_search"),
    path("opds/1/editions/<int:pk>/borrow", opds_lending.borrow, {"version": 1}),
    path("opds/1/editions/<int:pk>/return", opds_lending.give_back, {"version": 1}),
    path("opds/authentication", opds.authentication_document, name="opds_authentication"),
    path("opds/2/", opds.feed, name="opds2"),
    path("opds/2/shelf", opds_lending.shelf, name="opds2_shelf"),
    path("opds/2/profile", opds_lending.profile, name="opds2_profile"),
    path("opds/2/editions/<int:pk>/borrow", opds_lending.borrow, name="opds_borrow"),
    path("opds/2/editions/<int:pk>/return", opds_lending.give_back, name="opds_return"),
    path("opds/2/works/<str:number>", opds.work, name="opds2_work"),
    path("opds/progression/<int:pk>", progression.progression, name="opds_progression"),
    path("kosync/healthcheck", koreader.health, name="kosync"),
    path("kosync/users/create", koreader.register),
    path("kosync/users/auth", koreader.authorise, name="kosync_login"),
    path("kosync/syncs/progress", koreader.update, name="kosync_update"),
    path("kosync/syncs/progress/<str:document>", koreader.fetch, name="kosync_fetch"),
    path("library/works/<str:number>/audiobook.json", opds.audiobook, name="audiobook"),
    path("library/editions/<int:pk>/manifest.json", parts_of_epub.manifest, name="webpub"),
    path("library/editions/<int:pk>/parts/<path:name>", parts_of_epub.part, name="webpub_part"),
    path("library/subjects.jsonld", records.subjects, name="library_subjects"),
    path("library/works/<str:number>/marc.xml", records.marcxml, name="work_marcxml"),
    path("library/works/<str:number>/dc.xml", records.dublin_core_xml, name="work_dublin_core"),
    path("library/works/<str:number>/podcast.xml", podcast.podcast, name="podcast"),
    path("library/chapters/<int:pk>/qr.svg", podcast.chapter_code, name="chapter_code"),
    path("library/chapters/<int:pk>", podcast.chapter, name="chapter"),
    path("library/editions/<int:pk>", files.edition_file, name="edition_file"),
    path("library/readings/<int:pk>", readings.reading, name="reading"),
    path("library/tracks/<int:pk>", files.track_file, name="track_file"),
    path("library/tracks/<int:pk>/transcript.vtt", files.transcript, name="transcript"),
]


def _work(vi: str = "", en: str = "") -> Any:
    return route(f"thu-vien/<str:number>/{vi}", en=f"library/<str:number>/{en}")


def _loans(vi: str = "", en: str = "") -> Any:
    return route(f"tai-khoan/muon/{vi}", en=f"account/loans/{en}")


public: list[URLPattern | URLResolver] = [
    path(route("thu-vien/", en="library/"), shelves.library_home, name="library"),
    path(route("thu-vien/hoi-dap/", en="library/ask/"), questions.questions, name="library_questions"),
    path(route("thu-vien/hoi-dap/<int:pk>/", en="library/ask/<int:pk>/"), questions.question, name="library_question"),
    path(route("thu-vien/tac-gia/<int:pk>/", en="library/names/<int:pk>/"), names.name, name="library_name"),
    path(_work(), shelves.work_page, name="work"),
    path(_work("doc/", "read/"), reading.read, name="read"),
    path(_work("nghe/", "listen/"), reading.listen, name="listen"),
    path(route("tai-khoan/dang-ky/", en="account/register/"), cards.register, name="register"),
    path(route("tai-khoan/ghi-chu/", en="account/notes/"), notes.my_notes, name="my_notes"),
    path(route("tai-khoan/ung-dung/", en="account/apps/"), apps.my_apps, name="my_apps"),
    path(_loans(), loans.my_loans, name="my_loans"),
    path(_loans("<int:pk>/muon/", "<int:pk>/borrow/"), loans.borrow, name="borrow"),
    path(_loans("<int:pk>/cho/", "<int:pk>/hold/"), loans.place_hold, name="place_hold"),
    path(_loans("<int:pk>/tra/", "<int:pk>/return/"), loans.return_loan, name="return_loan"),
    path(_loans("<int:pk>/gia-han/", "<int:pk>/renew/"), loans.renew_loan, name="renew_loan"),
    path(_loans("<int:pk>/thoi-cho/", "<int:pk>/cancel/"), loans.cancel_hold, name="cancel_hold"),
]
