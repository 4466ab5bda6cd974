from entente.events.statements import _whole
from entente.tagger.reading import Found

TEXT = "Price spoke about the bilateral meetings with Chad on trade and investment, and “regret” was voiced."


def found(label: str, words: str) -> Found:
    at = TEXT.index(words)
    return Found(label, at, at + len(words), 0.9)


def test_parts_of_one_content_are_joined_and_a_stray_word_is_dropped() -> None:
    parts = [found("cue", "spoke"), found("content", "bilateral"), found("content", "meetings with Chad")]
    assert [TEXT[f.start : f.end] for f in _whole(TEXT, parts)] == ["bilateral meetings with Chad"]
    assert _whole(TEXT, [found("cue", "spoke"), found("content", "bilateral")]) == []


def test_a_cue_between_two_contents_keeps_them_apart() -> None:
    parts = [found("content", "Price spoke about"), found("cue", "the"), found("content", "bilateral meetings with")]
    assert len(_whole(TEXT, parts)) == 2


def test_a_single_word_that_is_quoted_is_a_statement() -> None:
    assert [TEXT[f.start : f.end] for f in _whole(TEXT, [found("content", "regret")])] == ["regret"]
