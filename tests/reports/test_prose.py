"""What of a text is prose: captions, credits and notices are not; wrapped lines are joined."""

import pytest

from entente.records import Incoming
from entente.reports.prepare import prepare
from entente.reports.prose import read_layout


def prepared(text, **fields):
    return prepare(Incoming(text=text, origin="test", source_id="test", published="2024-01-01", **fields))


def words(text):
    ready = prepared(text)
    return [" ".join(ready.report.text[s.start : s.end].split()) for s in ready.sentences]


FURNITURE = [
    "Photo: Ana Rojas/AFP",
    "Image: Peruvian Navy",
    "FILE - The president of Peru speaks in Lima, Feb. 3, 2023. (AP Photo/Ana Rojas, File)",
    "FILE PHOTO: A ship lies off Callao, June 4, 2021. REUTERS/Ana Rojas/File Photo",
    "[Photo by Ana Rojas/AFP via Getty Images]",
    "Caption: the two ministers on the quay",
    "(Reporting by Ana Rojas in Lima; Editing by Luis Moyo)",
    "Reporting by Ana Rojas and Luis Moyo in Lima; writing by Eva Lindt; editing by Tom Sand",
    "Writing by Eva Lindt",
    "© 2024 AFP",
    "Copyright 2024 Lima Daily. All rights reserved.",
    "(c) 2023 The Lima Daily",
    "All rights reserved.",
    "With inputs from agencies",
    "(With inputs from PTI)",
    "— ANI",
    "(PTI)",
    "APP/axr",
    "Read more: Peru and Chile settle their row over the lake",
    "Also read: Chile names a new envoy",
    "READ | Chile names a new envoy",
    "Related: Chile names a new envoy",
    "Read also",
    "Click here to read the statement",
    "Sign up for our morning newsletter",
    "Subscribe to our channel",
    "Subscribe now!",
    "Follow us on Twitter and Facebook",
    "Follow Ana Rojas on Twitter: @anarojas",
    "Advertisement",
    "Story continues below this advertisement",
    "Share this story",
    "Listen to this story",
    "Continue reading",
    "This story was originally published in the Lima Daily on 3 May 2021.",
    "The post Peru and Chile meet appeared first on Lima Daily.",
    "Last updated: Feb 24, 2023",
    "Last updated 3 hours ago",
    "3 min read",
    "For more information, contact Ana Rojas at ana@example.org",
    "For more information please visit www.example.org",
    "Media contact:",
    "-ends-",
    "Note to editors:",
    "(Except for the headline, this story has not been edited by our staff and is published from a syndicated feed.)",
    "People wait at the crossing in Tacna [File: Ana Rojas/Reuters]",
    "Ships off Callao on Monday. Photograph: Ana Rojas/Reuters",
    "The two ministers in Lima. | Photo Credit: PTI",
    "Press Release No. 12/2023",
    "For Immediate Release",
    "Embargoed until 10:00 GMT, 24 February 2023",
    "You may also like",
    "ana.rojas@example.org",
    "+51 1 555 0100",
    "https://example.org/a/b",
    "Download our app for Android",
    "#Peru #Chile",
    "Page 2 of 7",
    "This is a developing story.",
    "With AFP inputs",
]
PROSE = [
    "Read more broadly, the deal helps both navies.",
    "Related talks were held in Lima on Friday.",
    "Share prices in Lima fell after the minister spoke.",
    "Photo opportunities were refused by both delegations.",
    "Reporting by Reuters journalists showed that the army had crossed the river.",
    "Image is everything, the envoy told Peru.",
    "Follow us, the officer told the Chilean crew, and they did.",
    "Subscribe to the treaty they would not, the minister said.",
    "Sign up for the force or leave, the junta told the foreigners.",
    "Copyright rules divided Peru and Chile for years.",
    "All rights reserved for Peru under the treaty will lapse in May.",
    "Last updated in 1998, the treaty lets Peru fish off Arica.",
    "For more information the ministers turned to their embassies.",
    "Contact between the two armies was restored on Monday.",
    "The post of ambassador in Lima was left vacant by Chile.",
    "This story of mistrust began when Peru closed the border.",
    "Click farms in Chile spread false news on Peru, the ministry said.",
    "Listen to this country's voice, Peru told the council.",
    "Continue reading the treaty, and Peru's claim falls, Chile said.",
    "Advertisement of Chilean wine was banned by Peru.",
    "Caption writers were among those whom Peru expelled.",
    "With inputs from both sides, the mediator wrote a new draft.",
    "Writing by hand, the minister signed the note to Chile.",
    "Editing by the censor was denied by Peru's ministry.",
    "Watch towers were built by Chile along the border.",
    "Video of the raid was shown to the council by Peru.",
    "Press releases from both ministries spoke of progress.",
    "The ministers met in Lima (Peru) on Monday.",
    "He told the Press Trust of India (PTI).",
    "Peru joined the North Atlantic Treaty Organization (NATO).",
    "Three minutes read like hours, the envoy said.",
    "Comments by the minister angered Chile.",
    "Home affairs ministers of Peru and Chile met.",
    "Ends justify means, the general told Chile.",
    "See also the minister's claim that Chile lied, he added.",
    "Download speeds in Arica fell after Chile cut the cable.",
    "Most read the note as a threat to Peru.",
    "Top stories of corruption led Peru to recall its envoy.",
    "Search teams from Chile arrived in Lima on Monday.",
    "The minister's photo was burnt by protesters in Lima.",
    "Tags on the crates showed that Chile had sent them.",
    "Support for Peru came from Chile and Bolivia.",
    "Join our alliance, Chile told Peru.",
    "More from Chile is expected by Peru this year.",
    "Print runs of the treaty were burnt in Lima.",
    "Topics included the lake, the rail line and the port.",
    "He said that the picture taken by Chile was false.",
    "Register all foreigners, Peru told its governors.",
    "Updated charts were given to Chile by Peru.",
    "Embargoed goods were found on the Chilean ship.",
]
BEFORE = "The navies of Peru and Chile held an exercise off Arica, which ended without an accident."
AFTER = "Both sides called it a success, and they want to repeat it before the year is over."


@pytest.mark.parametrize("line", FURNITURE)
def test_what_stands_around_prose_is_kept_outside_every_sentence(line):
    text = f"{BEFORE}\n\n{line}\n\n{AFTER}"
    assert words(text) == [BEFORE, AFTER]
    assert prepared(text).report.text == text
    assert line in {text[m.start : m.end] for m in read_layout(text).metadata}


@pytest.mark.parametrize("line", PROSE)
def test_sentence_that_begins_like_a_notice_is_prose(line):
    assert words(f"{BEFORE}\n\n{line}\n\n{AFTER}") == [BEFORE, line, AFTER]
    assert words(f"{BEFORE} {line}") == [BEFORE, line]


@pytest.mark.parametrize(
    "tail",
    [
        "(PTI)",
        "— ANI",
        "-- IRNA",
        "PTI ABC DEF",
        "[Reuters]",
        "— AP/Reuters",
        "(Reporting by Ana Rojas in Lima; Editing by Luis Moyo)",
        "Reporting by Ana Rojas and Eva Lindt in Lima; editing by Tom Sand.",
        "(With inputs from agencies) (PTI)",
        "With inputs from Reuters",
        "Enditem",
        "[Read more…]",
        "(Reporting by Ana Rojas\nin Lima; Editing by Luis Moyo)",
    ],
)
def test_credit_after_the_last_sentence_is_cut_off_it(tail):
    text = f"{BEFORE} {tail}"
    assert words(text) == [BEFORE]
    assert prepared(text).report.text == text


@pytest.mark.parametrize(
    "sentence",
    [
        "He told the Press Trust of India (PTI).",
        "He told the AP.",
        "Peru joined the pact (Chile did not).",
        "The rate was cut – and Reuters said so.",
    ],
)
def test_agency_within_a_sentence_stays_in_it(sentence):
    assert words(f"{BEFORE} {sentence}") == [BEFORE, sentence]


def test_caption_over_several_lines_is_no_prose():
    text = f"{BEFORE}\n\nThe two ministers on the quay of Arica, where the exercise\nbegan. (AP Photo/Ana Rojas)\n\n{AFTER}"
    assert words(text) == [BEFORE, AFTER]


def test_other_stories_listed_under_their_heading_are_no_prose_and_what_follows_is():
    text = (
        f"{BEFORE}\n\nYou may also like\n\n- Iran holds two ships\n- Mali expels an envoy\nGhana: talks fail\n\n{AFTER}"
    )
    assert words(text) == [BEFORE, AFTER]


def test_names_to_call_under_their_heading_are_no_prose():
    text = f"{BEFORE}\n\nMedia contact:\nAna Rojas, press officer\n+51 1 555 0100\nana@example.org\n"
    assert words(text) == [BEFORE]


def test_notes_to_editors_keep_their_words():
    assert words(f"{BEFORE}\n\nNotes to editors:\n\n{AFTER}") == [BEFORE, AFTER]


RAGGED = """\
Ministers agree on the lake

The foreign ministers of Peru and Bolivia met in Puno on Monday to
settle how the two countries will share
the water of the lake, which both of them need for their farms and
for the towns along its shore. They agreed that a joint office
in Copacabana would measure the level of the lake twice a week and
publish what it finds,
so that nobody can say afterwards that he did not know.

Background

Bolivia had accused Peru in May of taking more
than its share. Peru denied this and asked for a new count, which a
team from Ecuador made in July.
The team found that both had taken too much.
"""
JOINED = [
    "Ministers agree on the lake",
    "The foreign ministers of Peru and Bolivia met in Puno on Monday to settle how the two countries will share the "
    "water of the lake, which both of them need for their farms and for the towns along its shore.",
    "They agreed that a joint office in Copacabana would measure the level of the lake twice a week and publish what it "
    "finds, so that nobody can say afterwards that he did not know.",
    "Background",
    "Bolivia had accused Peru in May of taking more than its share.",
    "Peru denied this and asked for a new count, which a team from Ecuador made in July.",
    "The team found that both had taken too much.",
]


def test_lines_of_uneven_width_are_joined_and_headings_are_not():
    assert words(RAGGED) == JOINED


def test_lines_with_a_blank_one_after_each_are_joined():
    assert words("\n\n".join(line for line in RAGGED.split("\n") if line)) == JOINED


def test_list_in_a_text_of_uneven_width_keeps_its_lines_apart():
    text = """\
The delegation arrived in Lima on Monday and was received by the
foreign minister, who had waited for
them at the airport since noon, as the flight from Quito was late
by two hours because of the fog.

Members of the delegation:
Ana Rojas, minister of foreign affairs
Luis Moyo, deputy minister of trade
Eva Lindt, ambassador in Lima

They are to stay until Friday and to see the port of Callao, where
a ship of theirs has been
held since May for unpaid dues.
"""
    assert words(text)[1:-1] == [
        "Members of the delegation:",
        "Ana Rojas, minister of foreign affairs",
        "Luis Moyo, deputy minister of trade",
        "Eva Lindt, ambassador in Lima",
    ]


def test_long_heading_above_a_short_sentence_is_not_joined_to_it():
    assert words("Peru and Chile agree to share the water of the lake\nThey met in Lima.")[1] == "They met in Lima."


def test_paragraphs_of_one_line_each_stay_apart():
    assert words(f"{BEFORE}\n\n{AFTER}\n\n{BEFORE}\n\n{AFTER}\n\n{BEFORE}\n\n{AFTER}\n\n{BEFORE}") == [
        BEFORE,
        AFTER,
    ] * 3 + [BEFORE]
