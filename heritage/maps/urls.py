"""Addresses of maps: `root` stands at the site's root, `public` below the language prefix."""

from django.urls import URLPattern, URLResolver, path

from heritage.core.languages import route
from heritage.maps.views import embedding, figures, itinerary, place, places, printing, suggest, thematic, trip
from heritage.maps.views import map as map_views

root: list[URLPattern | URLResolver] = [
    path("oembed", embedding.oembed, name="oembed"),
]
public: list[URLPattern | URLResolver] = [
    path(route("ban-do/", en="map/"), map_views.map_page, name="map"),
    path(route("ban-do/diem.json", en="map/points.json"), map_views.points, name="map_points"),
    path(route("ban-do/cum.json", en="map/cluster.json"), map_views.cluster, name="map_cluster"),
    path(route("ban-do/so-luong.json", en="map/counts.json"), map_views.counts, name="map_counts"),
    path(route("ban-do/tim.json", en="map/find.json"), map_views.find, name="map_find"),
    path(route("ban-do/mat-do.json", en="map/density.json"), map_views.density, name="map_density"),
    path(route("ban-do/ban-do-xua.json", en="map/historical.json"), map_views.historical_maps, name="map_historical"),
    path(route("ban-do/so-lieu/", en="map/figures/"), figures.page, name="map_figures"),
    path(route("ban-do/so-lieu.json", en="map/figures.json"), figures.answer, name="map_figures_data"),
    path(route("ban-do/thoi-gian.json", en="map/times.json"), place.times, name="around_times"),
    path(route("hanh-trinh/", en="itineraries/"), itinerary.index, name="itineraries"),
    path(route("hanh-trinh/cua-toi/", en="itineraries/my-trip/"), trip.trip_page, name="trip"),
    path(route("hanh-trinh/cua-toi/ma.svg", en="itineraries/my-trip/code.svg"), trip.code, name="trip_code"),
    path(
        route("hanh-trinh/cua-toi/tep.<str:file_format>", en="itineraries/my-trip/file.<str:file_format>"),
        trip.download,
        name="trip_file",
    ),
    path(route("hanh-trinh/<slug:slug>/", en="itineraries/<slug:slug>/"), itinerary.page, name="itinerary"),
    path(route("ban-do/chuyen-de/", en="map/themes/"), thematic.index, name="thematic_maps"),
    path(route("ban-do/chuyen-de/<slug:slug>/", en="map/themes/<slug:slug>/"), thematic.page, name="thematic_map"),
    path(
        route("ban-do/chuyen-de/<slug:slug>/in.<str:file_format>", en="map/themes/<slug:slug>/print.<str:file_format>"),
        printing.thematic_print,
        name="thematic_print",
    ),
    path(route("ban-do/nhung/", en="map/embed/"), embedding.frame, name="map_frame"),
    path(route("ban-do/nhung/ma/", en="map/embed/code/"), embedding.code, name="map_frame_code"),
    path(route("ban-do/nhung/<slug:slug>/", en="map/embed/<slug:slug>/"), embedding.embed, name="map_embed"),
    path(route("ban-do/in.<str:file_format>", en="map/print.<str:file_format>"), printing.map_print, name="map_print"),
    path(route("ban-do/ma.svg", en="map/code.svg"), printing.code, name="map_code"),
    path(route("dia-diem/", en="places/"), places.places_list, name="places"),
    path(
        route("dia-diem/tep.<str:file_format>", en="places/file.<str:file_format>"), places.download, name="places_file"
    ),
    path(route("dia-diem/de-nghi/", en="places/propose/"), suggest.propose, name="propose_place"),
    path(
        route("dia-diem/<str:number>/gop-y/", en="places/<str:number>/correct/"), suggest.correct, name="correct_place"
    ),
    path(route("dia-diem/<str:number>/", en="places/<str:number>/"), place.place_page, name="place"),
]
