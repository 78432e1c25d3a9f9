"""Letters: the published case of 2013 to the day, both languages, both civilities, and what cannot be written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from comptoir.analysis.complaints import AnswerState
from comptoir.analysis.register import keep_register
from comptoir.build import check_project
from comptoir.cli import main
from comptoir.letters import LetterError, LetterKind, UnknownComplaintError, letter_text, write_letter
from comptoir.measure.project import data_places, observe_project

from .conftest import CASES, Golden, MakeProject

CASE = CASES / "good" / "complaint-2013"
DAY = date(2013, 4, 16)
APOLOGY, ACKNOWLEDGEMENT, REMINDER = LetterKind.APOLOGY, LetterKind.ACKNOWLEDGEMENT, LetterKind.REMINDER


@pytest.fixture
def project(make_project: MakeProject) -> Path:
    return make_project(CASE)


def test_the_published_complaint_was_answered_late_on_the_sixth_working_day(project: Path) -> None:
    """The published case (docs/methods.md, Complaints): Friday 5 April 2013 to Monday 15 April 2013 is six working days, against five."""
    catalogue, _ = check_project(project, DAY)
    observations, found = observe_project(catalogue, data_places(project, None), DAY)
    assert found == ()
    register = keep_register(catalogue, observations)
    assert register is not None and register.on == DAY
    late = register.find("L-2013-17")
    assert late is not None
    assert (late.working_days, late.state) == (6, AnswerState.LATE)
    again = register.find("L-2013-18")
    assert again is not None
    assert (again.working_days, again.state, again.repeats) == (2, AnswerState.WAITING, "L-2013-17")
    assert register.open == (again,)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_apology_with_the_answer(project: Path, golden: Golden, language: str) -> None:
    letter = write_letter(project, APOLOGY, "L-2013-17", date(2026, 10, 15), language=language)
    assert letter.iso_date == "2013-04-15"
    golden(letter_text(letter), Path(__file__).with_name(f"letter-2013-{language}.txt"))


def test_a_letter_has_parts_for_the_printer(project: Path) -> None:
    letter = write_letter(project, APOLOGY, "L-2013-17", DAY)
    assert letter.addressee == (
        "Monsieur Jean Martin",
        "Laboratoire de physique",
        "12 rue de la Gare",
        "75000 Paris",
    )
    assert (letter.reference, letter.date) == ("L-2013-17", "lundi 15\u00a0avril 2013")
    assert letter.subject == "Réponse à votre réclamation L-2013-17 du vendredi 5\u00a0avril 2013"
    assert letter.paragraphs[0] == "Monsieur,"
    assert "il nous en a fallu 6" in letter.paragraphs[1]
    assert letter.paragraphs[2:5] == (
        "Trois de vos messages se sont perdus.",
        "Nous les avons retrouvés.",
        "Ils sont dans votre boîte.",
    )
    assert letter.paragraphs[-1].startswith("Veuillez agréer, Monsieur,")
    assert letter.signatory == "Centre de services"


def test_an_acknowledgement_promises_the_fifth_working_day(project: Path) -> None:
    letter = write_letter(project, ACKNOWLEDGEMENT, "L-2013-18", date(2013, 4, 12))
    text = " ".join(letter.paragraphs)
    assert letter.paragraphs[0] == "Madame, Monsieur,"
    assert "au plus tard le vendredi 19\u00a0avril 2013, soit 5 jours ouvrés" in text
    late = write_letter(project, ACKNOWLEDGEMENT, "L-2013-18", date(2013, 4, 22))
    assert "Nous vous devions une réponse pour le vendredi 19\u00a0avril 2013" in " ".join(late.paragraphs)


def test_a_reminder_asks_after_the_answer_or_tells_that_it_comes(project: Path) -> None:
    after = write_letter(project, REMINDER, "L-2013-17", DAY, language="en")
    assert after.paragraphs[0] == "Dear Jean Martin,"
    assert after.paragraphs[1].startswith("On Monday 15\u00a0April 2013 we answered your complaint")
    assert after.paragraphs[-1] == "Yours sincerely,"
    before = write_letter(project, REMINDER, "L-2013-18", DAY, language="en")
    assert before.paragraphs[0] == "Dear Sir or Madam,"
    assert "You will have our answer by Friday 19\u00a0April 2013 at the latest." in before.paragraphs[1]
    assert before.paragraphs[-1] == "Yours faithfully,"


@pytest.mark.parametrize(
    ("kind", "number", "message"),
    [
        (
            APOLOGY,
            "L-2013-18",
            "the complaint 'L-2013-18' has no answer yet: add an item with 'complaint: L-2013-18' and 'answer: …' in "
            "segments/answers.yaml, and say there what happened ('happened') and what is done about it ('prevention')",
        ),
        (
            ACKNOWLEDGEMENT,
            "L-2013-17",
            "the complaint 'L-2013-17' was answered on 2013-04-15: it no longer needs an acknowledgement "
            "(write 'apology' or 'reminder')",
        ),
    ],
)
def test_what_cannot_be_written_says_why(project: Path, kind: LetterKind, number: str, message: str) -> None:
    with pytest.raises(LetterError) as raised:
        write_letter(project, kind, number, DAY)
    assert str(raised.value) == message


def test_an_answer_in_another_language_is_not_sent(make_project: MakeProject) -> None:
    answers = "- {id: a, complaint: L-2013-17, language: en, answer: Here it is.}\n"
    project = make_project(CASE, {"segments/answers.yaml": answers})
    assert write_letter(project, APOLOGY, "L-2013-17", DAY).paragraphs[2] == "Here it is."
    with pytest.raises(LetterError) as raised:
        write_letter(project, APOLOGY, "L-2013-17", DAY, language="fr")
    assert str(raised.value) == (
        "the answer to 'L-2013-17' is written in 'en' only: choose that --language, or write the texts of 'a' in both "
        "in segments/answers.yaml"
    )


def test_an_unknown_complaint_gives_the_nearest_ones(project: Path) -> None:
    with pytest.raises(UnknownComplaintError) as raised:
        write_letter(project, APOLOGY, "L-2013-71", DAY)
    assert str(raised.value) == (
        "there is no complaint 'L-2013-71' in the register (the nearest: L-2013-19, L-2013-18, L-2013-17)"
    )


def test_a_project_without_requests_says_what_would_hold_them(make_project: MakeProject) -> None:
    with pytest.raises(UnknownComplaintError) as raised:
        write_letter(make_project(), APOLOGY, "L-2013-17", DAY)
    assert str(raised.value) == (
        "no request is known: a source with 'role: requests' in indicators/sources/ holds the register"
    )


def test_a_template_of_the_project_goes_before_and_runs_in_a_sandbox(project: Path) -> None:
    folder = project / "site_templates" / "letters"
    folder.mkdir(parents=True)
    template = folder / "reminder.fr.txt.j2"
    template.write_text("Rappel\n\nL'atelier & {{ page.number }}\n", encoding="utf-8")
    letter = write_letter(project, REMINDER, "L-2013-17", DAY)
    assert (letter.subject, letter.paragraphs) == ("Rappel", ("L’atelier & L-2013-17",))
    template.write_text("Rappel\n\n{{ page.__class__.__mro__ }}\n", encoding="utf-8")
    with pytest.raises(LetterError, match="reminder"):
        write_letter(project, REMINDER, "L-2013-17", DAY)
    template.write_text("Rappel seulement\n", encoding="utf-8")
    with pytest.raises(LetterError, match="a subject, an empty line, and a paragraph at least"):
        write_letter(project, REMINDER, "L-2013-17", DAY)


def test_the_command_writes_or_prints(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "letters" / "martin.txt"
    words = ["letter", "apology", "L-2013-17", str(project), "--today", "2013-04-16"]
    assert main(words) == 0
    printed = capsys.readouterr().out
    assert main([*words, "--out", str(out)]) == 0
    assert out.read_text("utf-8") == printed
    assert main(["letter", "apology", "L-2013-18", *words[3:]]) == 1
    assert main(["letter", "apology", "L-2013-71", *words[3:]]) == 2
    with pytest.raises(SystemExit):
        main(["letter", "apologie", "L-2013-17", *words[3:]])


def test_the_suffix_chooses_a_pdf(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "letters" / "L-2013-17.pdf"
    asked = ["letter", "apology", "L-2013-17", str(project), "--today", "2013-04-16"]
    assert main([*asked, "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"Written: {out}\n"
    pdf = PdfReader(out)
    (page,) = pdf.pages
    text = " ".join(page.extract_text().split())
    assert "Monsieur Jean Martin Laboratoire de physique 12 rue de la Gare 75000 Paris" in text
    assert "Trois de vos messages se sont perdus." in text
    assert pdf.metadata is not None and "L-2013-17" in str(pdf.metadata.title)
    assert main([*asked, "--out", str(out.with_suffix(".txt"))]) == 0
    assert out.with_suffix(".txt").read_text(encoding="utf-8").startswith("Institut Test")
    kept = [path for path in (project / "build").rglob("*") if path.is_file()]
    assert kept and not any(b"Trois de vos messages" in path.read_bytes() for path in kept)


def test_what_does_not_fit_or_cannot_be_printed_is_told_where_it_is_written(
    make_project: MakeProject, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = "Bâtiment des sciences de la mer et de l'atmosphère, troisième étage, porte nord."
    answers = (
        "- id: a\n  complaint: L-2013-17\n  address:\n" + f'    - "{line}"\n' * 5 + '  answer: "Voici 漢."\n'
    )
    project = make_project(CASE, {"segments/answers.yaml": answers})
    out = tmp_path / "letter.pdf"
    asked = ["letter", "apology", "L-2013-17", str(project), "--today", "2013-04-16", "--out", str(out)]
    assert main(asked) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[:2] == [
        "segments/answers.yaml:4:5: error: this text does not fit its place in 'Réponse à votre réclamation L-2013-17 du "
        "vendredi 5\u00a0avril 2013' (letter.pdf): about 80 characters too long [print-fit]",
        "segments/answers.yaml:9:18: warning: no font holds '漢' (U+6F22): a box is printed instead [print-glyph]",
    ]
    assert not out.exists()


def test_a_letter_is_written_over_nothing_but_itself(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["letter", "apology", "L-2013-17", str(project), "--today", "2013-04-16", "--out"]
    content = project / "segments" / "answers.yaml"
    before = content.read_bytes()
    for more in ([], ["--force"]):
        assert main([*asked, str(content), *more]) == 3
        assert main([*asked, str(project / "catalogue" / "letter.txt"), *more]) == 3
    assert capsys.readouterr().err.splitlines()[0] == (
        f"comptoir: {content} lies in the content of the project (segments/); choose another place"
    )
    assert content.read_bytes() == before and not (project / "catalogue" / "letter.txt").exists()
    theirs = tmp_path / "thesis.txt"
    theirs.write_text("three years of work")
    (tmp_path / "link.txt").symlink_to(theirs)
    (project / "letters").symlink_to(tmp_path)
    for out in (theirs, tmp_path / "link.txt", project / "letters" / "new.txt", tmp_path):
        assert main([*asked, str(out)]) == 3
    assert theirs.read_text() == "three years of work" and not (tmp_path / "new.txt").exists()
    capsys.readouterr()
    assert main([*asked, str(theirs)]) == 3
    assert capsys.readouterr().err == (
        f"comptoir: {theirs} is not a letter as 'comptoir letter' wrote it; choose another name, or add --force\n"
    )
    own = tmp_path / "own.txt"
    assert main([*asked, str(own)]) == main([*asked, str(own)]) == 0
    own.write_text(own.read_text("utf-8") + "In my words.", "utf-8")
    assert main([*asked, str(own)]) == 3
    assert own.read_text("utf-8").endswith("In my words.")
    assert main([*asked, str(own), "--force"]) == main([*asked, str(theirs), "--force"]) == 0
    assert own.read_text("utf-8") == theirs.read_text("utf-8")
