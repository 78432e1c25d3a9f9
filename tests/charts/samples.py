"""One spec of each kind, as a caller with a French page writes them."""

from __future__ import annotations

from comptoir.charts import (
    Bin,
    Bullet,
    BulletRow,
    ChartInterval,
    ChartNumber,
    ChartStyle,
    CoverageChart,
    CoverageGroup,
    CoverageRow,
    Distribution,
    HeatCell,
    HeatMap,
    HeatRow,
    Marker,
    Multiples,
    Nps,
    Panel,
    Pareto,
    ParetoRow,
    Point,
    QuadrantChart,
    QuadrantDot,
    Slope,
    SlopeRow,
    Spark,
    Spec,
    Trend,
    Words,
    chart_style,
)

THIN = "\u202f"

WORDS = Words(
    quarter="Trimestre",
    service="Service",
    value="Valeur",
    target="objectif",
    lower="Borne basse",
    upper="Borne haute",
    interval="intervalle à 95\u202f%",
    lower_limit="limite basse",
    upper_limit="limite haute",
    sample="Effectif",
    status="Remarque",
    count="Nombre",
    cumulative="Part cumulée",
    category="Classe",
    maturity="Maturité",
    missing="pas de mesure",
    suppressed="masqué : moins de 5 réponses",
    no_data="Aucune mesure sur la période",
    indicative="indicatif : petit effectif",
    significant="évolution significative",
    outside="hors des limites habituelles",
    met="objectif tenu",
    missed="objectif manqué",
    median="médiane",
    p90="90\u202f% sous",
    promoters="Promoteurs",
    passives="Passifs",
    detractors="Détracteurs",
    score="Score net",
)

QUARTERS = ("T4 2024", "T1 2025", "T2 2025", "T3 2025", "T4 2025", "T1 2026", "T2 2026", "T3 2026")

STYLE: ChartStyle = chart_style(
    "#0b5563",
    "#c2410c",
    {"networks": "#3f6b1e", "data": "#0b6b66", "computing": "#6040a0", "communication": "#1d5fa6"},
)


def percent(value: float) -> ChartNumber:
    """A share as a French page writes it."""
    text = f"{value * 100:.1f}".removesuffix(".0").replace(".", ",")
    return ChartNumber(value, f"{text}{THIN}%")


def amount(value: float, unit: str = "") -> ChartNumber:
    """A number as a French page writes it."""
    text = f"{value:,.0f}".replace(",", THIN).replace("-", "−")
    return ChartNumber(value, f"{text}\u00a0{unit}" if unit else text)


def point(index: int, value: float | None, target: float | None = 0.9, **more: bool | str) -> Point:
    """A quarter of the samples, its interval two to four points wide."""
    interval = (
        None if value is None else ChartInterval(percent(value - 0.025), percent(min(1.0, value + 0.02)))
    )
    return Point(
        quarter=QUARTERS[index],
        value=None if value is None else percent(value),
        interval=interval,
        target=None if target is None else percent(target),
        sample=amount(420 + 13 * index),
        **more,  # type: ignore[arg-type]
    )


TREND = Trend(
    key="trend",
    title="Le rétablissement est revenu dans les délais après la migration de l’automne 2025",
    subtitle="Demandes prioritaires rétablies dans le délai promis, en % des demandes du trimestre",
    alternative="La part des demandes rétablies dans le délai atteint 94,2 % au T3 2026, au-dessus de l’objectif de 92 %.",
    note="Source : 3 412 demandes de l’outil de suivi, hors annulations.",
    words=WORDS,
    points=(
        point(0, 0.913),
        point(1, 0.921),
        point(2, 0.934),
        point(3, None, absence="outil de suivi arrêté"),
        point(4, 0.842, significant=True, outside=True),
        point(5, 0.887, 0.92, significant=True),
        point(6, 0.929, 0.92, indicative=True),
        point(7, 0.942, 0.92),
    ),
    ticks=(percent(0.8), percent(0.9), percent(1.0)),
    limits=ChartInterval(percent(0.865), percent(0.965)),
    higher_is_better=True,
)

SPARK = Spark(
    key="spark",
    title="Satisfaction",
    alternative="La satisfaction monte de 91 à 94 % en huit trimestres.",
    words=WORDS,
    points=TREND.points,
    higher_is_better=True,
)

BULLET = Bullet(
    key="bullet",
    title="Trois promesses sur quatre sont tenues ; la disponibilité ne l’est pas",
    subtitle="Messagerie, promis et mesuré au T3 2026",
    alternative="Trois promesses sur quatre sont tenues au T3 2026 ; la disponibilité est de 98,7 % pour 99,5 % promis.",
    words=WORDS,
    rows=(
        BulletRow(
            name="Prise en charge des incidents prioritaires en moins d’une heure",
            value=percent(0.93),
            target=percent(0.9),
            interval=ChartInterval(percent(0.9), percent(0.955)),
            full=percent(1),
            status="kept",
            verdict="tenu",
        ),
        BulletRow(
            name="Disponibilité aux heures de service",
            value=percent(0.937),
            target=percent(0.975),
            full=percent(1),
            status="missed",
            verdict="manqué",
        ),
        BulletRow(
            name="Délai de fourniture d’une boîte",
            value=ChartNumber(1.4, "1,4\u00a0jour"),
            target=ChartNumber(2, "2\u00a0jours"),
            higher_is_better=False,
            status="kept",
            verdict="tenu",
        ),
        BulletRow(
            name="Satisfaction",
            value=ChartNumber(7.6, "7,6"),
            target=ChartNumber(8, "8"),
            full=ChartNumber(10, "10"),
            status="near",
            verdict="à surveiller",
            indicative=True,
        ),
        BulletRow(
            name="Attente au téléphone",
            value=None,
            target=ChartNumber(30, "30\u00a0s"),
            higher_is_better=False,
        ),
    ),
)

_HEAT = {
    "Messagerie et agenda": (96, 95, 97, 94, 88, 91, 95, 96),
    "Réseau sans fil": (91, 90, 92, 93, 92, 94, 95, 95),
    "Poste de travail": (88, 86, 89, 90, 91, 92, 93, 94),
    "Stockage des données de campagne": (None, None, 93, 92, 94, 95, 93, 96),
    "Calcul scientifique": (82, 84, 79, 71, 76, 80, 85, 87),
    "Visioconférence": (90, 92, 94, 91, 62, 78, 90, 93),
    "Impression": (95, 95, 94, 96, 97, 95, -1, -1),
}

HEAT_MAP = HeatMap(
    key="heat",
    title="La migration de fin 2025 a touché la visioconférence bien plus que le reste",
    subtitle="Demandes traitées dans le délai promis, en %",
    alternative="Au T4 2025 la visioconférence tombe à 62 % pour un objectif de 90 % ; le calcul reste sous l’objectif.",
    words=WORDS,
    columns=QUARTERS,
    rows=tuple(
        HeatRow(
            name=name,
            cells=tuple(
                HeatCell(suppressed=True)
                if value == -1
                else HeatCell(
                    value=ChartNumber(value, str(value)) if value else None,
                    target=ChartNumber(90, f"90{THIN}%"),
                )
                for value in values
            ),
        )
        for name, values in _HEAT.items()
    ),
)

# The published ABC case of Rimaldi.
_REVENUE = {
    "C": (1_710_000, 0.6, "A"),
    "E": (399_000, 0.74, "B"),
    "D": (370_500, 0.87, "B"),
    "G": (114_000, 0.91, "C"),
    "B": (85_500, 0.94, "C"),
    "J": (65_550, 0.963, "C"),
    "F": (57_000, 0.983, "C"),
    "A": (28_500, 0.993, "C"),
    "H": (14_250, 0.998, "C"),
    "I": (5_700, 1.0, "C"),
}

PARETO = Pareto(
    key="pareto",
    title="Un seul client fait 60\u202f% du chiffre d’affaires",
    subtitle="Chiffre d’affaires par client, en euros",
    alternative="Le client C fait 60 % du chiffre d’affaires, les trois premiers 87 %.",
    words=WORDS,
    rows=tuple(
        ParetoRow(name=f"Client {name}", value=amount(value), cumulative=percent(share), category=category)
        for name, (value, share, category) in sorted(_REVENUE.items())
    ),
)

_COUNTS = (312, 468, 390, 271, 190, 122, 88, 61, 40, 33, 21, 17)

DISTRIBUTION = Distribution(
    key="distribution",
    title="Une demande sur deux est réglée en moins de trois heures, mais la traîne est longue",
    subtitle="Demandes par délai de rétablissement, en heures ouvrées",
    alternative="La médiane est de 2,6 h ; 90 % des demandes sont rétablies en moins de 7,1 h pour un objectif de 4 h.",
    words=WORDS,
    bins=tuple(
        Bin(lower=float(i), upper=float(i + 1), count=amount(count), range=f"de {i} à {i + 1} h")
        for i, count in enumerate(_COUNTS)
    ),
    markers=(
        Marker(kind="target", value=ChartNumber(4, "4\u00a0h")),
        Marker(kind="median", value=ChartNumber(2.6, "2,6\u00a0h")),
        Marker(kind="p90", value=ChartNumber(7.1, "7,1\u00a0h")),
    ),
    ticks=tuple(ChartNumber(v, f"{v}\u00a0h") for v in (0, 2, 4, 6, 8, 10, 12)),
    higher_is_better=False,
)

NPS = Nps(
    key="nps",
    title="Quatre personnes sur dix nous recommandent de plus que celles qui nous déconseillent",
    subtitle="Recommanderiez-vous nos services à un collègue ? T3 2026, 214 réponses",
    alternative="Le score net est de +41 : 58 % de promoteurs moins 17 % de détracteurs, pour un objectif de +35.",
    words=WORDS,
    promoters=ChartNumber(58, f"58{THIN}%"),
    passives=ChartNumber(25, f"25{THIN}%"),
    detractors=ChartNumber(17, f"17{THIN}%"),
    score=ChartNumber(41, "+41"),
    interval=ChartInterval(ChartNumber(32, "+32"), ChartNumber(49, "+49")),
    target=ChartNumber(35, "+35"),
    sample=amount(214),
)

COVERAGE = CoverageChart(
    key="coverage",
    title="Le stockage de campagne atteint la maturité ; l’impression en sort",
    subtitle="Utilisateurs en % des personnes concernées, par maturité du service",
    alternative="Cinq services mûrs sur six sont entre 90 et 95 % de couverture ; l’impression descend à 84 %.",
    words=WORDS,
    groups=(
        CoverageGroup(
            name="Lancement",
            rows=(
                CoverageRow(name="Carnet de calcul", value=percent(0.12)),
                CoverageRow(name="Signature électronique", value=None),
            ),
        ),
        CoverageGroup(
            name="Croissance",
            rows=(
                CoverageRow(name="Stockage des données de campagne", value=percent(0.71)),
                CoverageRow(name="Visioconférence", value=percent(0.83)),
            ),
        ),
        CoverageGroup(
            name="Maturité",
            band=ChartInterval(percent(0.9), percent(0.95)),
            rows=(
                CoverageRow(name="Messagerie et agenda", value=percent(0.99)),
                CoverageRow(name="Réseau sans fil", value=percent(0.94)),
                CoverageRow(name="Poste de travail", value=percent(0.92)),
                CoverageRow(name="Accès à distance", value=percent(0.9)),
                CoverageRow(name="Impression", value=percent(0.84)),
            ),
        ),
        CoverageGroup(name="Déclin", rows=(CoverageRow(name="Télécopie", value=percent(0.03)),)),
    ),
    ticks=tuple(percent(v) for v in (0, 0.25, 0.5, 0.75, 1)),
)

MULTIPLES = Multiples(
    key="multiples",
    title="Le calcul scientifique est le seul service durablement sous l’objectif",
    subtitle="Demandes traitées dans le délai promis, en %",
    alternative="Sur sept services, le calcul scientifique est le seul sous l’objectif de 90 % depuis huit trimestres.",
    words=WORDS,
    panels=tuple(
        Panel(
            name=name,
            points=tuple(
                Point(
                    quarter=quarter,
                    value=percent(value / 100) if value and value > 0 else None,
                    target=percent(0.9),
                    outside=value == 62,
                )
                for quarter, value in zip(QUARTERS, values, strict=True)
            ),
            family=family,
        )
        for (name, values), family in zip(
            _HEAT.items(), ("communication", "networks", "", "data", "computing", "", "networks"), strict=True
        )
    ),
    ticks=(percent(0.6), percent(0.8), percent(1.0)),
    higher_is_better=True,
)

QUADRANT = QuadrantChart(
    key="quadrant",
    title="La géomatique utilise moins et n’est pas satisfaite",
    subtitle="Évolution de l’usage et satisfaction",
    alternative="Sur cinq clients, la géomatique est la seule sur le départ : usage en baisse de 32 %, 2,6 sur 5.",
    words=WORDS,
    dots=tuple(
        QuadrantDot(name=name, x=percent(x), y=amount(y), category=category, stands_out=category == "Départ")
        for name, x, y, category in (
            ("Géomatique", -0.32, 2.6, "Départ"),
            ("Océanographie", 0.18, 4.2, "Fidèles"),
            ("Atmosphère", 0.181, 4.2, "Fidèles"),
            ("Bibliothèque", -0.05, 4.6, "Éloignés"),
            ("Ressources humaines", 0.1, 3.4, "Captifs"),
        )
    ),
    x_name="Évolution de l’usage",
    y_name="Satisfaction",
    x_split=percent(0),
    y_split=amount(4),
    x_ticks=(percent(-0.4), percent(-0.2), percent(0), percent(0.2)),
    y_ticks=(amount(2), amount(3), amount(4), amount(5)),
    fields=("Éloignés", "Fidèles", "Départ", "Captifs"),
)

SLOPE = Slope(
    key="slope",
    title="Deux clients valent autre chose que ce qu’ils pèsent",
    subtitle="Part du total",
    alternative="Le client B pèse 3 % et vaut 15 % ; le client D pèse 13 % et coûte de l’argent.",
    words=WORDS,
    rows=(
        SlopeRow(name="Client C", before=percent(0.6), after=percent(0.3)),
        SlopeRow(name="Client E", before=percent(0.14), after=percent(0.45)),
        SlopeRow(name="Client D", before=percent(0.13), after=percent(-0.05), turn="worse"),
        SlopeRow(name="Client B", before=percent(0.03), after=percent(0.15), turn="better"),
        SlopeRow(name="Client A", before=percent(0.01), after=percent(0.08)),
    ),
    before_name="Chiffre d’affaires",
    after_name="Valeur client",
)

SAMPLES: tuple[Spec, ...] = (
    TREND,
    SPARK,
    BULLET,
    HEAT_MAP,
    PARETO,
    DISTRIBUTION,
    NPS,
    COVERAGE,
    MULTIPLES,
    QUADRANT,
    SLOPE,
)
