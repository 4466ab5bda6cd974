import re

import pytest

from entente.events.detect import Draft
from entente.events.special_cases import Example, decide, special_cases
from entente.ontology.codebook import load_codebook
from entente.records import Span


def decided(example: Example) -> Draft:
    before, trigger, after = re.fullmatch(r"(.*)\[(.+)\](.*)", example.text).groups()  # type: ignore[union-attr]
    draft = Draft(sentence=0, trigger=Span(len(before), len(before) + len(trigger)), event=example.event,
                  probability=0.9, status=example.status, mode=(), contexts=(), roles=())  # fmt: skip
    return decide(draft, trigger, before, after)


EXAMPLES = [(case.name, example) for case in special_cases() for example in case.examples]


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[f"{n[:40]}: {e.text[:40]}" for n, e in EXAMPLES])
def test_each_special_case_decides_its_examples_as_it_says(name: str, example: Example) -> None:
    draft = decided(example)
    assert draft.event == (example.gives or example.event)
    assert draft.status == (example.gives_status or draft.status)


@pytest.mark.parametrize("case", special_cases(), ids=lambda case: case.name[:50])
def test_each_special_case_changes_one_of_its_examples(case) -> None:  # type: ignore[no-untyped-def]
    assert any((e.gives or e.event, e.gives_status or e.status) != (e.event, e.status) for e in case.examples)


def test_what_a_case_makes_is_in_the_codebook() -> None:
    book = load_codebook()
    for case in special_cases():
        assert case.then.event is None or case.then.event in book.types
        for mode in case.then.mode or ():
            assert mode in book.types[str(case.then.event)].modes
