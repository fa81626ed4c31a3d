"""Addresses of maps: `root` stands at the site's root, `public` below the language prefix."""

from django.urls import URLPattern, URLResolver, path

from heritage.core.languages import route
from heritage.maps.views import map as map_views
from heritage.maps.views import place, places

root: list[URLPattern | URLResolver] = []
public: list[URLPattern | URLResolver] = [
    path(route("ban-do/", en="map/"), map_views.map_page, name="map"),
    path(route("ban-do/diem.json", en="map/points.json"), map_views.points, name="map_points"),
    path(route("ban-do/cum.json", en="map/cluster.json"), map_views.cluster, name="map_cluster"),
    path(route("dia-diem/", en="places/"), places.places_list, name="places"),
    path(route("dia-diem/<str:number>/", en="places/<str:number>/"), place.place_page, name="place"),
]
