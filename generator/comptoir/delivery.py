"""What leaves the house by mail: a project in; a draft for each recipient of a report, or each owner of services, out.

Nothing is sent."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from comptoir.audiences import audiences_of, for_audience
from comptoir.build import Options, Part, build, check_project
from comptoir.content.edition import Edition, spoken
from comptoir.content.report.opening import ReportOpening
from comptoir.content.report.report import report_of
from comptoir.content.report.sections import ReportContext
from comptoir.content.report.variants import handed_context, handed_scopes, name_of
from comptoir.content.results import results_for_audience
from comptoir.content.scorecard import OwnerReminder, owner_reminders
from comptoir.content.subjects import ANSWERS
from comptoir.markdown import plain_text
from comptoir.measure.types import EVERYTHING, Scope
from comptoir.model.catalogue import Catalogue
from comptoir.model.reports import Recipient, Report
from comptoir.moving.exporting import ExportJob, export_calendar
from comptoir.paper.reports import report_path
from comptoir.paper.run import DOWNLOADS
from comptoir.periods import Period
from comptoir.problems import ContentError, errors
from comptoir.scaffold.identifiers import nearest_identifier
from comptoir.steps import choose_quarter, measure_quarters
from comptoir.wording import N_
from comptoir.wording import language as speak


class DeliveryError(Exception):
    """What cannot be delivered; the message says what is wanting, and where."""


def drafts_of(options: Options, quarter: Period) -> dict[str, bytes]:
    """The drafts by the name of their file, as mail programs open them: the summary as text, the printed report attached.

    Raises ContentError where the content has errors, DeliveryError where the report names nobody or has nothing for one.
    """
    catalogue, problems = check_project(options.project, options.today, options.data)
    if errors(problems):
        raise ContentError(problems)
    report = catalogue.reports.get(quarter)
    if report is None or not report.front.recipients:
        raise DeliveryError(
            f"indicators/reports/{quarter}.md names no recipients: write 'recipients:' with the role and the address of each"
        )
    audience = audiences_of(catalogue.organisation)[-1].id
    asked = replace(options, quarter=quarter, audience=audience, only=Part.PRINT)
    build(asked)
    visible = for_audience(catalogue, audience)
    measured = measure_quarters(catalogue, quarter, asked)
    if measured is None:
        raise DeliveryError("nothing is measured: a report needs sources and definitions")
    results = results_for_audience(measured, visible, audience, quarter)
    drafts: dict[str, bytes] = {}
    for number, one in enumerate(report.front.recipients, start=1):
        code = one.language or catalogue.organisation.languages[0]
        if code not in catalogue.organisation.languages:
            raise DeliveryError(f"'{one.role.in_language(code)}': '{code}' is not a language of this site")
        at = Edition(visible, spoken(code, results), options.today, results)
        scope = Scope(segment=one.segment or "", client=one.client or "")
        if scope != EVERYTHING and scope not in handed_scopes(at, results):
            raise DeliveryError(
                f"there is no report for {scope} in {quarter}: nothing is measured of it, or 'client_reports' leaves it out"
            )
        context = handed_context(at, results, scope) if scope != EVERYTHING else ReportContext(at, results)
        pdf = options.out / code / report_path(name_of(context)).removeprefix(DOWNLOADS)
        message = _draft(catalogue, report, one, context, pdf)
        drafts[f"{number:02}-{nearest_identifier(one.role.in_language(code))}.eml"] = message.as_bytes()
    return drafts


def owner_drafts(options: Options) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """A draft for each owner of services that lack something or are to be reviewed soon, with the days of reviews.

    Beside them the owners that no address is written of. Raises ContentError where the content has errors.
    """
    catalogue, problems = check_project(options.project, options.today, options.data)
    if errors(problems):
        raise ContentError(problems)
    audience, quarter = audiences_of(catalogue.organisation)[-1].id, choose_quarter(options, catalogue)
    visible = for_audience(catalogue, audience)
    measured = measure_quarters(catalogue, quarter, options)
    results = results_for_audience(measured, visible, audience, quarter) if measured else None
    at = Edition(visible, spoken(catalogue.organisation.languages[0], results), options.today, results)
    reminders = owner_reminders(at)
    drafts = {
        f"{number:02}-{nearest_identifier(one.address)}.eml": _owner_draft(at, one).as_bytes()
        for number, one in enumerate(reminders, start=1)
        if one.address
    }
    return drafts, tuple(one.owner for one in reminders if not one.address)


def answer_drafts(options: Options) -> dict[str, bytes]:
    """Templates of answers of the functional mailbox, in each language, with the tags that `fetch` reads of them.

    Raises ContentError where the content has errors.
    """
    catalogue, problems = check_project(options.project, options.today, options.data)
    if errors(problems):
        raise ContentError(problems)
    drafts: dict[str, bytes] = {}
    for code in catalogue.organisation.languages:
        at = Edition(catalogue, speak(code), options.today)
        mailbox = catalogue.organisation.functional_mailbox
        for name, tag, beginning in ANSWERS:
            subject = f"Re: … {at.language.say(tag)}".strip()
            message = _empty_draft(catalogue, "", subject, options.today)
            blocks = [at.language.say(N_("Bonjour,")), at.language.say(beginning)]
            blocks.append(at.text(mailbox.promise) if name == "received" and mailbox.promise else "…")
            blocks.append(at.text(catalogue.organisation.department))
            message.set_content("\n\n".join(blocks) + "\n")
            drafts[f"{name}.{code}.eml"] = message.as_bytes()
    return drafts


def _owner_draft(at: Edition, reminder: OwnerReminder) -> EmailMessage:
    message = _empty_draft(at.catalogue, reminder.address, reminder.subject, at.today)
    message.set_content(reminder.text)
    own = {name: at.catalogue.services[name] for name in reminder.services}
    job = ExportJob(replace(at.catalogue, services=own), at.language, at.today)
    for name, calendar in export_calendar(job).items():
        message.add_attachment(calendar, maintype="text", subtype="calendar", filename=name)
    message.set_boundary(f"comptoir-{at.today.isoformat()}")
    return message


def _draft(
    catalogue: Catalogue, report: Report, one: Recipient, context: ReportContext, pdf: Path
) -> EmailMessage:
    opening = report_of(context).opening
    subject = (context.language.gettext("Rapport de fidélité"), opening.quarter, opening.about)
    message = _empty_draft(catalogue, one.address, ", ".join(filter(None, subject)), context.at.today)
    message.set_content(summary_text(context, opening, report))
    message.add_attachment(pdf.read_bytes(), maintype="application", subtype="pdf", filename=pdf.name)
    message.set_boundary(f"comptoir-{context.quarter}")
    return message


def _empty_draft(catalogue: Catalogue, address: str, subject: str, today: date) -> EmailMessage:
    message = EmailMessage()
    message["From"] = catalogue.organisation.functional_mailbox.address
    if address:
        message["To"] = address
    message["Subject"] = subject
    message["Date"] = format_datetime(datetime(today.year, today.month, today.day, 9, tzinfo=UTC))
    message["X-Unsent"] = "1"  # mail programs open it as a draft
    return message


def summary_text(context: ReportContext, opening: ReportOpening, report: Report) -> str:
    """The opening of a report on one page of plain text: its tiles, its facts, and what is decided where it is of everything."""
    say, at = context.language.gettext, context.at
    blocks = [opening.title if not opening.about else opening.about, opening.quarter]
    if opening.words:
        blocks.append(plain_text(re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", opening.words)))
    tiles = [
        f"- {tile.measure.name} : " if at.language.code == "fr" else f"- {tile.measure.name}: "
        for tile in opening.tiles
    ]
    values = [
        ", ".join(
            filter(None, (t.measure.value, t.measure.verdict.word, t.measure.promise, t.measure.change))
        )
        for t in opening.tiles
    ]
    lists = [
        (say("L'essentiel"), [name + value for name, value in zip(tiles, values, strict=True)]),
        (say("Ce qui ressort"), [f"- {fact.name}. {fact.sentence}" for fact in opening.facts]),
    ]
    if context.is_whole:
        decided = [
            "- "
            + ", ".join(
                filter(
                    None,
                    (
                        at.text(one.text),
                        at.text(one.owner),
                        context.language.day(one.due) if one.due else "",
                    ),
                )
            )
            for one in report.front.decisions
        ]
        lists.append((say("Ce que nous décidons"), decided))
    blocks += ["\n".join((f"{title}", *lines)) for title, lines in lists if lines]
    if opening.signatory:
        blocks.append(opening.signatory)
    return "\n\n".join(blocks) + "\n"
