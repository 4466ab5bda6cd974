"""The training loop's parts on a network of a few hundred weights. Needs the extra ``train``."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

torch = pytest.importorskip("torch", reason="training needs the extra `train`")
pytest.importorskip("transformers", reason="training needs the extra `train`")

from training.data import Frame, Line  # noqa: E402
from training.export import export  # noqa: E402
from training.network import Network  # noqa: E402
from training.samples import Ask, Sample, Taught, Text  # noqa: E402

from entente.tagger.model import Tagger  # noqa: E402
from entente.tagger.spans import marks_on  # noqa: E402
from training import fit, labels, windows  # noqa: E402

WORDS = "chad niger mali asked met thanked for help grain on monday the . ,".split()


@pytest.fixture
def tokenizer() -> Tokenizer:
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS]
    made = Tokenizer(models.WordPiece({w: i for i, w in enumerate(pieces)}, unk_token="[UNK]"))  # noqa: S106
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


@pytest.fixture
def network() -> Network:
    from transformers import BertConfig, BertModel

    torch.manual_seed(0)
    config = BertConfig(vocab_size=4 + len(WORDS), hidden_size=64, num_hidden_layers=3, num_attention_heads=2,
                        intermediate_size=128, max_position_embeddings=300)  # fmt: skip
    return Network(BertModel(config, add_pooling_layer=False))


TEXT = "Chad asked Niger for grain."
ASK = Ask(marks=(("event", 5, 10),), roles=[(0, 4, "actor"), (11, 16, "recipient")], type={"REQUEST": 1.0},
          status="actual", modes=[], contexts=[], clear=True)  # fmt: skip
# Two sentences, the first as context only.
SAMPLE = Sample((Text("Mali met Chad."), Text(TEXT, triggers=[(5, 10, "REQUEST")])), (replace(ASK, text=1),))


def batch_of(tokenizer: Tokenizer, *samples: Sample) -> fit.Batch:
    return fit.Batch([fit.row_of(tokenizer, s) for s in samples], 0)


def test_a_question_sees_the_states_of_its_own_sentence(tokenizer: Tokenizer) -> None:
    batch = batch_of(tokenizer, SAMPLE)
    words = tokenizer.encode(TEXT, add_special_tokens=False).ids
    places = batch.where[0][batch.ask_mask[0] == 1]
    assert batch.ids.flatten()[places].tolist() == [2, *words]
    assert batch.marks[0, 1 : len(words) + 1].tolist() == [0, 1, 0, 0, 0, 0]


def test_what_is_not_known_is_ignored_and_what_is_known_stands_at_its_word(tokenizer: Tokenizer) -> None:
    batch = batch_of(tokenizer, SAMPLE)
    known = (batch.tags["trigger"][0] != fit.IGNORE).nonzero().flatten().tolist()
    context = len(tokenizer.encode("Mali met Chad.", add_special_tokens=False).ids)
    assert known[0] == 1 + context
    tags = [labels.TRIGGER[i] for i in batch.tags["trigger"][0, known].tolist()]
    assert tags == ["O", "REQUEST", "O", "O", "O", "O"]
    assert bool((batch.tags["entity"] == fit.IGNORE).all())
    roles = [labels.ROLE[i] for i in batch.roles[0, 1:7].tolist()]
    assert roles == ["B-actor", "O", "B-recipient", "O", "O", "O"]


def test_every_sample_is_in_one_batch_of_the_size_asked_for(tokenizer: Tokenizer) -> None:
    samples = [Sample((Text(" ".join(["Chad"] * n)),)) for n in range(1, 60)]
    order = fit.plan(samples, tokenizer, random.Random(0), 100)  # noqa: S311
    assert sorted(len(row.ids) for part in order for row in part) == sorted(n + 2 for n in range(1, 60))
    assert all(len(part) * max(len(row.ids) for row in part) <= 100 or len(part) == 1 for part in order)


def test_training_brings_the_loss_down_and_goes_on_where_it_was_broken_off(
    tokenizer: Tokenizer, network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = float(fit.loss_of(network.eval(), batch_of(tokenizer, SAMPLE)).detach())
    start = {k: v.clone() for k, v in network.state_dict().items()}
    epochs = [[SAMPLE] * 40] * 3
    settings: dict[str, Any] = {"rate": 1e-3, "head_rate": 1e-2, "seed": 1, "size": 60}
    fit.train(network, tokenizer, epochs, **settings)
    through = {k: v.clone() for k, v in network.state_dict().items()}
    assert float(fit.loss_of(network, batch_of(tokenizer, SAMPLE)).detach()) < before / 2

    network.load_state_dict(start)
    monkeypatch.setattr(fit, "EVERY", 3)
    steps = 0

    def broken(*args: Any) -> float:
        nonlocal steps
        steps += 1
        if steps == 19:
            raise KeyboardInterrupt
        return step(*args)

    step = fit._step
    monkeypatch.setattr(fit, "_step", broken)
    with pytest.raises(KeyboardInterrupt):
        fit.train(network, tokenizer, epochs, checkpoint=tmp_path / "run.pt", **settings)
    monkeypatch.setattr(fit, "_step", step)
    network.load_state_dict(start)
    fit.train(network, tokenizer, epochs, checkpoint=tmp_path / "run.pt", **settings)
    assert all(torch.equal(through[k], v) for k, v in network.state_dict().items())


def test_a_teachers_answers_teach(tokenizer: Tokenizer, network: Network) -> None:
    size = len(tokenizer.encode(TEXT, add_special_tokens=False).ids)
    heads = {h: np.zeros((size, len(labels.HEADS[h])), np.float16) for h in labels.TOKEN_HEADS}
    heads["trigger"][1, labels.TRIGGER.index("REQUEST")] = 9
    frame = {h: np.zeros((size, len(labels.ROLE)) if h == "role" else len(labels.HEADS[h]), np.float16)
             for h in labels.FRAME_HEADS}  # fmt: skip
    frame["type"][labels.TYPE.index("REQUEST")] = 9
    taught = Sample((Text(TEXT),), (Ask(marks=ASK.marks),), Taught((heads,), (frame,)))
    fit.train(network, tokenizer, [[taught] * 60] * 3, rate=1e-3, head_rate=1e-2, seed=1, size=60)
    row = fit.row_of(tokenizer, taught)
    with torch.no_grad():
        states, out = network.read(torch.tensor([row.ids]), torch.ones(1, len(row.ids), dtype=torch.long))
        marks = torch.tensor([[0, *marks_on(row.tokens[0], ASK.marks)]])
        found = network.look(states[:, :-1], torch.ones_like(marks), marks)
    assert labels.TRIGGER[int(out["trigger"][0, 2].argmax())] == "REQUEST"
    assert labels.TYPE[int(found["type"][0].argmax())] == "REQUEST"


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::torch.jit.TracerWarning")
def test_what_is_exported_says_what_the_network_says(tokenizer: Tokenizer, network: Network, tmp_path: Path) -> None:
    export(network, tokenizer, tmp_path, name="entente-tiny", version="0", facts={"thresholds": {"draft": 0.3}})
    tagger = Tagger(tmp_path)
    tokens = [tagger.tokenise(text) for text in ("Mali met Chad.", TEXT)]
    (_, seen) = tagger.read(tokens)
    (look,) = tagger.look([seen], [marks_on(tokens[1], ASK.marks)])
    row = fit.row_of(tokenizer, SAMPLE)
    with torch.no_grad():
        states, out = network.read(torch.tensor([row.ids]), torch.ones(1, len(row.ids), dtype=torch.long))
        inside = slice(row.starts[1], row.starts[1] + len(tokens[1].ids))
        own = torch.cat([states[:, :1], states[:, inside]], 1)
        marks = torch.tensor([[0, *marks_on(tokens[1], ASK.marks)]])
        found = network.look(own, torch.ones_like(marks), marks)
    # int8 against float, and weights that nobody trained: alike, not equal.
    pairs = [
        (seen.logits["trigger"], out["trigger"][0, inside]),
        (look["role"], found["role"][0, 1:]),
        (look["type"], found["type"][0]),
    ]
    for ours, theirs in pairs:
        assert ours.shape == tuple(theirs.shape)
        assert np.corrcoef(ours.ravel(), theirs.numpy().ravel())[0, 1] > 0.95


def line(doc: str, text: str) -> Line:
    trigger = text.index("asked")
    frame = Frame(
        (trigger, trigger + 5), {"REQUEST": 1.0}, [(0, 4, "actor"), (11, 16, "recipient")], "actual", [], [], True
    )
    return Line(doc, text, [(trigger, trigger + 5, "REQUEST")], [], [frame])


def test_every_line_is_read_once_and_its_event_is_asked_about(tokenizer: Tokenizer) -> None:
    lines = [line(f"report {n // 30}", TEXT) for n in range(60)]
    samples = list(windows.window_samples(lines, [6] * 60, random.Random(3)))  # noqa: S311
    read = [text for sample in samples for text in sample.texts if text.triggers is not None]
    assert len(read) == 60
    events = [ask for sample in samples for ask in sample.asks if ask.roles is not None]
    assert len(events) == 60
    for sample in samples:
        for ask in sample.asks:
            text = sample.texts[ask.text]
            assert text.triggers is not None
            for _, start, end in ask.marks:
                assert text.words[start:end].strip() == text.words[start:end] != ""
