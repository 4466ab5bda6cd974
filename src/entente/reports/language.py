"""Which language a report is written in."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["identify_language"]

# Words that are frequent in English and rare or unknown in the languages that share its alphabet.
_ENGLISH = frozenset(
    "the and that with for from has have had his their which were been would said says this they its by are will not "
    "who but to of on at as after between against could should when while what there more than".split()
)
# Nigerian Pidgin shares most words with English: without one of its own, a text that is taken for it is English.
_PIDGIN = frozenset("dey wey dem una abi sef wetin sabi pesin kontri goment pipo don".split())
_SAMPLE_CHARACTERS = 4000


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # costs start-up time that most reports need not pay

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def identify_language(text: str) -> str:
    """The language of a text as an ISO 639-1 code; ``und`` where it holds no letters.

    A text is called something else than English only with confidence: a few names, or a text with a fair share of
    English function words, stay English. The classifier, which takes half a second to load, is asked only where
    the words leave doubt.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    letters = [character for character in sample if character.isalpha()]
    if not letters:
        return "und"
    words = re.findall(r"[^\W\d_]+", sample.lower())
    share = sum(word in _ENGLISH for word in words) / len(words)
    if share >= 0.2:
        return "en"
    latin = sum("LATIN" in unicodedata.name(character, "") for character in letters) / len(letters)
    language, probability = _identifier().classify(sample)
    if latin < 0.5:
        return str(language) if language != "en" else "und"
    if language == "pcm" and not _PIDGIN.intersection(words):
        return "en"
    needed = 0.6 if share <= 0.05 else 0.9
    return str(language) if language != "en" and probability >= needed and share <= 0.12 else "en"
