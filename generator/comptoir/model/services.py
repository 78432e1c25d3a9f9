"""Families and services: what a customer recognises and can ask for."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from comptoir.model.base import (
    AgreementRef,
    Article,
    CalendarRef,
    Colour,
    Day,
    Email,
    FamilyRef,
    FilePath,
    Identifier,
    Item,
    Line,
    Model,
    Name,
    Paragraph,
    PartnerRef,
    PictogramRef,
    SegmentRef,
    ServiceRef,
    Text,
    Title,
    Url,
    fault_at,
)
from comptoir.model.organisation import Contact
from comptoir.model.terms import Criticality, Lifecycle, Maturity, PriceModel, Rhythm
from comptoir.model.titled import NamedEntity, Summary, TitledEntity


class Family(TitledEntity):
    """catalogue/families/*.yaml: services that share a pictogram and a colour."""

    summary: Summary = Field(description="What the family is for, in the customer's words.")
    description: Article | None = None
    pictogram: PictogramRef
    colour: Colour = Field(description="Colour of the family; white text is laid on it.")
    order: int = Field(default=100, ge=0, le=999, description="Rank among the families, the smallest first.")


class Price(Model):
    """What it costs, and whom."""

    model: PriceModel
    amount: Decimal | None = Field(
        default=None, ge=0, max_digits=12, decimal_places=2, description="In the organisation's currency."
    )
    per: Name | None = Field(default=None, description="What one pays for, such as 'user and month'.")
    note: Line | None = None

    @model_validator(mode="after")
    def _amount_fits_model(self) -> Self:
        needs_amount = self.model in (PriceModel.ONE_OFF, PriceModel.SUBSCRIPTION, PriceModel.USAGE)
        if needs_amount and self.amount is None:
            raise fault_at(("model",), "price_amount", "a price of this model needs an 'amount'")
        if not needs_amount and self.amount is not None:
            raise fault_at(("amount",), "price_amount", "a price of this model has no 'amount'")
        return self


class RequestItem(Model):
    """A thing one can ask for within a service; not a service."""

    id: Identifier
    name: Title
    summary: Line | None = None
    url: Url | None = Field(
        default=None, description="Where to ask; the service's own link or e-mail if left out."
    )
    delay: Item | None = Field(default=None, description="How long it takes, such as 'two working days'.")
    price: Price | None = None
    approval: Item | None = Field(default=None, description="Who must agree first.")


class Request(Model):
    """How one asks. With neither link nor e-mail: an e-mail to the functional mailbox."""

    url: Url | None = Field(default=None, description="Page of the portal where one asks.")
    email: Email | None = Field(
        default=None, description="Address to write to instead of the functional mailbox."
    )
    steps: tuple[Item, ...] = Field(default=(), max_length=6, description="How to ask, step by step.")
    delay: Item | None = Field(
        default=None, description="How soon one is served, such as 'within one working day'."
    )


class Offering(Model):
    """A variant of a service (standard, premium…) with its own agreement and price."""

    id: Identifier
    name: Name
    summary: Line
    includes: tuple[Item, ...] = Field(default=(), max_length=8)
    segments: tuple[SegmentRef, ...] = Field(default=(), description="For whom; everyone if left out.")
    agreement: AgreementRef | None = None
    price: Price | None = None


class ServicePartner(Model):
    """A partner's part in a service."""

    partner: PartnerRef
    part: Line = Field(description="What the partner does for this service.")


class Dependency(Model):
    """A service that this one needs."""

    service: ServiceRef
    criticality: Criticality = Field(description="What happens to this service when that one stops.")
    note: Line | None = None


class Question(Model):
    question: Title
    answer: Paragraph


class LinkedDocument(Model):
    """A document to read: a link, or a file of the project."""

    title: Title
    url: Url | None = None
    file: FilePath | None = None

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if (self.url is None) == (self.file is None):
            raise PydanticCustomError("document_place", "give either 'url' or 'file'")
        return self


class Service(NamedEntity):
    """catalogue/services/*.yaml: one service each."""

    family: FamilyRef
    summary: Summary = Field(description="What it is for, in one sentence, in the customer's words.")
    description: Article | None = None
    pictogram: PictogramRef | None = Field(default=None, description="The family's if left out.")
    needs: tuple[Item, ...] = Field(
        default=(),
        max_length=5,
        description="What a customer would say: 'I need…'; used by the home page and search.",
    )
    keywords: tuple[Text, ...] = Field(
        default=(), max_length=20, description="Other words people search for."
    )
    benefits: tuple[Item, ...] = Field(
        default=(), max_length=5, description="What the customer gains; three to five."
    )
    highlights: tuple[Item, ...] = Field(default=(), max_length=5, description="What to put forward.")
    included: tuple[Item, ...] = Field(default=(), max_length=12)
    not_included: tuple[Item, ...] = Field(default=(), max_length=12)
    segments: tuple[SegmentRef, ...] = Field(default=(), description="For whom; everyone if left out.")
    eligibility: Paragraph | None = Field(default=None, description="Who may have it, and on what condition.")
    request: Request = Request()
    request_items: tuple[RequestItem, ...] = ()
    offerings: tuple[Offering, ...] = Field(default=(), max_length=4)
    price: Price
    service_hours: CalendarRef = Field(description="Calendar of the hours when it must work.")
    support_hours: CalendarRef = Field(description="Calendar of the hours when help answers.")
    agreements: tuple[AgreementRef, ...] = Field(default=(), description="Promises that cover it.")
    lifecycle: Lifecycle = Lifecycle.LIVE
    maturity: Maturity | None = None
    rhythm: Rhythm | None = None
    since: Day | None = Field(default=None, description="In the catalogue since.")
    until: Day | None = Field(
        default=None, description="Last day, for a service that is retiring or retired."
    )
    replaced_by: ServiceRef | None = None
    owner: Contact = Field(description="Who answers for the service.")
    support: Contact | None = Field(default=None, description="Who helps; the service desk if left out.")
    partners: tuple[ServicePartner, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    related: tuple[ServiceRef, ...] = Field(default=(), max_length=8)
    faq: tuple[Question, ...] = Field(default=(), max_length=12)
    documents: tuple[LinkedDocument, ...] = Field(default=(), max_length=12)
    review_date: Day = Field(description="When its content must next be reviewed.")

    @property
    def is_ending(self) -> bool:
        """True for a service whose end is planned, or past: that fewer use it is what was decided."""
        return self.lifecycle in (Lifecycle.RETIRING, Lifecycle.RETIRED) or self.until is not None
