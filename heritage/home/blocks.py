"""What editors build pages from: texts, pictures, quotes, and the archive's own records and books."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from heritage.maps.layers import LAYERS

RICH_TEXT = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class PictureBlock(blocks.StructBlock):
    """A picture with a caption; its credit comes from the picture itself."""

    image = ImageChooserBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "home/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("words"), max_length=1000)
    source = blocks.CharBlock(label=_("who said or wrote it, and where"), required=False, max_length=300)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "home/blocks/quote.html"


class NoticeBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=pgettext_lazy("of a block", "title"), required=False, max_length=120)
    text = blocks.TextBlock(label=pgettext_lazy("of a block", "text"), max_length=600)

    class Meta:
        icon = "info-circle"
        label = _("Notice")
        template = "home/blocks/notice.html"


class LiveChooserBlock(SnippetChooserBlock):
    """A thing of the archive, shown only while the public may see it."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "shown": value if value is not None and value.live else None}


class RecordBlock(LiveChooserBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__("catalog.Record", **kwargs)

    class Meta:
        icon = "doc-full"
        label = _("Heritage record")
        template = "home/blocks/record.html"


class WorkBlock(LiveChooserBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__("library.Work", **kwargs)

    class Meta:
        icon = "openquote"
        label = _("Book")
        template = "home/blocks/work.html"


class MapBlock(LiveChooserBlock):
    """A thematic map: the map itself, with a way to its page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("maps.ThematicMap", **kwargs)

    class Meta:
        icon = "globe"
        label = _("Thematic map")
        template = "maps/blocks/thematic.html"


class ItineraryBlock(LiveChooserBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__("maps.Itinerary", **kwargs)

    class Meta:
        icon = "list-ol"
        label = _("Itinerary")
        template = "maps/blocks/itinerary.html"


class SiteMapBlock(LiveChooserBlock):
    """The map around a record, as on its page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("catalog.Record", **kwargs)

    class Meta:
        icon = "site"
        label = _("Map of a site")
        template = "maps/blocks/site.html"


class TourismMapBlock(blocks.StructBlock):
    """The tourism map with the layers and the view that an editor chooses."""

    layers = blocks.MultipleChoiceBlock(
        label=_("layers"),
        choices=[(layer.slug, layer.label) for layer in LAYERS],
        required=False,
        help_text=_("None chosen: all of them."),
    )
    latitude = blocks.FloatBlock(label=_("latitude"), required=False, min_value=-85, max_value=85)
    longitude = blocks.FloatBlock(label=_("longitude"), required=False, min_value=-180, max_value=180)
    zoom = blocks.IntegerBlock(label=_("zoom"), default=8, min_value=4, max_value=18)

    class Meta:
        icon = "globe"
        label = _("Tourism map")
        template = "maps/blocks/tourism.html"


class BodyBlock(blocks.StreamBlock):
    """The body of stories, news and standing pages."""

    heading = blocks.CharBlock(label=_("Heading"), icon="title", max_length=200, template="home/blocks/heading.html")
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT, template="home/blocks/text.html")
    picture = PictureBlock()
    quote = QuoteBlock()
    notice = NoticeBlock()
    record = RecordBlock()
    work = WorkBlock()
    map = MapBlock()
    itinerary = ItineraryBlock()
    site_map = SiteMapBlock()
    tourism_map = TourismMapBlock()
