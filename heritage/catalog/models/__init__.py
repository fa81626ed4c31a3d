"""Models of the register, by concept."""

from heritage.catalog.models.designation import Authority, Designation, RankPeriod
from heritage.catalog.models.details import RecordName, Relation, Source
from heritage.catalog.models.digital import RecordObject
from heritage.catalog.models.festival import Calendar, FestivalYear, LeapMonth, LunarRule, MissingDay
from heritage.catalog.models.imported import ImportedRow
from heritage.catalog.models.period import Period
from heritage.catalog.models.record import Record, record_saved
from heritage.catalog.models.vocabulary import (
    Act,
    Confidence,
    CoordBasis,
    HeritageType,
    IchCategory,
    Kind,
    NameKind,
    Rank,
    RelationKind,
    Scheme,
)

__all__ = [
    "Act",
    "Authority",
    "Calendar",
    "Confidence",
    "CoordBasis",
    "Designation",
    "FestivalYear",
    "HeritageType",
    "IchCategory",
    "ImportedRow",
    "Kind",
    "LeapMonth",
    "LunarRule",
    "MissingDay",
    "NameKind",
    "Period",
    "Rank",
    "RankPeriod",
    "Record",
    "RecordName",
    "RecordObject",
    "Relation",
    "RelationKind",
    "Scheme",
    "Source",
    "record_saved",
]
