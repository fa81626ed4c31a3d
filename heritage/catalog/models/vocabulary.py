"""The words of the register: kinds, types, ranks, acts, each a key that never changes with a label that may."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    MONUMENT = "monument", _("monument or site")
    COMPONENT = "component", _("part of a complex")
    ICH = "ich", _("intangible heritage")
    OBJECT = "object", _("movable object")
    TREASURE = "treasure", _("national treasure")
    DOCUMENTARY = "documentary", _("documentary heritage")
    FESTIVAL = "festival", _("festival")
    PLACE_NAME = "place_name", _("street or place name")


class HeritageType(models.TextChoices):
    """Types of monuments (Law on Cultural Heritage); official lists print combinations, so a record has many."""

    HISTORICAL = "historical", _("historical")
    ARCHITECTURAL = "architectural", _("architectural and artistic")
    ARCHAEOLOGICAL = "archaeological", _("archaeological")
    SCENIC = "scenic", _("scenic")


class IchCategory(models.TextChoices):
    """Kinds of intangible heritage as decided: seven names until 30 June 2025, then the six of Law 45/2024/QH15."""

    LANGUAGE = "language_script", _("language and script")
    LITERATURE = "folk_literature", _("folk literature")
    PERFORMING_ART = "performing_art", _("folk performing art")
    SOCIAL_PRACTICE = "social_practice", _("social practice")
    FESTIVAL = "festival", _("traditional festival")
    CRAFT = "craft", _("traditional craft (older law)")
    KNOWLEDGE = "folk_knowledge", _("folk knowledge")
    ORAL_EXPRESSION_2024 = "oral_expression_2024", _("oral traditions and expressions")
    PERFORMING_ART_2024 = "performing_art_2024", _("performing art")
    SOCIAL_PRACTICE_2024 = "social_practice_2024", _("social practice and belief")
    FESTIVAL_2024 = "festival_2024", _("traditional festival (2024 law)")
    KNOWLEDGE_2024 = "folk_knowledge_2024", _("folk knowledge (2024 law)")
    CRAFT_2024 = "craft_2024", _("traditional craft")


IN_2024_LAW = {
    IchCategory.LANGUAGE: IchCategory.ORAL_EXPRESSION_2024,
    IchCategory.LITERATURE: IchCategory.ORAL_EXPRESSION_2024,
    IchCategory.PERFORMING_ART: IchCategory.PERFORMING_ART_2024,
    IchCategory.SOCIAL_PRACTICE: IchCategory.SOCIAL_PRACTICE_2024,
    IchCategory.FESTIVAL: IchCategory.FESTIVAL_2024,
    IchCategory.CRAFT: IchCategory.CRAFT_2024,
    IchCategory.KNOWLEDGE: IchCategory.KNOWLEDGE_2024,
}
"""The seven older names as the six of article 10, Law 45/2024/QH15; the decision keeps its own word."""


class Rank(models.TextChoices):
    """What a decision gives: a rank of monuments, or a place on a national or international list."""

    INVENTORY = "inventory", _("heritage inventory")
    PROVINCIAL = "provincial", _("provincial monument")
    NATIONAL = "national", _("national monument")
    SPECIAL_NATIONAL = "special_national", _("special national monument")
    NATIONAL_LIST = "national_list", _("national list of intangible heritage")
    NATIONAL_TREASURE = "national_treasure", _("national treasure")
    NATIONAL_DOCUMENTARY = "national_documentary", _("national list of documentary heritage")
    UNESCO_REPRESENTATIVE = "unesco_representative", _("UNESCO Representative List")
    UNESCO_URGENT = "unesco_urgent", _("UNESCO Urgent Safeguarding List")
    UNESCO_GOOD_PRACTICES = "unesco_good_practices", _("UNESCO Register of Good Practices")
    MOWCAP = "mowcap", _("Memory of the World, Asia-Pacific register")
    MOW_INTERNATIONAL = "mow_international", _("Memory of the World, international register")
    WORLD_HERITAGE = "world_heritage", _("World Heritage List")
    UNESCO_MASTERPIECE = "unesco_masterpiece", _("UNESCO Masterpiece of Oral Heritage")
    GLOBAL_GEOPARK = "global_geopark", _("UNESCO Global Geopark")


class Scheme(models.TextChoices):
    """Which series of acts a rank belongs to; an act ends only what its own series gave."""

    STATE = "state", _("ranked by the State")
    WORLD = "world", _("international lists")
    HONOUR = "honour", _("honours beside the rank")


STATE_RANKS = frozenset(
    {
        Rank.INVENTORY,
        Rank.PROVINCIAL,
        Rank.NATIONAL,
        Rank.SPECIAL_NATIONAL,
        Rank.NATIONAL_LIST,
        Rank.NATIONAL_TREASURE,
        Rank.NATIONAL_DOCUMENTARY,
    }
)
HONOURS = frozenset({Rank.WORLD_HERITAGE, Rank.UNESCO_MASTERPIECE, Rank.GLOBAL_GEOPARK})


def scheme_of(rank: str) -> Scheme:
    """The series of acts that `rank` belongs to; an act without a rank speaks of the State's ranking."""
    if rank in HONOURS:
        return Scheme.HONOUR
    return Scheme.STATE if not rank or rank in STATE_RANKS else Scheme.WORLD


class Act(models.TextChoices):
    RANK = "rank", _("ranks")
    UPGRADE = "upgrade", _("upgrades")
    ADD_PARTS = "add_parts", _("adds parts")
    ADJUST_ZONES = "adjust_zones", _("adjusts protection zones")
    CANCEL = "cancel", _("cancels")
    CORRECT = "correct", _("corrects")


class CoordBasis(models.TextChoices):
    """What a point stands on; its accuracy in metres is a figure of its own."""

    SURVEYED = "surveyed", _("surveyed on the spot")
    SOURCE = "source", _("the site, from a published source")
    KNOWLEDGE = "knowledge", _("the site, from general knowledge")
    COMMUNE = "commune", _("centre of the commune")


class Confidence(models.TextChoices):
    SOURCED = "sourced", _("from a source")
    PARTLY = "partly", _("partly from a source")
    APPROXIMATE = "approximate", _("from general knowledge, not checked")


class NameKind(models.TextChoices):
    """Beside the official name and its English form, which are columns of the record."""

    OTHER = "other", _("other name")
    FORMER = "former", _("former name")
    HAN_NOM = "han_nom", _("name in Hán-Nôm")
    OFFICIAL = "official", _("official name in another decision")
    ENGLISH = "english", _("other name in English")


class RelationKind(models.TextChoices):
    """Read as "this record ... that record"."""

    CELEBRATED_AT = "celebrated_at", _("is celebrated at")
    PRACTISED_AT = "practised_at", _("is practised at")
    KEPT_AT = "kept_at", _("is kept at")
    MOVED_TO = "moved_to", _("was moved to")
    MADE_FOR = "made_for", _("was made for")
    DESCRIBED_IN = "described_in", _("is described in")
    SEE_ALSO = "see_also", _("see also")


class Licence(models.TextChoices):
    """What others may do with a text or picture; the addresses are in `LICENCE_URLS`."""

    PUBLIC_DOMAIN = "public_domain", _("public domain")
    CC0 = "cc0", "CC0 1.0"
    CC_BY = "cc_by", "CC BY 4.0"
    CC_BY_SA = "cc_by_sa", "CC BY-SA 4.0"
    CC_BY_NC = "cc_by_nc", "CC BY-NC 4.0"
    IN_COPYRIGHT = "in_copyright", _("in copyright")
    NOT_EVALUATED = "not_evaluated", _("copyright not evaluated")


LICENCE_URLS = {
    Licence.PUBLIC_DOMAIN: "https://creativecommons.org/publicdomain/mark/1.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY_NC: "https://creativecommons.org/licenses/by-nc/4.0/",
    Licence.IN_COPYRIGHT: "http://rightsstatements.org/vocab/InC/1.0/",
    Licence.NOT_EVALUATED: "http://rightsstatements.org/vocab/CNE/1.0/",
}


class SourceKind(models.TextChoices):
    FACTS = "facts", _("source of the facts")
    READING = "reading", _("bibliography")
