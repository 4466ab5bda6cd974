from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from entente.tagger.spans import MARKS, mark, spans_of, tokenise, words_of


def small_tokenizer() -> Tokenizer:
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *[w for pair in MARKS.values() for w in pair]]
    words += ["chad", "asked", "niger", "##ia", "for", "help", ".", "’", "s"]
    tokenizer = Tokenizer(models.WordPiece({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))  # noqa: S106 - a word piece
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


TEXT = "Chad asked Nigeria for help."


def test_marks_enclose_the_words_and_positions_still_find_every_sub_word() -> None:
    tokenizer = small_tokenizer()
    tokens = tokenise(tokenizer, TEXT)
    row = mark(tokenizer, tokens, [("source", 0, 4), ("target", 11, 18)])
    assert [row.ids[i] for i in row.position] == tokens.ids
    marks = [tokenizer.id_to_token(i) for i in row.ids if i not in tokens.ids]
    assert marks == ["[CLS]", "[unused3]", "[unused4]", "[unused5]", "[unused6]", "[SEP]"]
    at = row.ids.index(tokenizer.token_to_id("[unused5]"))
    assert tokenizer.id_to_token(row.ids[at + 1]) == "niger"


def test_a_mark_outside_the_text_adds_nothing() -> None:
    tokenizer = small_tokenizer()
    tokens = tokenise(tokenizer, TEXT)
    assert mark(tokenizer, tokens, [("event", 400, 410)]) == mark(tokenizer, tokens)


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
