"""Addresses of catalog: `root` stands at the site's root, `public` below the language prefix."""

from django.urls import URLPattern, URLResolver, path

from heritage.catalog.surveys import views as surveys
from heritage.catalog.views.dossier import public_dossier_file
from heritage.catalog.views.festivals import festival_calendar, festivals_ics, record_ics
from heritage.catalog.views.list import record_list
from heritage.catalog.views.people import people, person, person_portrait
from heritage.catalog.views.record import record_page
from heritage.catalog.zones.views import zones_geojson
from heritage.core.languages import route

root: list[URLPattern | URLResolver] = [
    path("survey/", surveys.survey_form, name="survey_form"),
    path("survey/sw.js", surveys.service_worker, name="survey_service_worker"),
    path("survey/session/", surveys.session, name="survey_session"),
    path("survey/receive/", surveys.receive, name="survey_receive"),
    path("survey/receive/<uuid:key>/", surveys.receive_photograph, name="survey_receive_photograph"),
    path("survey/photographs/<uuid:key>/", surveys.photograph, name="survey_photograph"),
]
public: list[URLPattern | URLResolver] = [
    path(route("di-san/", en="heritage/"), record_list, name="records"),
    path(route("di-san/<str:number>/", en="heritage/<str:number>/"), record_page, name="record"),
    path(route("di-san/<str:number>/lich.ics", en="heritage/<str:number>/calendar.ics"), record_ics, name="record_ics"),
    path(
        route("di-san/<str:number>/ho-so/<int:pk>/", en="heritage/<str:number>/dossier/<int:pk>/"),
        public_dossier_file,
        name="dossier_file",
    ),
    path(
        route("di-san/<str:number>/khu-vuc-bao-ve.geojson", en="heritage/<str:number>/protection-zones.geojson"),
        zones_geojson,
        name="zones_geojson",
    ),
    path(route("nghe-nhan/", en="people/"), people, name="people"),
    path(route("nghe-nhan/<str:code>/", en="people/<str:code>/"), person, name="person"),
    path(
        route("nghe-nhan/<str:code>/chan-dung/", en="people/<str:code>/portrait/"),
        person_portrait,
        name="person_portrait",
    ),
    path(route("le-hoi/", en="festivals/"), festival_calendar, name="festivals"),
    path(route("le-hoi/lich.ics", en="festivals/calendar.ics"), festivals_ics, name="festivals_ics"),
]
