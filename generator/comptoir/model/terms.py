"""The closed vocabularies: what a word may be (docs/glossary.md says what each means)."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Lifecycle(StrEnum):
    """Where a service stands (ITIL: pipeline, catalogue, retired)."""

    PIPELINE = "pipeline"
    LIVE = "live"
    RETIRING = "retiring"
    RETIRED = "retired"


class Maturity(StrEnum):
    """Age of a service on its market; a mature one has 90–95 % coverage."""

    LAUNCH = "launch"
    GROWTH = "growth"
    MATURE = "mature"
    DECLINE = "decline"


class Rhythm(StrEnum):
    """What the customer's time is like there, hence what quality means."""

    OCCUPIED = "occupied"  # relationship, information while waiting
    DENIED = "denied"  # ease
    COUNTED = "counted"  # promise kept, efficiency
    DENSE = "dense"  # total quality


class PriceModel(StrEnum):
    INCLUDED = "included"  # nothing to pay: the department's budget
    ONE_OFF = "one-off"
    SUBSCRIPTION = "subscription"
    USAGE = "usage"
    QUOTE = "quote"


class AgreementKind(StrEnum):
    SLA = "sla"  # promise to the client
    OLA = "ola"  # promise between teams or with a partner
    UC = "uc"  # contract with a supplier


class Metric(StrEnum):
    """What a target measures."""

    TTO = "tto"  # time to own
    TTR = "ttr"  # time to restore or resolve
    AVAILABILITY = "availability"
    RELIABILITY = "reliability"
    RPO = "rpo"
    RTO = "rto"
    DELIVERY = "delivery"
    SATISFACTION = "satisfaction"
    ANSWER_TIME = "answer_time"


class Unit(StrEnum):
    PERCENT = "percent"
    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"  # elapsed, day and night
    DAYS = "days"  # elapsed
    WORKING_MINUTES = "working-minutes"  # within the agreement's calendar
    WORKING_HOURS = "working-hours"
    WORKING_DAYS = "working-days"
    SCORE_5 = "score-5"  # mean on a scale of 1 to 5
    SCORE_10 = "score-10"
    INCIDENTS_PER_QUARTER = "incidents-per-quarter"


class Priority(StrEnum):
    P1 = "p1"
    P2 = "p2"
    P3 = "p3"
    P4 = "p4"
    P5 = "p5"
    P6 = "p6"
    P7 = "p7"
    P8 = "p8"
    P9 = "p9"


class Criticality(StrEnum):
    """What happens to a service when what it depends on stops."""

    CRITICAL = "critical"  # it stops too
    DEGRADED = "degraded"  # it works less well
    MINOR = "minor"  # hardly noticed


class SegmentProfile(StrEnum):
    CORE_TARGET = "core-target"
    SENSITIVE_TARGET = "sensitive-target"
    ADVOCATES = "advocates"


class Potential(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Lever(StrEnum):
    """Loyalty levers of the third step, Favour."""

    SATISFACTION = "satisfaction"
    BRAND_AND_HABIT = "brand-and-habit"
    CONVENIENCE = "convenience"
    RELATIONSHIP = "relationship"


class Strategy(StrEnum):
    REWARD = "reward"
    INTENSIFICATION = "intensification"
    LOCK_IN = "lock-in"
    WIN_BACK = "win-back"


class Circle(StrEnum):
    """Circles of influence, from the nearest."""

    CLIENTS_AND_STAFF = "clients-and-staff"
    PROSPECTS_SUPPLIERS_LOST = "prospects-suppliers-lost-clients"
    PUBLIC = "media-investors-administration-competitors"


class NeedKind(StrEnum):
    BASIC = "basic"
    PERFORMANCE = "performance"
    DELIGHT = "delight"


class NeedMet(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class PartnerKind(StrEnum):
    INTERNAL = "internal"
    SUPPLIER = "supplier"


class ActionStatus(StrEnum):
    PLANNED = "planned"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    CANCELLED = "cancelled"


class Civility(StrEnum):
    """How a letter addresses a person."""

    MADAM = "madam"
    SIR = "sir"


class CommitteeKind(StrEnum):
    STRATEGIC = "strategic"
    TACTICAL = "tactical"
    OPERATIONAL = "operational"
    EVENT = "event"  # open to all, such as a Techday


class PosterSize(StrEnum):
    A1 = "a1"
    A2 = "a2"
    A3 = "a3"


class PrintKind(StrEnum):
    """A kind of printed file, as `print.make` chooses it."""

    SHEETS = "sheets"
    CATALOGUE = "catalogue"
    POSTER = "poster"
    COVER = "cover"
    LEAFLET = "leaflet"
    REPORTS = "reports"
    SLIDES = "slides"
    SLIDES_TEMPLATE = "slides-template"


class Misfits(StrEnum):
    """What becomes of a document whose texts do not fit."""

    REFUSE = "refuse"
    LEAVE_OUT = "leave-out"


class Customers(StrEnum):
    """Whether clients pay."""

    INTERNAL = "internal"
    EXTERNAL = "external"


class Weight(StrEnum):
    """What tells a large client from a small one."""

    REVENUE = "revenue"
    VOLUME = "volume"
    USERS = "users"


class Crossing(StrEnum):
    """Which side the item that crosses a threshold is on; see decision 0006."""

    STARTS = "starts"  # in the class it starts in: below the threshold before it is added
    ENDS = "ends"  # in the class it ends in: still not above the threshold once it is added


class FollowedBy(StrEnum):
    """What a cohort is made of."""

    CLIENTS = "clients"
    SUBSCRIPTIONS = "subscriptions"


class SignalKind(StrEnum):
    """What announces that a client may leave."""

    NOT_RENEWED = "not-renewed"
    RISING_CALLS = "rising-calls"
    REPEATED_COMPLAINTS = "repeated-complaints"
    FALLING_USE = "falling-use"
    FALLING_SATISFACTION = "falling-satisfaction"


class LetterWindow(StrEnum):
    RIGHT = "right"
    LEFT = "left"


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"

    @property
    def higher_is_better(self) -> bool | None:
        """None where neither way is."""
        return None if self is Direction.NEITHER else self is Direction.HIGHER

    def excess(self, value: Fraction | Decimal, aim: Fraction | Decimal) -> Fraction:
        """By how much a value is on the better side of what is aimed at, below zero on the worse side.

        Where neither way is better, the larger one is the one to look at first: it counts as the worse.
        """
        away = Fraction(value) - Fraction(aim)
        return away if self is Direction.HIGHER else -away


class OverTime(StrEnum):
    """What the values of several days become in a period that holds them."""

    TOTAL = "total"  # a flow: calls, amounts
    MEAN = "mean"  # a level, such as staff or licences: the mean of the days that have rows
    LAST = "last"  # a level: that of the last day that has rows


class Counts(StrEnum):
    """What the numbers of a ratio add up."""

    CASES = "cases"  # the numerator is a part of the denominator: a share, with an interval and tests
    AMOUNTS = "amounts"


class FieldOwner(StrEnum):
    """What may have a field of the project's own."""

    SERVICE = "service"
    FAMILY = "family"
    AGREEMENT = "agreement"
    SEGMENT = "segment"
    PARTNER = "partner"


class OwnFieldType(StrEnum):
    """What the values of a field of the project's own are."""

    NAME = "name"
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    LINK = "link"
    YES_NO = "yes-no"
    CHOICE = "choice"


class FieldPlace(StrEnum):
    """Where a field of the project's own is shown."""

    PAGE = "page"
    SHEET = "sheet"
    LIST = "list"
    EXPORT = "export"


class ScorecardCheck(StrEnum):
    """What a service may be asked to have by those who keep the catalogue."""

    OWNER = "owner"
    REVIEWED = "reviewed"
    BENEFITS = "benefits"
    DESCRIPTION = "description"
    NEEDS = "needs"
    KEYWORDS = "keywords"
    QUESTIONS = "questions"
    REQUEST = "request"
    DELAY = "delay"
    TRANSLATED = "translated"
    OWN_FIELDS = "own-fields"
    AGREEMENT = "agreement"
    MEASURED = "measured"
    PROMISES_MEASURED = "promises-measured"
