import msgspec
import pytest

from entente.errors import CodebookError
from entente.ontology.codebook import PLOVER, load_codebook

WHOLE = """
name = "small"
version = "1"
[types.TRADE]
quad_class = "material_cooperation"
score = 3
requires_recipient = true
description = "Goods are exchanged."
modes.barter = { score = 2, context = "harvest", description = "Without money." }
modes.gift = { description = "Nothing comes back." }
[contexts]
harvest = "Crops."
[sectors]
GOV = "Government"
[organisations]
IGO = "Bodies of states"
"""


def test_plover_has_its_sixteen_types_with_all_modes_contexts_and_sectors():
    book = load_codebook()
    assert len(book.types) == 16
    assert set(book.types["ASSAULT"].modes) >= {"drone", "primitive", "aerial", "crowd-control", "unconventional"}
    assert (len(book.contexts), len(book.sectors)) == (37, 25)


def test_each_quad_class_lies_on_its_side_of_the_scale():
    book = load_codebook()
    for name, kind in book.types.items():
        scores = [kind.score, *(m.score for m in kind.modes.values())]
        cooperative = kind.quad_class.endswith("cooperation")
        assert all(s > 0 if cooperative else s <= 0.5 for s in scores), name


def test_a_mode_decides_the_score_and_plain_accuse_is_negative():
    book = load_codebook()
    assert book.score("ACCUSE") == -3
    assert book.score("ASSAULT", ["drone", "targeted"]) == -9.5
    assert book.score("RETREAT", ("disarm",)) == 10
    assert book.score("PROTEST", ["vandalize"]) == book.score("PROTEST")
    assert book.quad_class("CONCEDE") == "verbal_cooperation"


def test_cooperation_that_is_only_announced_is_an_agreement():
    book = load_codebook()
    assert {n for n, k in book.types.items() if k.future == "AGREE"} == {"CONSULT", "SUPPORT", "COOPERATE", "AID"}


def test_unknown_type_or_mode_names_what_was_meant():
    with pytest.raises(CodebookError, match='did you mean "ASSAULT"'):
        load_codebook().score("ASSUALT")
    with pytest.raises(CodebookError, match='did you mean "arrest"'):
        load_codebook().score("COERCE", ["arest"])


def test_a_researchers_own_codebook_is_read(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(WHOLE, encoding="utf-8")
    book = load_codebook(path)
    assert book.score("TRADE", ["barter"]) == 2
    assert book.score("TRADE", ["gift"]) == 3
    assert book.types["TRADE"].modes["barter"].context == "harvest"


def test_all_problems_of_a_codebook_are_listed_at_once(tmp_path):
    path = tmp_path / "own.toml"
    broken = WHOLE.replace("score = 3\n", "", 1).replace("material_cooperation", "material_coperation")
    broken = broken.replace('context = "harvest"', 'context = "harvets"').replace("score = 2", "score = 20")
    path.write_text(broken.replace("GOV = ", "GOV = 1 # "), encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        load_codebook(path)
    reason = str(caught.value)
    assert reason.startswith(f"{path}: 5 problems: ")
    for part in (
        "types.TRADE.score: missing",
        'types.TRADE.quad_class: no quad class "material_coperation", did you mean "material_cooperation"?',
        'types.TRADE.modes.barter.context: no context "harvets", did you mean "harvest"?',
        "types.TRADE.modes.barter.score: 20 is outside -10 to 10",
        "sectors.GOV: must be a description",
    ):
        assert part in reason


@pytest.mark.parametrize("content", ["types = [", "name = 1\n", 'name = "x"\nversion = "1"\ntypes = 3\n'])
def test_what_is_no_codebook_is_refused(tmp_path, content):
    path = tmp_path / "own.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CodebookError, match=r"own\.toml"):
        load_codebook(path)


def test_a_missing_codebook_names_the_path(tmp_path):
    with pytest.raises(CodebookError, match=r"nowhere\.toml"):
        load_codebook(tmp_path / "nowhere.toml")


def test_every_cameo_code_leads_to_a_type_mode_and_contexts_that_the_codebook_has():
    book = load_codebook()
    lines = (PLOVER.parent / "cameo.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    assert len(rows) > 250
    assert [r[0] for r in rows] == sorted({r[0] for r in rows})
    for code, event, mode, contexts, direction in rows:
        assert book.score(event, [mode] if mode else []) is not None, code
        assert set(filter(None, contexts.split(";"))) <= set(book.contexts), code
        assert direction in ("", "swapped")


def test_a_codebook_is_frozen():
    with pytest.raises(AttributeError):
        load_codebook().name = "other"  # type: ignore[misc]
    assert isinstance(load_codebook(), msgspec.Struct)
