"""Addresses of iiif: `root` stands at the site's root, `public` below the language prefix."""

from django.urls import URLPattern, URLResolver, path

from heritage.core import languages
from heritage.iiif.views import authorization, stream
from heritage.iiif.views.image import image
from heritage.iiif.views.pages import object_page, open_content
from heritage.iiif.views.pdf import object_pdf
from heritage.iiif.views.presentation import (
    canvas_annotations,
    collection,
    manifest,
    manifest_2,
    part,
    remarks,
    set_manifest,
)
from heritage.iiif.views.proposals import propose
from heritage.iiif.views.recordings import caption, recording
from heritage.iiif.views.text import canvas_alto, canvas_list, canvas_text, plain_text, search, suggest

PRESENTATION = "iiif/presentation/3"

root: list[URLPattern | URLResolver] = [
    path(f"{PRESENTATION}/collection/<str:name>", collection, name="iiif_collection"),
    path(f"{PRESENTATION}/set/<str:name>/manifest", set_manifest, name="set_manifest"),
    path(f"{PRESENTATION}/<str:identifier>/manifest", manifest, name="manifest"),
    path(f"{PRESENTATION}/<str:identifier>/canvas/<str:image>/text", canvas_text, name="canvas_text"),
    path(f"{PRESENTATION}/<str:identifier>/canvas/<str:image>/alto.xml", canvas_alto, name="canvas_alto"),
    path(
        f"{PRESENTATION}/<str:identifier>/canvas/<str:image>/<str:kind>", canvas_annotations, name="canvas_annotations"
    ),
    path(f"{PRESENTATION}/<str:identifier>/annotations/remarks", remarks, name="remarks"),
    path(f"{PRESENTATION}/<str:identifier>/canvas/<path:rest>", part, name="canvas"),
    path(f"{PRESENTATION}/<str:identifier>/range/<path:rest>", part, name="range"),
    path("iiif/presentation/2/<str:identifier>/manifest", manifest_2, name="manifest_2"),
    path("iiif/presentation/2/<str:identifier>/list/<str:image>", canvas_list, name="canvas_list"),
    *(
        path(f"iiif/search/{version}/<str:identifier>{end}", view, {"version": version}, name=f"{name}_{version}")
        for version in (2, 1)
        for end, view, name in (("", search, "search_within"), ("/suggest", suggest, "suggest_within"))
    ),
    path("iiif/activity/all-changes", stream.all_changes, name="activity_stream"),
    path("iiif/activity/page/<int:number>", stream.page, name="activity_page"),
    path("iiif/auth/probe/<str:image>", authorization.probe, name="iiif_probe"),
    path("iiif/auth/access", authorization.enter, name="iiif_access"),
    path("iiif/auth/token", authorization.token, name="iiif_token"),
    path("iiif/auth/1/token", authorization.token_1, name="iiif_token_1"),
    path("iiif/auth/logout", authorization.leave, name="iiif_logout"),
    path("iiif/text/<str:identifier>.txt", plain_text, name="object_text"),
    path("iiif/pdf/<str:identifier>.pdf", object_pdf, name="object_pdf"),
    path("iiif/recording/<str:image>", recording, name="recording"),
    path("iiif/model/<str:image>", recording, name="model"),
    *(
        path(
            f"iiif/captions/<str:image>/<str:language>.{ending}", caption, {"ending": ending}, name=f"caption_{ending}"
        )
        for ending in ("vtt", "txt")
    ),
    path("iiif/3/<path:rest>", image, name="image"),
    path("iiif/2/<path:rest>", image, name="image_2"),
]
public: list[URLPattern | URLResolver] = [
    path(languages.route("ban-so/", en="scans/"), open_content, name="open_content"),
    path(languages.route("ban-so/<str:identifier>/", en="scans/<str:identifier>/"), object_page, name="digital_object"),
    path(
        languages.route("ban-so/<str:identifier>/ghi-chu/", en="scans/<str:identifier>/remark/"),
        propose,
        name="propose_remark",
    ),
]
