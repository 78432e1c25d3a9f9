"""Offers of any size, for the tests of the poster."""

from __future__ import annotations

from collections.abc import Sequence

from comptoir.paper.posters.fitting import PosterFace
from comptoir.paper.posters.grid import CardGroup, GridField, GridItem

NAMES = (
    "Wi-Fi",
    "Courriel et agenda",
    "Ordinateur de travail",
    "Entrepôt de données de recherche",
    "Téléphonie",
    "Portail des ressources humaines",
    "Sauvegarde",
    "Cartes graphiques à la demande",
    "Salles de réunion équipées",
)
LONG_NAMES = (
    "Accompagnement des déménagements informatiques",
    "Hébergement de bases de données réglementées",
    "Administration des postes des laboratoires",
    "Vidéoconférence des instances représentatives",
)
FAMILIES = ("Poste de travail", "Communiquer et collaborer", "Données", "Aide et accompagnement", "Réseaux")
SUMMARY = "Imprimez de n’importe où, retirez vos pages avec votre badge à l’imprimante la plus proche."
FIELD = GridField(
    388, 400, PosterFace("Figtree", True), PosterFace("Fraunces", True), PosterFace("Figtree", False)
)
DENSE = GridField(
    388, 430, PosterFace("Figtree", True), PosterFace("Fraunces", True), PosterFace("Figtree", False)
)


def offer(counts: Sequence[int], names: Sequence[str] = NAMES) -> tuple[CardGroup, ...]:
    """Families with so many services each; names follow one another."""
    groups, number = [], 0
    for index, count in enumerate(counts):
        items = []
        for _ in range(count):
            items.append(GridItem(f"s{number}", names[number % len(names)], "", SUMMARY))
            number += 1
        groups.append(CardGroup(f"f{index}", FAMILIES[index % len(FAMILIES)], SUMMARY, tuple(items)))
    return tuple(groups)
