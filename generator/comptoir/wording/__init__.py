"""What is said, in every language: messages, numbers and dates in, words out. Translations lie in `locale/`."""

from comptoir.wording.language import N_, NN_, NP_, SOURCE_LANGUAGE, Language, language, spoken_languages
from comptoir.wording.problem_words import PROBLEM_LANGUAGE, tell, told_languages
from comptoir.wording.typesetting import FIXED, THIN, one_line, plain_words, printable, typeset

__all__ = [
    "FIXED",
    "NN_",
    "NP_",
    "N_",
    "PROBLEM_LANGUAGE",
    "SOURCE_LANGUAGE",
    "THIN",
    "Language",
    "language",
    "one_line",
    "plain_words",
    "printable",
    "spoken_languages",
    "tell",
    "told_languages",
    "typeset",
]
