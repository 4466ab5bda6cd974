import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from entente.tagger.spans import Window, marks_on, spans_of, tokenise, windows_of, words_of


def small_tokenizer() -> Tokenizer:
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    words += ["chad", "asked", "niger", "##ia", "for", "help", ".", "’", "s"]
    tokenizer = Tokenizer(models.WordPiece({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))  # noqa: S106 - a word piece
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


TEXT = "Chad asked Nigeria for help."


def test_every_sub_word_of_the_marked_words_is_marked_and_no_other() -> None:
    tokens = tokenise(small_tokenizer(), TEXT)
    assert marks_on(tokens, [("source", 0, 4), ("target", 11, 18)]) == [2, 0, 3, 3, 0, 0, 0]
    assert marks_on(tokens, [("event", 400, 410)]) == [0] * 7


@pytest.mark.parametrize(
    ("lengths", "windows"),
    [
        ([], []),
        ([30, 40], [Window(0, 0, 2)]),
        ([30, 40, 50, 20], [Window(0, 0, 2), Window(1, 2, 3), Window(2, 3, 4)]),
        ([30, 300, 20], [Window(0, 0, 1), Window(1, 1, 2), Window(2, 2, 3)]),
    ],
)
def test_units_are_read_together_with_the_one_before_them(lengths: list[int], windows: list[Window]) -> None:
    assert windows_of(lengths, longest=100) == windows


def test_sub_words_of_one_word_are_grouped_and_punctuation_is_apart() -> None:
    tokenizer = small_tokenizer()
    tokens = tokenise(tokenizer, TEXT)
    words = ["".join(TEXT[slice(*tokens.offsets[i])] for i in group) for group in words_of(TEXT, tokens)]
    assert words == ["Chad", "asked", "Nigeria", "for", "help", "."]


def test_offsets_are_code_points_also_past_combined_and_astral_characters() -> None:
    tokenizer = small_tokenizer()
    text = "🙂 é Chad"
    tokens = tokenise(tokenizer, text)
    assert text[slice(*tokens.offsets[-1])] == "Chad"


def test_a_stray_inside_tag_opens_a_span() -> None:
    offsets = [(0, 4), (5, 10), (11, 18)]
    assert spans_of(["I-actor", "O", "B-recipient"], offsets) == [("actor", 0, 4), ("recipient", 11, 18)]
    assert spans_of(["B-actor", "I-actor", "B-actor"], offsets) == [("actor", 0, 10), ("actor", 11, 18)]
    assert spans_of(["B-actor", "I-place", "O"], offsets) == [("actor", 0, 4), ("place", 5, 10)]
