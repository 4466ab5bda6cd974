"""Every error that entente raises on purpose.

EntenteError
├── InputError        a file, line or address that cannot be read
├── EvidenceMismatch  a quote that is not the text at its offsets
├── CodebookError     a codebook that is incomplete or contradicts itself
├── ModelError        weights that are missing, damaged or of another make
├── StoreError        a store that cannot be opened, read or written
└── EndpointError     a model server that cannot be used
"""

from __future__ import annotations

__all__ = [
    "CodebookError",
    "EndpointError",
    "EntenteError",
    "EvidenceMismatch",
    "InputError",
    "ModelError",
    "StoreError",
]


class EntenteError(Exception):
    """Something that a user can mend: it names the thing, the reason and the remedy.

    Parameters
    ----------
    what : str
        The file, address or setting concerned.
    reason : str
        What is wrong with it, in a sentence.
    remedy : str, optional
        What to do about it.
    """

    def __init__(self, what: str, reason: str, remedy: str = "") -> None:
        self.what, self.reason, self.remedy = what, reason, remedy
        super().__init__(f"{what}: {reason}" + (f" {remedy}" if remedy else ""))


class InputError(EntenteError):
    """An input that cannot be read as a report."""


class EvidenceMismatch(EntenteError):  # noqa: N818 - the name says what is wrong
    """A quote that is not the text at its offsets."""


class CodebookError(EntenteError):
    """A codebook that is incomplete or contradicts itself."""


class ModelError(EntenteError):
    """Weights that are missing, damaged or made for another version."""


class StoreError(EntenteError):
    """A store that cannot be opened, read or written."""


class EndpointError(EntenteError):
    """A model server that cannot be reached or does not answer as agreed."""
