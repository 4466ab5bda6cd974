"""Faults that users reported of other systems, each as a small input with what must come out.

Our own cases lie beside this file; those of the project's public collection are read where it lies beside the repository.
"""

import base64
import io
import json
from pathlib import Path

import msgspec
import pytest

from entente.coders.builtin import load
from entente.records import Document, Failure
from entente.reports.extract import extract
from entente.reports.prepare import prepare
from entente.sources.contents import Place, Reading, read_named
from tests.field_cases.comparing import Output, differences

OWN = Path(__file__).parent / "cases.jsonl"
PUBLIC = Path(__file__).parents[3] / "shared/field-cases/cases.jsonl"
AREAS = frozenset({"web extraction", "feeds", "archives", "dates", "offsets and encoding", "sentences"})
NAMES = {
    "text": "case.txt",
    "html": "case.html",
    "rss": "case.rss",
    "atom": "case.atom",
    "warc": "case.warc",
    "warc.gz": "case.warc.gz",
    "eml": "case.eml",
    "mbox": "case.mbox",
    "pdf": "case.pdf",
    "docx": "case.docx",
}


def cases(path):
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def named(found):
    return [pytest.param(case, id=case["id"]) for case in found]


@pytest.fixture(scope="module")
def coder():
    return load()


def content_of(case):
    form, _, packed = case["input_format"].partition(";")
    return NAMES[form], base64.b64decode(case["input"]) if packed else case["input"].encode()


def output_of(case, coder):
    """What comes of a case on the way that every input takes; its day counts where the input gives none."""
    name, content = content_of(case)
    codings, failures = [], []
    for item in read_named(io.BytesIO(content), name, Place(origin=name, source_id=case["id"]), Reading()):
        incoming = extract(item) if isinstance(item, Document) else item
        if isinstance(incoming, Failure):
            failures.append(incoming)
            continue
        if incoming.published is None:
            incoming = msgspec.structs.replace(incoming, published=case["published"])
        codings.append(coder.code(prepare(incoming)))
    return Output(tuple(codings), tuple(failures))


@pytest.mark.parametrize("case", named(cases(OWN)))
def test_own_case_comes_out_right(case, coder):
    assert differences(case["expect"], output_of(case, coder)) == []


@pytest.mark.skipif(not PUBLIC.exists(), reason="the collection of field cases does not lie beside this repository")
@pytest.mark.parametrize("case", named(c for c in cases(PUBLIC) if c["area"] in AREAS))
def test_public_case_comes_out_right(case, coder):
    assert differences(case["expect"], output_of(case, coder)) == []


def test_comparison_finds_what_is_wrong(coder):
    case = next(c for c in cases(OWN) if c["id"] == "own-062-a")
    output, wrong = output_of(case, coder), json.loads(json.dumps(case["expect"]))
    wrong["sentences_count"] = 3
    wrong["events"][0]["date"] = "2023-09-11"
    wrong["people"][0]["country"] = "ECU"
    wrong["people"][1]["office"] = "Capt."
    wrong["absent"] = [{"actor": ["PER"]}]
    wrong["report"] = {"text_contains": ["nobody"], "title": "None of it"}
    wrong["errors"] = [{"uri_contains": "example"}]
    wrong["events_exact"] = True
    wrong["dates"] = [{"text": "Monday", "value": "2023-09-11"}]
    assert len(differences(wrong, output)) == 9
