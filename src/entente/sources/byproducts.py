"""What programs leave in folders and archives beside the reports: it is passed over, as hidden files are."""

from __future__ import annotations

import re
from collections.abc import Collection

__all__ = ["is_byproduct", "is_folder_of_page"]

_SYSTEM_FILES = frozenset(("__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"))
_OWN_STORE = re.compile(r".+\.duckdb(?:\..+)?")
_PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".shtml")
# How browsers and Office call the folder that they save beside a page, in the languages of Windows.
_FOLDER_OF_PAGE = re.compile(
    r"[._-](?:files?|Dateien|fichiers|archivos|bestanden|ficheiros|arquivos|filer|tiedostot|pliki|soubory|elemei|fajlovi"
    r"|datoteke|dosyalar|fitxers|fitxategiak|failid|fails|bylos)",
    re.IGNORECASE,
)


def is_byproduct(name: str) -> bool:
    """Whether a file or folder of that name is one that its owner did not put there as a report.

    Hidden ones, those that systems keep about a folder, marks of Office for a file that is open (``~$report.docx``),
    and a store with its locks and backups, which by default lies where the reports do.
    """
    return name.startswith((".", "~$")) or name.lower() in _SYSTEM_FILES or _OWN_STORE.fullmatch(name) is not None


def is_folder_of_page(name: str, beside: Collection[str]) -> bool:
    """Whether a folder holds the scripts, pictures and frames of a saved page, which is among the files beside it."""
    match = next((one for one in _FOLDER_OF_PAGE.finditer(name) if one.end() == len(name)), None)
    return match is not None and any(name[: match.start()] + ending in beside for ending in _PAGE_ENDINGS)
