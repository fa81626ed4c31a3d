"""Models of the register, by concept."""

from heritage.catalog.models.batch import Batch, BatchedRecord, Outcome
from heritage.catalog.models.checklist import Checklist, ChecklistLine, OpinionRule
from heritage.catalog.models.custody import Custodian, Custody
from heritage.catalog.models.designation import Authority, Designation, RankPeriod
from heritage.catalog.models.details import RecordName, Relation, Source
from heritage.catalog.models.digest import TaskDigest
from heritage.catalog.models.digital import RecordObject
from heritage.catalog.models.dossier import Dossier, DossierLoan
from heritage.catalog.models.dossier_export import DossierExport, ExportKind
from heritage.catalog.models.dossier_item import DossierFile, DossierItem, PaperForm
from heritage.catalog.models.duplicate import LikelyPair
from heritage.catalog.models.edit_hold import EditHold
from heritage.catalog.models.festival import Calendar, FestivalYear, LeapMonth, LunarRule, MissingDay
from heritage.catalog.models.field_comment import FieldComment
from heritage.catalog.models.imported import ImportedRow
from heritage.catalog.models.kept import KeptVersion
from heritage.catalog.models.list_export import ListExport
from heritage.catalog.models.list_view import ListColumns, SavedList
from heritage.catalog.models.media import Dimension, Measure, MeasureUnit, RecordPicture, RecordTag, TaggedRecord
from heritage.catalog.models.museum import ConditionCheck, Movement, ObjectFile, ObjectLoan, Showing
from heritage.catalog.models.period import Period
from heritage.catalog.models.person import Consent, Lineage, Person, PersonalData, PersonTitle, Practice
from heritage.catalog.models.record import Record, record_saved
from heritage.catalog.models.register_import import (
    Deed,
    ImportedLine,
    RecordMeaning,
    RegisterImport,
    RowOutcome,
    Undone,
)
from heritage.catalog.models.restoration import (
    DamageKind,
    DamageReport,
    Moment,
    Restoration,
    RestorationPhase,
    RestorationPicture,
)
from heritage.catalog.models.state_period import StatePeriod
from heritage.catalog.models.survey import ConditionGrade, Survey, SurveyPhotograph, Threat
from heritage.catalog.models.term import Term
from heritage.catalog.models.trait_period import DayTrait, TraitPeriod
from heritage.catalog.models.union import RecordUnion, UnionKind
from heritage.catalog.models.unit_doubt import DoubtReason, UnitDoubt
from heritage.catalog.models.vocabulary import (
    Act,
    Confidence,
    CoordBasis,
    HeritageType,
    IchCategory,
    Kind,
    Licence,
    NameKind,
    Rank,
    RelationKind,
    Scheme,
    SourceKind,
)
from heritage.catalog.models.zone import ProtectionZone, ZoneKind

__all__ = [
    "Act",
    "Authority",
    "Batch",
    "BatchedRecord",
    "Calendar",
    "Checklist",
    "ChecklistLine",
    "ConditionCheck",
    "ConditionGrade",
    "Confidence",
    "Consent",
    "CoordBasis",
    "Custodian",
    "Custody",
    "DamageKind",
    "DamageReport",
    "DayTrait",
    "Deed",
    "Designation",
    "Dimension",
    "Dossier",
    "DossierExport",
    "DossierFile",
    "DossierItem",
    "DossierLoan",
    "DoubtReason",
    "EditHold",
    "ExportKind",
    "FestivalYear",
    "FieldComment",
    "HeritageType",
    "IchCategory",
    "ImportedLine",
    "ImportedRow",
    "KeptVersion",
    "Kind",
    "LeapMonth",
    "Licence",
    "LikelyPair",
    "Lineage",
    "ListColumns",
    "ListExport",
    "LunarRule",
    "Measure",
    "MeasureUnit",
    "MissingDay",
    "Moment",
    "Movement",
    "NameKind",
    "ObjectFile",
    "ObjectLoan",
    "OpinionRule",
    "Outcome",
    "PaperForm",
    "Period",
    "Person",
    "PersonTitle",
    "PersonalData",
    "Practice",
    "ProtectionZone",
    "Rank",
    "RankPeriod",
    "Record",
    "RecordMeaning",
    "RecordName",
    "RecordObject",
    "RecordPicture",
    "RecordTag",
    "RecordUnion",
    "RegisterImport",
    "Relation",
    "RelationKind",
    "Restoration",
    "RestorationPhase",
    "RestorationPicture",
    "RowOutcome",
    "SavedList",
    "Scheme",
    "Showing",
    "Source",
    "SourceKind",
    "StatePeriod",
    "Survey",
    "SurveyPhotograph",
    "TaggedRecord",
    "TaskDigest",
    "Term",
    "Threat",
    "TraitPeriod",
    "Undone",
    "UnionKind",
    "UnitDoubt",
    "ZoneKind",
    "record_saved",
]
