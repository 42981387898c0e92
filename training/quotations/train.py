"""Trains the model on annotated articles and treebanks.

``python -m training.quotations.train UNPACKED ANNOTATED PRETRAINED RUN``.

PRETRAINED is the folder that ``training.quotations.pretrain`` wrote. RUN receives model.pt (averaged weights), log and
report.json.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from training.quotations.articles import DEVELOPMENT_SETS, OWN_SET, REAL_SETS, TRAINING_SETS, read_articles
from training.quotations.augment import augment
from training.quotations.batches import (
    IGNORED,
    Candidate,
    Featurizer,
    batch_articles,
    batch_trees,
    batch_windows,
    documents_of,
    false_candidates,
    gold_candidates,
    tag_labels,
)
from training.quotations.chain import chain_loss
from training.quotations.decode import Thresholds
from training.quotations.examples import LabelledArticle, label
from training.quotations.lexical import RESERVED
from training.quotations.lexicon import build_lexicon
from training.quotations.model import ModelSize, QuotationModel
from training.quotations.predict import find_quotations, labelled_set, load_scorer, score_articles
from training.quotations.tree_bank import Tree, read_trees

log = logging.getLogger("train")
_TREES = 36
_LONGEST_TREE = 60


def main() -> None:
    """Run the command."""
    options = _options()
    options.run.mkdir(parents=True, exist_ok=True)
    handlers = [logging.StreamHandler(), logging.FileHandler(options.run / "log.txt")]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    words = (options.pretrained / "vocabulary.txt").read_text(encoding="utf-8").split("\n")[:-1]
    lexicon = build_lexicon(options.unpacked)
    featurizer = Featurizer({word: number for number, word in enumerate(words, start=RESERVED)}, lexicon.forms)
    model = QuotationModel(ModelSize(), lexicon=not options.no_lexicon)
    model.patterns.copy_(torch.from_numpy(lexicon.patterns))
    if options.start:
        model.load_state_dict(torch.load(options.start))
        model.patterns.copy_(torch.from_numpy(lexicon.patterns))
    elif not options.no_pretraining:
        state = torch.load(options.pretrained / "encoder.pt")
        model.encoder.load_state_dict(state["encoder"])
        log.info("encoder pre-trained for %d steps", state["step"])
    torch.save({"lexicon": dict(lexicon.forms), "vocabulary": words}, options.run / "words.pt")
    averaged = _train(options, model, featurizer)
    torch.save(averaged.state_dict(), options.run / "model.pt")
    report = evaluate(averaged, featurizer, options.annotated, options.run)
    (options.run / "report.json").write_text(json.dumps(report, indent=1))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("unpacked", "annotated", "pretrained", "run"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--epochs", type=float, default=16)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--encoder-rate", type=float, default=7e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--share", type=float, default=1.0, help="share of the articles of each set to learn from")
    parser.add_argument("--complement", action="store_true", help="learn from the articles that --share leaves out")
    parser.add_argument("--real", type=int, default=2, help="how often a real article comes in an epoch")
    parser.add_argument("--parse-weight", type=float, default=0.5, help="0 leaves the treebanks out")
    parser.add_argument("--start", type=Path, help="weights to go on from instead of the pre-trained encoder")
    parser.add_argument("--no-own", action="store_true", help="without training/articles")
    parser.add_argument("--no-lexicon", action="store_true")
    parser.add_argument("--no-pretraining", action="store_true")
    parser.add_argument("--no-augmentation", action="store_true")
    return parser.parse_args()


def training_articles(
    annotated: Path, share: float, seed: int, own: bool = True, complement: bool = False
) -> list[LabelledArticle]:
    """A share of the articles of each training set, drawn by ``seed``; or just those that this leaves out."""
    chosen: list[LabelledArticle] = []
    for name in (*TRAINING_SETS, OWN_SET) if own else TRAINING_SETS:
        those = [label(article) for article in read_articles(annotated, name)]
        random.Random(f"{seed} {name}").shuffle(those)
        cut = max(1, round(share * len(those)))
        chosen += those[cut:] if complement else those[:cut]
    return chosen


def _train(options: argparse.Namespace, model: QuotationModel, featurizer: Featurizer) -> QuotationModel:
    articles = training_articles(options.annotated, options.share, options.seed, not options.no_own, options.complement)
    (options.run / "articles.txt").write_text(
        "\n".join(sorted(article.id for article in articles)) + "\n", encoding="utf-8"
    )
    trees, _ = read_trees(options.unpacked) if options.parse_weight else ([], [])
    trees = [tree for tree in trees if 5 < len(tree.words) <= _LONGEST_TREE]
    rounds = [article for article in articles for _ in range(options.real if article.origin in REAL_SETS else 1)]
    batch_size = 10
    steps_an_epoch = (len(rounds) + batch_size - 1) // batch_size
    steps = round(options.epochs * steps_an_epoch / options.share**0.5)
    log.info("%d articles, %d trees, %d steps", len(articles), len(trees), steps)
    encoder = list(model.encoder.parameters())  # in one order, which the saved state of the optimizer relies on
    others = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    groups = [
        {"params": others, "lr": options.rate},
        {"params": encoder, "lr": options.encoder_rate if not options.no_pretraining else options.rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / 100, max(0.03, (steps - step) / steps))
    )
    averaged = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.98))
    saved, first = options.run / "state.pt", 0
    if saved.exists():
        state = torch.load(saved)
        for part, name in ((model, "model"), (averaged, "averaged"), (optimizer, "optimizer"), (schedule, "schedule")):
            part.load_state_dict(state[name])
        first = state["step"]
        log.info("go on from step %d", first)
    articles_ahead, trees_ahead = _Deck(rounds, options.seed), _Deck(trees, options.seed + 1)
    since, sums = time.time(), torch.zeros(6)
    for step in range(first, steps):
        rng = random.Random(f"{options.seed} {step}")
        torch.manual_seed(options.seed * 1_000_003 + step)
        chosen = [articles_ahead[step * batch_size + number] for number in range(batch_size)]
        if not options.no_augmentation:
            chosen = [augment(article, rng) for article in chosen]
        model.train()
        with torch.autocast("cpu", torch.bfloat16):
            losses = _quotation_losses(model, chosen, featurizer, rng)
            if trees:
                some = [trees_ahead[step * _TREES + number] for number in range(_TREES)]
                losses.append(options.parse_weight * _parse_loss(model, some, featurizer))
        optimizer.zero_grad()
        sum(losses).backward()  # type: ignore[union-attr]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimizer.step()
        schedule.step()
        averaged.update_parameters(model)
        sums[: len(losses)] += torch.tensor([loss.item() for loss in losses])
        if (step + 1) % 20 == 0:
            log.info(
                "step %d of %d, losses %s, %.2f s a step",
                step + 1,
                steps,
                [round(x, 4) for x in (sums / 20).tolist()],
                (time.time() - since) / 20,
            )
            since, sums = time.time(), torch.zeros(6)
        if (step + 1) % 100 == 0:
            parts = {"model": model, "averaged": averaged, "optimizer": optimizer, "schedule": schedule}
            torch.save(
                {name: part.state_dict() for name, part in parts.items()} | {"step": step + 1},
                saved.with_suffix(".partial"),
            )
            saved.with_suffix(".partial").replace(saved)
    final: QuotationModel = averaged.module
    return final


def _quotation_losses(
    model: QuotationModel, articles: list[LabelledArticle], featurizer: Featurizer, rng: random.Random
) -> list[Tensor]:
    """Losses of cue tags, beginnings, roles and forms, each a quotation's worth."""
    documents = documents_of(articles)
    batch = batch_articles(documents, featurizer)
    cues, beginnings = tag_labels(batch, articles)
    states = model.encode(batch.numbers, batch.extras, batch.lengths)
    flat = states.reshape(-1, states.shape[-1])
    tags, starts = model.cues(flat).float(), model.beginnings(flat)[:, 0].float()
    quotations = max(6, sum(len(article.quotations) for article in articles))
    known = beginnings.reshape(-1) != IGNORED
    cue_loss = functional.cross_entropy(tags, cues.reshape(-1), ignore_index=IGNORED, reduction="sum") / quotations
    start_loss = (
        functional.binary_cross_entropy_with_logits(
            starts[known], beginnings.reshape(-1)[known].float(), reduction="sum"
        )
        / quotations
    )
    suspicion = 1 - tags.detach().softmax(-1)[:, 0].numpy()
    lemmas = batch.extras[..., 0].reshape(-1).numpy()
    candidates = []
    for article, document, maker, places in zip(articles, documents, batch.makers, batch.places, strict=True):
        gold = gold_candidates(article, maker)
        likely = [
            place
            for place, flat_place in enumerate(places)
            if suspicion[flat_place] > 0.1 or (lemmas[flat_place] and rng.random() < 0.2)
        ]
        candidates.append(gold + false_candidates(article, document, maker, likely, rng, 3 + len(gold) // 2))
    role_loss, form_loss = torch.zeros(()), torch.zeros(())
    projected = model.linker.project(flat)
    for some in _of_like_length(candidates):
        windows = batch_windows(batch, some)
        roles, forms = model.linker(
            projected[windows.words],
            flat[windows.cues].flatten(1),
            windows.relations,
            windows.kinds,
            windows.mask.sum(1),
        )
        alone = functional.cross_entropy(
            roles.float().transpose(1, 2), windows.labels, ignore_index=IGNORED, reduction="sum"
        )
        chained = chain_loss(roles.float(), windows.labels, windows.mask.sum(1), model.linker.changes)
        role_loss = role_loss + (alone + chained) / 2
        for scores, wanted in ((forms[:, :3], windows.forms), (forms[:, 3:], windows.types)):
            form_loss = form_loss + functional.cross_entropy(
                scores.float(), wanted, ignore_index=IGNORED, reduction="sum"
            )
    role_loss, form_loss = role_loss / quotations / 8, form_loss / quotations * 0.2
    return [cue_loss, start_loss, role_loss, form_loss]


def _of_like_length(candidates: list[list[Candidate]], groups: int = 3) -> list[list[list[Candidate]]]:
    """The candidates in a few groups, short windows with short ones: less padding."""
    lengths = sorted(candidate.high - candidate.low for those in candidates for candidate in those)
    edges = [lengths[len(lengths) * part // groups] for part in range(1, groups)] if len(lengths) > 2 * groups else []
    split = [
        [[c for c in those if sum(c.high - c.low >= edge for edge in edges) == group] for those in candidates]
        for group in range(groups)
    ]
    return [group for group in split if any(group)]


class _Deck(Sequence[Any]):
    """Endless shuffled rounds of ``cards``: card i is the same in every run, wherever it starts."""

    def __init__(self, cards: Sequence[Any], seed: int) -> None:
        self._cards, self._seed, self._round, self._order = cards, seed, -1, list(cards)

    def __len__(self) -> int:
        return len(self._cards)

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401
        number, within = divmod(place, len(self._cards))
        if number != self._round:
            self._round, self._order = (
                number,
                random.Random(f"{self._seed} {number}").sample(self._cards, len(self._cards)),
            )
        return self._order[within]


def _parse_loss(model: QuotationModel, trees: list[Tree], featurizer: Featurizer) -> Tensor:
    numbers, extras, lengths, parts, heads, relations = batch_trees(trees, featurizer)
    states = model.encode(numbers, extras, lengths)
    part_scores, arcs, dependent, head = model.parser(states)
    outside = torch.arange(numbers.shape[1]) >= lengths[:, None]
    arcs = arcs.float().masked_fill(outside[:, None, :], -1e4)
    chosen = model.parser.label(dependent, head, heads.clamp(min=0)).float()
    return (
        functional.cross_entropy(part_scores.float().transpose(1, 2), parts, ignore_index=IGNORED)
        + functional.cross_entropy(arcs.transpose(1, 2), heads, ignore_index=IGNORED)
        + functional.cross_entropy(chosen.transpose(1, 2), relations, ignore_index=IGNORED)
    )


def evaluate(model: QuotationModel, featurizer: Featurizer, annotated: Path, run: Path) -> dict[str, object]:
    """Reports over the real development articles together and over S5; errors go to RUN/errors-NAME.txt."""
    scorer = load_scorer(annotated.parent.parent / "eval" / "score.py")
    report: dict[str, object] = {}
    thresholds = Thresholds()
    for name, sets in (("real", DEVELOPMENT_SETS[:2]), ("S5", DEVELOPMENT_SETS[2:])):
        articles = [article for one in sets for article in read_articles(annotated, one)]
        labelled = labelled_set(articles)
        found = find_quotations(model, labelled, featurizer, thresholds)
        with (run / f"errors-{name}.txt").open("w", encoding="utf-8") as errors:
            scores = score_articles(scorer, articles, labelled, found, thresholds, errors)
        report[name] = scores
        for measure in ("content", "exact", "quotation", "cue", "source"):
            values = scores["all"][measure]
            log.info(
                "%s %-9s P %.3f R %.3f F %.3f ± %.3f",
                name,
                measure,
                values["p"],
                values["r"],
                values["f"],
                values["pm"],
            )
        log.info("%s recall %s", name, scores["recall"])
    return report


if __name__ == "__main__":
    main()
