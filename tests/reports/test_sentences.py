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


MORE_ABBREVIATIONS = [
    "Lt. Gen. Pedro M. Rojas and Maj.-Gen. Ana Moyo met in Lima.",
    "Brig. Gen. Luis F. Moyo met Adm. (ret.) Ana Rojas in Callao.",
    "Maj. (Retd.) Ana Rojas joined Gen. (r) Luis Moyo in Quito.",
    "H.E. Mr. Luis Moyo received H.E. Dr. Ana Rojas.",
    "No. 2 of the mission, Col. Ana T. Rojas, stayed in the car.",
    "He flew to St. Petersburg and then to St. John's.",
    "U.S. Amb. Ana Rojas called on the king.",
    "The talks began at 9 a.m. Monday and ended at 5 p.m. Tuesday.",
    "The talks ended at 11 p.m. Lima time.",
    "Rojas Inc. Chairman Luis Moyo went to Lima.",
    "Moyo Ltd. Director Ana Rojas spoke.",
    "It is Peru vs. Chile in court.",
    "The boats carried approx. 300 tonnes of fish.",
    "Luis Moyo Jr. and Ana Rojas Sr. met in Lima.",
    "Ana Rojas, Ph.D., and Luis Moyo, M.D., signed it.",
    "She waited … and then she left.",
    "She said the deal was “... dead on arrival” in Lima.",
    "He asked “Why now?” and left.",
    "“Will it hold?” asked Rojas.",
    "“We agree!” the minister shouted.",
    "“We leave.” he said.",
    "The northern states, e.g. Piura, and others, i.e. Tumbes, agreed.",
    "Exports rose by 3.5 percent to $1.25 billion.",
    "See https://example.org/a.b?c=D. for the text.",
    "Write to ana.rojas@example.org or go to www.example.org/A.B.html for it.",
    "Article 5.2.1 of the treaty was read out.",
    "Under Art. 4 and para. 7 the parties must talk.",
    "King Felipe VI. of Spain and Pope Pius XII. were named.",
    "The II. Corps of the army crossed the river.",
    "Gov. Ana Rojas and Sen. Luis Moyo met Rep. Eva Lindt.",
    "It left on Jan. 5 for Ft. Moyo and Mt. Rojas.",
    "The U.S.-led force and the U.K. Navy met.",
    "Prime Minister A. B. C. Moyo met P. V. Rojas.",
    "Gen. Ana Rojas, chief of the Gen. Staff, left.",
    "Capt. Luis Moyo and Cmdr. Ana Rojas sank.",
    "The note, dated Feb. 3, 2023, was sent to Hon. Ana Rojas.",
    "Rs. 300 crore and Sh. 40 million were paid.",
    "Asst. Sec. Ana Rojas met Dep. Min. Luis Moyo.",
    "The Dept. of State and the Govt. of Peru agreed.",
    "Vice Adm. Moyo and Rear Adm. Rojas met Wg. Cdr. Lindt.",
    "Sqn. Ldr. Rojas and Flt. Lt. Moyo ejected.",
    "Shri. Moyo and Smt. Rojas met.",
    "Ex-Pres. Moyo met Amb. Rojas and Sheikh Dr. Lindt.",
    "Rev. Fr. Luis Moyo was freed.",
    "It measured 5 ft. 3 in. and weighed 10 kg. in all.",
    "Moyo Corp. President Ana Rojas flew to Lima.",
    "Peru (pop. 33 million) and Chile (est. 1810) agreed.",
    "The ship M.V. Moyo and the S.S. Rojas collided.",
]


@pytest.mark.parametrize("text", MORE_ABBREVIATIONS)
def test_ranks_offices_places_companies_and_addresses_do_not_end_a_sentence(text):
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ("Peru met Chile.", "They agreed."),
        ("He lives in the U.S.", "He left in May."),
        ("It ended at 6 p.m.", "The ministers left."),
        ("Peru bought the firm Rojas Inc.", "It paid in cash."),
        ("He was from Moyo Ltd.", "The firm denied it."),
        ("“We agree.”", "He then left."),
        ("“Will it hold?”", "Nobody knew."),
        ("He asked: “Why now?”", "She left."),
        ("1. Peru will leave.", "2. Chile will stay."),
        ("The talks failed …", "Nobody was surprised."),
        ("It was over...", "They left."),
        ("He earned a Ph.D.", "She did not."),
        ("Exports rose to 3.5 percent.", "Imports fell."),
        ("See www.example.org.", "It has the text."),
        ("Write to ana@example.org.", "She will answer."),
        ("They met King Felipe VI.", "He was ill."),
        ("It was signed by Luis Moyo Jr.", "He left."),
        ("They sell fish, salt, etc.", "They buy oil."),
        ("He is with the U.N.", "She is not."),
        ("It is in Washington, D.C.", "The other is in Lima."),
        ("The answer was no.", "Nobody else spoke."),
        ("Peru said yes, Chile no.", "They parted."),
        ("Rojas left.", "(He was ill.)"),
        ("He said it was his.", "“It is not,” she said."),
        ("It happened on Feb. 3.", "Chile was told."),
        ("The ship sank at 5 a.m. on Monday.", "All were saved."),
        ("It is Chapter XII.", "Chapter XIII. is missing."),
        ("The minister left in March.", "May was quiet."),
        ("Was it Peru?", "Was it Chile?"),
        ("Peru!", "Chile!"),
        ("It went to Gen. Moyo.", "Col. Rojas got none."),
        ("The sum is 4.", "It was 5."),
        ("He left for St. Petersburg.", "St. John's was closed."),
        ("She met Luis M.", "He was late."),
        ("He gave it to him.", "Mr. Moyo left."),
        ("Peru signed it.", "Dr. Rojas did not."),
        ("It has 33 million people.", "No. 2 is Chile."),
    ],
)
def test_what_may_end_a_sentence_ends_it_before_a_new_one(parts):
    assert sentences(" ".join(parts)) == [part.removeprefix("1. ") for part in parts]  # a list mark is outside
