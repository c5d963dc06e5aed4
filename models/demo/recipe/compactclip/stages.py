"""The stages in their order. Each reads what the ones before left in the work folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from compactclip import checkpoint, golden, training
from compactclip.activations import cache, cached
from compactclip.cutouts import make_cutouts
from compactclip.evaluate import evaluate
from compactclip.export import export
from compactclip.label import label
from compactclip.model import Architecture, CompactClip
from compactclip.render import RenderPlan, render
from compactclip.sae import TopKSae, train_sae
from compactclip.settings import SEED, Settings
from compactclip.tokenizer import Tokenizer, corpus, learn_merges


@dataclass(frozen=True)
class Run:
    """One run: where, how large, and with what."""

    work: Path
    settings: Settings
    drawings: Path
    workers: int
    bf16: bool = False
    compiled: bool = False

    def load_model(self) -> CompactClip:
        """The trained model of the work folder."""
        return checkpoint.load(self.work / "model")

    def load_tokenizer(self) -> Tokenizer:
        """The tokenizer of the work folder."""
        return Tokenizer.load(self.work / "model")

    def load_saes(self) -> list[TopKSae]:
        """The autoencoders of the work folder."""
        return [TopKSae.load(self.work / "saes" / site.name) for site in self.settings.sites]


def run_cutouts(run: Run) -> str:
    """Cuts the picked drawings out."""
    count = make_cutouts(run.drawings, run.work / "cutouts", run.settings.drawings_per_class)
    return f"{count} cut-outs"


def run_render(run: Run) -> str:
    """Paints backgrounds, training pictures and test splits."""
    s = run.settings
    render(run.work, RenderPlan(s.pictures, s.backgrounds, s.test_backgrounds, s.counts, SEED, run.workers))
    return f"{s.pictures} training pictures"


def run_tokenizer(run: Run) -> str:
    """Learns the byte-pair merges."""
    tokenizer = Tokenizer(learn_merges(corpus(SEED), run.settings.merges))
    tokenizer.save(run.work / "model")
    return f"{tokenizer.size} tokens"


def run_train(run: Run) -> str:
    """Trains the model."""
    s = run.settings
    size = run.load_tokenizer().size
    shape = Architecture(size, vision=s.vision, text=s.text, projection=s.projection)
    report = training.train(run.work, shape, training.TrainingPlan(s.phases, SEED, run.bf16, run.compiled))
    return f"contrastive loss above its floor {report['first_loss']:.3f} -> {report['last_loss']:.3f}"


def run_activations(run: Run) -> str:
    """Caches residuals."""
    cache(run.work, run.load_model(), list(run.settings.sites), run.settings.patch_pictures)
    return ", ".join(site.name for site in run.settings.sites)


def run_sae(run: Run) -> str:
    """Trains the autoencoders."""
    parts = []
    for site in run.settings.sites:
        seen, unseen = cached(run.work, site, "train"), cached(run.work, site, "test")
        report = train_sae(seen, unseen, site, run.settings.sae, run.work / "saes" / site.name)
        parts.append(f"{site.name} explains {report['test']['explained_variance']:.3f} of unseen variance")
    return ", ".join(parts)


def run_evaluate(run: Run) -> str:
    """Measures accuracy and the planted causes."""
    evaluate(run.work, run.load_model(), run.load_tokenizer(), run.load_saes())
    return "reports written"


def run_label(run: Run) -> str:
    """Names latents of the autoencoders on the class token."""
    classifier, tokenizer = run.load_model(), run.load_tokenizer()
    for sae in run.load_saes():
        if sae.site.tokens == "cls":
            label(run.work, classifier, tokenizer, sae, run.work / "saes" / sae.site.name, run.settings.labelled)
    return "labels written"


def run_export(run: Run) -> str:
    """Lays out the model library."""
    return f"{export(run.work, run.load_model(), run.load_tokenizer(), run.load_saes(), SEED)} pictures"


def run_golden(run: Run) -> str:
    """Writes reference values of the library."""
    golden.write_golden(run.work / "demo", run.load_model(), run.load_tokenizer(), run.load_saes())
    return "golden.json written"


STAGES: dict[str, Callable[[Run], str]] = {
    "cutouts": run_cutouts,
    "render": run_render,
    "tokenizer": run_tokenizer,
    "train": run_train,
    "activations": run_activations,
    "sae": run_sae,
    "evaluate": run_evaluate,
    "label": run_label,
    "export": run_export,
    "golden": run_golden,
}
