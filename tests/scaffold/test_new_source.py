"""`comptoir new source`: what it writes of somebody's export passes `check`, and what only a person can decide is said."""

from __future__ import annotations

import codecs
import gzip
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from comptoir.cli import main
from comptoir.model.dialects import Encoding
from comptoir.model.roles import FIELDS, FieldType
from comptoir.scaffold.checks import STATE
from comptoir.scaffold.columns import NumberForm, booleans, date_forms, nothing_in, number_form
from comptoir.scaffold.presets import GENERAL, PresetError, preset_names, read_preset

GLPI = (
    '"ID";"Titre";"Entité";"Date d\'ouverture";"Date de résolution";"Priorité";"Type";"Catégorie"\r\n'
    '"17\u00a0000";"Panne";"Finances";"13-05-2026 05:41";"14-05-2026 02:36";"Moyenne";"Incident";"Messagerie"\r\n'
    '"17\u00a0001";"Panne";"Finances";"05-02-2026 15:01";"";"Très haute";"Demande";"Réseau > Wi-Fi"\r\n'
    '"17\u00a0002";"Panne";"Finances";"06-02-2026 15:01";"";"Tres haute";"demande";"Télécopie"\r\n'
)


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["init", str(tmp_path / "p"), "--language", "fr", "--name", "Ma DSI"]) == 0
    capsys.readouterr()
    return tmp_path / "p"


def begin(project: Path, file: Path, *options: str) -> int:
    return main(["new", "source", str(file), "--project", str(project), *options])


def source_of(project: Path, name: str) -> str:
    return (project / "indicators" / "sources" / f"{name}.yaml").read_text("utf-8")


def test_an_export_of_glpi(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tickets.csv").write_bytes(GLPI.encode("cp1252"))
    assert begin(project, tmp_path / "tickets.csv", "--like", "glpi") == 0
    said = capsys.readouterr().out
    assert "1 word of 'Priorité', in 1 row, without a meaning here: 'Tres haute' (1)" in said
    assert (
        "2 words of 'Catégorie', in 2 rows, without a meaning here: 'Réseau > Wi-Fi' (1), 'Télécopie' (1)"
        in said
    )
    assert source_of(project, "tickets") == (
        "# Begun by 'comptoir new source' from tickets.csv: 3 rows.\n"
        "role: requests\n"
        "name: Tickets\n"
        "files: [tickets.csv]\n"
        "dialect:\n"
        '  delimiter: ";"\n'
        "  encoding: cp1252\n"
        '  instants: "dd-mm-yyyy HH:MM"\n'
        "key: [number]\n"
        "columns:\n"
        "  number: {column: ID}\n"
        "  opened: {column: Date d'ouverture}\n"
        "  resolved: {column: Date de résolution}\n"
        "  service:\n"
        "    column: Catégorie\n"
        "    # values:\n"
        '    #   "Réseau > Wi-Fi": wifi  # 1 row\n'
        "    #   Télécopie: ?  # 1 row\n"
        "  client:\n"
        "    column: Entité\n"
        "    # values:\n"
        "    #   Finances: ?  # 3 rows\n"
        "  priority:\n"
        "    column: Priorité\n"
        "    values:\n"
        "      Moyenne: p3\n"
        "      Très haute: p1\n"
        "    #   Tres haute: p1  # 1 row\n"
        "  kind:\n"
        "    column: Type\n"
        "    values:\n"
        "      Demande: request\n"
        "      demande: request\n"
        "# Columns that no field takes: Titre\n"
    )
    assert (project / "indicators" / "data" / "tickets.csv").read_bytes() == GLPI.encode("cp1252")
    assert main(["check", str(project)]) == 0


def test_a_survey_with_a_column_a_question(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(
        ["Horodateur", "Satisfaction globale (1 à 5)", "Recommanderiez-vous la DSI ? (0-10)", "Remarques"]
    )
    for score in (4, 5, 4, "NC"):
        sheet.append([datetime(2026, 9, 1, 9), score, 9, "=1+1"])
    book.save(tmp_path / "Réponses (1).xlsx")
    assert begin(project, tmp_path / "Réponses (1).xlsx", "--like", "excel-survey") == 0
    said = capsys.readouterr().out
    assert "indicators/sources/reponses-1-satisfaction.yaml" in said
    text = source_of(project, "reponses-1-satisfaction")
    assert "  question: {constant: satisfaction}\n  date: {column: Horodateur}\n" in text
    assert "  score: {column: Satisfaction globale (1 à 5), scale: [1, 5]}\n" in text
    assert '  missing: ["", NC]\n' in text
    assert "scale: [0, 10]" in source_of(project, "reponses-1-recommend")
    assert main(["check", str(project)]) == 0


CHECKS = "timestamp,host,status,latency_ms\n" + "".join(
    f"2026-07-01T{hour:02}:{minute:02}:00Z,{host},{'DOWN' if host == 'Wi-Fi' and hour == 9 else 'UP'},20\n"
    for hour in range(8, 11)
    for minute in range(0, 60, 5)
    for host in ("Messagerie", "Wi-Fi")
)


def test_checks_of_monitoring(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "checks.csv").write_text(CHECKS)
    assert begin(project, tmp_path / "checks.csv") == 0
    assert "To decide" not in capsys.readouterr().out
    assert source_of(project, "checks") == (
        "# Begun by 'comptoir new source' from checks.csv: 72 rows.\n"
        "role: outages\n"
        "name: Checks\n"
        "files: [checks.csv]\n"
        "checks:\n"
        "  at: timestamp\n"
        "  down: status = 'DOWN'\n"
        "  every: 5  # minutes from one check to the next\n"
        "columns:\n"
        "  timestamp: {type: instant}\n"
        "  service: {column: host}\n"
        "  status: {type: text}\n"
        "# Columns that no field takes: latency_ms\n"
    )
    assert main(["check", str(project)]) == 0


def test_checks_written_otherwise(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "État;Hôte;Vu le\n" + "".join(
        f"{state};srv{number};13/07/2026 10:{minute:02}\n"
        for minute, state in ((0, "OK"), (10, "Critique"), (20, "unknown"), (30, "KO"), (40, "OK"))
        for number in (1, 2)
    )
    (tmp_path / "sondes.csv").write_text(text)
    assert begin(project, tmp_path / "sondes.csv") == 0
    assert (
        "2 words of 'Hôte', in 10 rows, without a meaning here: 'srv1' (5), 'srv2' (5)"
        in capsys.readouterr().out
    )
    source = source_of(project, "sondes")
    assert "missing" not in source
    assert (
        "checks:\n"
        "  at: vu_le\n"
        "  down: etat in ('Critique', 'KO')\n"
        "  unknown: etat = 'unknown'\n"
        "  every: 10  # minutes from one check to the next\n"
    ) in source
    assert main(["check", str(project)]) == 0


@pytest.mark.parametrize("preset", preset_names(Path("/nowhere")))
def test_each_preset_names_fields_and_words_of_the_model(preset: str) -> None:
    for name in (preset, GENERAL):
        read = read_preset(Path("/nowhere"), name)
        for role, fields in read.headings.items():
            assert set(fields) - {"subject"} <= {known.name for known in FIELDS[role]}
        for field, words in read.words.items():
            known = {
                word for fields in FIELDS.values() for f in fields if f.name == field for word in f.words
            }
            known |= {"up", "down", "unknown"} if field == STATE else set()
            known |= set("12345") if field == "score" else set()
            assert set(words.values()) <= known, field


def test_a_preset_of_the_project_comes_before_those_that_ship(project: Path) -> None:
    folder = project / "indicators" / "presets"
    folder.mkdir(parents=True)
    (folder / "ours.yaml").write_text("role: requests\nheadings: {requests: {opened: [Quand]}}\n")
    assert read_preset(project, "ours").headings == {"requests": {"opened": ("quand",)}}
    assert "ours" in preset_names(project)
    (folder / "bad.yaml").write_text("headings: {requests: {opend: [Quand]}}\n")
    with pytest.raises(PresetError, match="'opend' is no field of the role 'requests'"):
        read_preset(project, "bad")
    (folder / "worse.yaml").write_text("role: [}\n")
    with pytest.raises(PresetError, match=r"worse\.yaml is no preset"):
        read_preset(project, "worse")


@pytest.mark.parametrize(
    ("name", "content", "options", "code", "message"),
    [
        ("a.csv", b"", (), 1, "the file is empty: not even a header"),
        ("a.csv", b"x\0y", (), 1, "NUL characters"),
        ("a.csv.gz", b"\x1f\x8b\x08 cut", (), 1, "compressed, and cut short or damaged"),
        ("a.xlsx", b"no workbook", (), 1, "the file is no workbook"),
        ("a.parquet", b"no parquet", (), 1, "no Parquet file"),
        ("a.txt", b"a", (), 2, "ends with none of .csv"),
        ("a.csv", b"a,b\n1,2\n", (), 2, "name one with --role: requests"),
        ("a.csv", b"a,b\n1,2\n", ("--like", "glpy"), 2, "there is no preset 'glpy'"),
    ],
)
def test_what_is_refused(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    name: str, content: bytes, options: tuple[str, ...], code: int, message: str,
) -> None:  # fmt: skip
    (tmp_path / name).write_bytes(content)
    assert begin(project, tmp_path / name, *options) == code
    assert message in capsys.readouterr().err
    assert not list((project / "indicators").rglob("a*"))


def test_a_file_that_is_not_there(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert begin(project, tmp_path / "nowhere.csv") == 1
    assert "No such file" in capsys.readouterr().err


def test_nothing_is_written_over(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "usage.csv").write_text("date,service,users\n2026-07-01,wifi,5\n")
    assert begin(project, tmp_path / "usage.csv") == 0
    assert begin(project, tmp_path / "usage.csv") == 2
    assert "usage.yaml is already there" in capsys.readouterr().err
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "usage.csv").write_text("date,service,users\n2026-07-01,wifi,6\n")
    assert begin(project, tmp_path / "other" / "usage.csv") == 2
    assert "indicators/data/usage.csv is already there" in capsys.readouterr().err


def test_what_is_written_otherwise(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Export du 1er juillet\r\n\r\nMois\tApplication\tUtilisateurs actifs\r\n03/04/2026\tWi-Fi\t1 234\r\n05/06/2026\tWi-Fi\t12\r\n"
    (tmp_path / "licences.csv").write_bytes(codecs.BOM_UTF16_LE + text.encode("utf-16-le"))
    assert begin(project, tmp_path / "licences.csv", "--role", "usage") == 0
    assert "is '03/04/2026' in 'Mois' written dd/mm/yyyy or mm/dd/yyyy?" in capsys.readouterr().out
    written = source_of(project, "licences")
    for line in ("  delimiter: tab\n", "  encoding: utf-16\n", "  skip: 2\n", "  thousands: space\n"):
        assert line in written


def test_a_daily_report_with_titles_totals_units_and_durations(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "Rapport;;;;;\r\n\r\nJour;Appels reçus;Décrochés;Attente moyenne;Durée totale de traitement;Coût;\r\n"
        "30/07/2026;1\u202f282;1\u202f211;02:26;45:35:35;12,50 €;\r\n"
        "Jour;Appels reçus;Décrochés;Attente moyenne;Durée totale de traitement;Coût;\r\n"
        "31/07/2026;98;97;00:14;05:00:01;1\u202f000 €;\r\nTotal général;1\u202f380;1\u202f308;;;;\r\n"
    )
    (tmp_path / "appels.csv").write_text(text, "utf-8", newline="")
    assert begin(project, tmp_path / "appels.csv", "--role", "calls") == 0
    said = capsys.readouterr().out
    assert "2 rows with 'Jour' or 'Total général' left out, as totals or headings that stand again" in said
    assert "is '02:26' in 'Attente moyenne' h:mm or m:ss? Say it with 'duration'." in said
    written = source_of(project, "appels")
    assert (
        '  thousands: space\n  units: ["€"]\n  dates: dd/mm/yyyy\n  leave_out: [Jour, Total général]\n'
        in written
    )
    assert '  handling: {column: Durée totale de traitement, duration: "h:mm:ss"}\n  cost:' in written
    file = project / "indicators" / "sources" / "appels.yaml"
    file.write_text(written.replace("Attente moyenne}", 'Attente moyenne, duration: "m:ss"}'))
    assert main(["check", str(project)]) == 0


@pytest.mark.parametrize(("below", "form"), [("(1.234,50)", "parentheses"), ("1.234,50-", "after")])
def test_numbers_below_zero_are_known_by_how_they_are_written(
    project: Path, tmp_path: Path, below: str, form: str
) -> None:
    text = f"date;amount;volume\n01.07.2026;{below};2,00\n02.07.2026;7,25;3,50\n"
    (tmp_path / "sap.csv").write_text(text, "utf-8")
    begin(project, tmp_path / "sap.csv", "--role", "revenue")
    assert f'  decimal: ","\n  thousands: "."\n  negatives: {form}\n' in source_of(project, "sap")


def test_answers_in_words_become_scores_that_a_person_looks_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "p"), "--language", "fr,en", "--name", "X"]) == 0
    text = (
        "Completion time,The desk is helpful and quick,The desk is helpful and near,Score out of ten\n"
        "2026-09-01,Strongly agree,Agree,9/10\n2026-09-02,Not applicable,disagree,10/10\n"
    )
    (tmp_path / "forms.csv").write_text(text)
    assert begin(tmp_path / "p", tmp_path / "forms.csv", "--like", "excel-survey") == 0
    said = capsys.readouterr().out
    assert "'The desk is helpful and near' are scored 'Agree' 4, 'disagree' 2: is that your scale?" in said
    sources = sorted(path.name for path in (tmp_path / "p" / "indicators" / "sources").iterdir())
    assert sources == [
        "forms-score-out-of-ten.yaml", "forms-the-desk-is-helpful-2.yaml", "forms-the-desk-is-helpful.yaml",
    ]  # fmt: skip
    near = source_of(tmp_path / "p", "forms-the-desk-is-helpful-2")
    assert '      Agree: "4"\n      disagree: "2"\n' in near
    assert 'name: {fr: "Forms – The desk is helpful and near", en: ' in near
    assert '  units: ["/10"]\n' in source_of(tmp_path / "p", "forms-score-out-of-ten")
    assert main(["check", str(tmp_path / "p")]) == 0


def test_headings_that_stand_several_times_and_months_in_letters(project: Path, tmp_path: Path) -> None:
    text = "Issue key,Created,Component/s,Component/s\nIT-1,16/Jul/26 8:28 PM,Wi-Fi,\nIT-2,1/Jul/26 8:28 AM,Wi-Fi,E-mail\n"
    (tmp_path / "jira.csv").write_text(text)
    assert begin(project, tmp_path / "jira.csv", "--like", "jira") == 0
    written = source_of(project, "jira")
    assert "Component/s (1)" in written
    assert '  instants: "d/mmm/yy h:MM AM"\n' in written
    assert main(["check", str(project)]) == 0


def test_rows_that_may_be_events(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = "number,opened_at,contact_type,priority\n1,2026-07-01T08:00,Phone,1\n1,2026-07-01T08:00,Phone,2\n"
    (tmp_path / "log.csv.gz").write_bytes(gzip.compress(log.encode()))
    assert begin(project, tmp_path / "log.csv.gz", "--like", "servicenow") == 0
    assert "'number' has 1 values in 2 rows: are the rows events of a case" in capsys.readouterr().out


def test_what_orders_events_is_proposed(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = "number,opened_at,sys_updated_at\n1,2026-07-01T08:00,2026-07-01T09:00\n1,2026-07-01T08:00,2026-07-02T09:00\n"
    (tmp_path / "log.csv").write_text(log)
    assert begin(project, tmp_path / "log.csv", "--like", "servicenow") == 0
    said = capsys.readouterr().out
    assert "events: {key: [number], order: [updated]} with the column updated: {column: " in said
    file = project / "indicators" / "sources" / "log.yaml"
    events = "events: {key: [number], order: [updated]}\ncolumns:\n  updated: {column: sys_updated_at, type: instant}\n"
    file.write_text(file.read_text().replace("columns:\n", events))
    assert main(["check", str(project)]) == 0


def test_a_parquet_file(project: Path, tmp_path: Path) -> None:
    duckdb.sql("SELECT DATE '2026-07-01' AS date, 'wifi' AS service, 5 AS users").write_parquet(
        str(tmp_path / "u.parquet")
    )
    assert begin(project, tmp_path / "u.parquet") == 0
    assert source_of(project, "u").endswith("columns:\n  date: {}\n  service: {}\n  users: {}\n")
    assert main(["check", str(project)]) == 0


@pytest.mark.parametrize(
    ("cells", "kind", "forms"),
    [
        (["2026-07-01"], FieldType.DAY, ("",)),
        (["2026-07-01T08:00:00Z", "2026-07-01 08:00"], FieldType.INSTANT, ("",)),
        (["31/12/2026"], FieldType.DAY, ("dd/mm/yyyy",)),
        (["12/31/2026 9:05 PM"], FieldType.INSTANT, ("mm/dd/yyyy h:MM AM",)),
        (["1/2/2026"], FieldType.DAY, ("d/m/yyyy", "m/d/yyyy")),
        (["29/2/2016 01:16"], FieldType.INSTANT, ("d/m/yyyy HH:MM",)),
        (["07/2026", "12/2026"], FieldType.DAY, ("mm/yyyy",)),
        (["soon"], FieldType.DAY, ()),
        ([], FieldType.DAY, ()),
    ],
)
def test_forms_of_dates(cells: list[str], kind: FieldType, forms: tuple[str, ...]) -> None:
    assert date_forms(cells, kind) == forms


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        (["1", "-2.5"], NumberForm(".", "none")),
        (["1,5"], NumberForm(",", "none")),
        (["1\u202f234,50"], NumberForm(",", "space")),
        (["1,234,567.8"], NumberForm(".", ",")),
        (["1.234.567,8"], NumberForm(",", ".")),
        (["1", "x"], None),
        ([], None),
    ],
)
def test_forms_of_numbers(cells: list[str], form: NumberForm | None) -> None:
    assert number_form(cells) == form


def test_words_for_nothing_and_for_yes_and_no() -> None:
    assert nothing_in(["NC", "4", "?", "n/a"]) == ("?", "NC", "n/a")
    assert booleans(["Oui", "non"]) == (("oui",), ("non",))
    assert booleans(["Oui", "peut-être"]) is None


@given(st.binary(max_size=300))
def test_no_bytes_give_a_traceback(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    from comptoir.measure.reading.sampling import SampleError, sample_file

    path = tmp_path_factory.mktemp("bytes") / "a.csv"
    path.write_bytes(content)
    try:
        sample = sample_file(path)
    except SampleError:
        return
    assert sample.headings
    assert sample.encoding in Encoding
