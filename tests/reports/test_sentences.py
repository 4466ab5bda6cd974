"""Where sentences begin and end."""

import pytest

from entente.records import Incoming
from entente.reports.prepare import prepare


def sentences(text):
    ready = prepare(Incoming(text=text, origin="test", source_id="test", published="2024-01-01"))
    return [ready.report.text[sentence.start : sentence.end] for sentence in ready.sentences]


ONE = [
    "Foreign Secretary Grace A. Moyo met Lt. Gen. Luis F. Ibarra, the Peruvian chief of staff, in Lima.",
    "No. 2 of the delegation, Col. Ana T. Rojas, stayed in the car.",
    "Mr. Rojas, Sen. Moyo and Gov. Ibarra left on Feb. 3 at 6 a.m. Friday.",
    "The U.S. Senate and the U.N. Security Council rejected Resolution No. 12.",
    "At 5 p.m. Moscow time the talks ended.",
    "He waited... and then he left.",
    "“Will you go?” she asked.",
    "“Will you go?” Rojas asked.",
    "“Never!” he shouted.",
    "The U.S. embassy in Washington, D.C. was closed.",
    "It cost $1.5 million (Rs. 300 crore).",
    "President Joseph R. Biden, Jr. spoke with the king.",
    "The militants, i.e. the northern faction, e.g. those in Kidal, agreed.",
]


@pytest.mark.parametrize("text", ONE)
def test_abbreviations_initials_ranks_and_quotes_do_not_end_a_sentence(text):
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ("Peru met Chile.", "They agreed."),
        ("He lives in the U.S.", "The embassy is closed."),
        ("It ended at 6 p.m.", "The ministers left."),
        ("“We agree.”", "“So do we.”"),
        ("“We agree,” he said.", "“It is good.”"),
        ("Will it hold?", "Nobody knows!", "Wait."),
        ("He said: “Go.”", "They went."),
        ("The pact failed…", "Nobody was surprised."),
        ("Talks were held (in Lima.)", "They failed."),
    ],
)
def test_sentences_are_parted(parts):
    assert sentences(" ".join(parts)) == list(parts)


def test_blank_line_ends_a_sentence_and_a_wrapped_line_does_not():
    text = (
        "The President spoke today with the Prime Minister of Peru in order to\n"
        "reaffirm the partnership between both of their countries, and said that\n"
        "they would meet in Lima. They also spoke of trade, of the sea, and of a\n"
        "number of other things\n\nChile was not there"
    )
    found = sentences(text)
    assert len(found) == 3
    assert found[0].endswith("would meet in Lima.")
    assert found[0].count("\n") == 2
    assert found[2] == "Chile was not there"


def test_lines_that_are_paragraphs_are_not_joined():
    text = "Peru to host talks\nPeru said it would host talks in Lima on the use of the sea.\nChile agreed to come."
    assert sentences(text) == text.split("\n")


def test_markdown_marks_are_outside_where_they_stand_at_the_edge():
    text = (
        "# Talks #\n\n- First point. Second one.\n* **Third point.**\n1. [Fourth](https://x.org/a_(b)) point.\n\n"
        "> Quoted words.\n\n---\n\n*All of it.*\n\n\\###"
    )
    assert sentences(text) == [
        "Talks",
        "First point.",
        "Second one.",
        "Third point.",
        "Fourth](https://x.org/a_(b)) point.",
        "Quoted words.",
        "All of it.",
    ]


def test_link_at_a_sentences_end_ends_it():
    text = "They praised the [Lima Pact.](https://x.org/v1.2/Pact) Then they left."
    assert sentences(text)[1] == "Then they left."


def test_speaker_labels_are_outside_and_bound_sentences():
    text = (
        "MR. ROJAS:  Thanks, everyone.  Let us begin\n\nQUESTION: What of Chile?\n\n"
        "PRESIDENT MOYO (as interpreted): We agree.\n\nQ    And Peru?\n\nMR. ROJAS: No."
    )
    assert sentences(text) == ["Thanks, everyone.", "Let us begin", "What of Chile?", "We agree.", "And Peru?", "No."]


def test_quotation_over_paragraphs_is_bounded_by_them():
    assert sentences("“We agree. We go.\n\n“We shall return.”") == ["“We agree.", "We go.", "“We shall return.”"]


def test_wrapped_list_item_is_one_sentence_though_its_lines_are_indented():
    text = (
        "-   In 2022 the two ministries of fisheries of Peru and Chile gave a loan to\n"
        "    the National Office of the Sea, and the Regional Fund and the National\n"
        "    Board of Trade agreed on the terms that the two had drawn up in Lima\n"
        "    Harbour."
    )
    assert sentences(text) == [text[4:]]
