"""Pre-trains the encoder on raw French: ``python -m training.quotations.pretrain UNPACKED ANNOTATED WORK``.

Writes WORK/vocabulary.txt, WORK/stream.npz (cache) and WORK/encoder.pt; stops and goes on from WORK/pretrain.pt.
"""

from __future__ import annotations

import argparse
import collections
import logging
import time
from pathlib import Path

import numpy as np
import torch

from training.quotations.language_model import Encoder, EncoderSize, SampledLanguageModel
from training.quotations.lexical import BREAK, RESERVED, UNKNOWN, LexicalTable, plain_form
from training.quotations.raw_text import raw_paragraphs
from training.quotations.tokenization import tokenize

log = logging.getLogger("pretrain")
_SEGMENT = 96
_BATCH = 96
_WORD_DROPOUT = 0.08
_BREAK_CHANCE = 0.4
_IN_DOMAIN_WEIGHT = 4


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("unpacked", type=Path)
    parser.add_argument("annotated", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    stream, counts = _prepare(options)
    _train(options, stream, counts)


def _prepare(options: argparse.Namespace) -> tuple[np.ndarray, torch.Tensor]:
    """The whole text as one stream of lexical numbers, and how often each vocabulary word stands in it."""
    cache = options.work / "stream.npz"
    if not cache.exists():
        paragraphs = [
            (source, [token.text for token in tokenize(text)])
            for source, text in raw_paragraphs(options.unpacked, options.annotated)
        ]
        log.info("%d paragraphs, %d words", len(paragraphs), sum(len(words) for _, words in paragraphs))
        frequency: collections.Counter[str] = collections.Counter()
        for source, words in paragraphs:
            weight = _IN_DOMAIN_WEIGHT if source in ("articles", "pairs", "ud") else 1
            for word in words:
                frequency[plain_form(word)] += weight
        kept = sorted(frequency.items(), key=lambda item: (-item[1], item[0]))[: EncoderSize().words - RESERVED]
        (options.work / "vocabulary.txt").write_text("\n".join(word for word, _ in kept) + "\n", encoding="utf-8")
        table = LexicalTable({word: number for number, (word, _) in enumerate(kept, start=RESERVED)})
        rng = np.random.default_rng(options.seed)
        order = rng.permutation(len(paragraphs) // 8 + 1)
        rows: list[tuple[int, ...]] = []
        breaks = rng.random(len(paragraphs)) < _BREAK_CHANCE
        for block in order:
            rows.append((BREAK,) * 5)
            for place in range(block * 8, min(len(paragraphs), block * 8 + 8)):
                source, words = paragraphs[place]
                rows.extend(table.rows(words))
                if breaks[place] or source in ("articles", "novels"):
                    rows.append((BREAK,) * 5)
        np.savez(cache, stream=np.array(rows, np.uint16))
    stream = np.load(cache)["stream"]
    counts = np.bincount(stream[:, 0], minlength=EncoderSize().words)
    log.info("stream of %d, unknown %.4f", len(stream), counts[UNKNOWN] / len(stream))
    return stream, torch.from_numpy(counts)


def _train(options: argparse.Namespace, stream: np.ndarray, counts: torch.Tensor) -> None:
    torch.manual_seed(options.seed)
    size = EncoderSize()
    model = SampledLanguageModel(Encoder(size), size, counts)
    optimizer = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=0.0, betas=(0.9, 0.98))
    segments = stream[: len(stream) // _SEGMENT * _SEGMENT].reshape(-1, _SEGMENT, 5)
    steps_an_epoch = len(segments) // _BATCH
    steps = steps_an_epoch * options.epochs
    warmup = 400
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warmup, max(0.02, (steps - step) / (steps - warmup)))
    )
    saved, first = options.work / "pretrain.pt", 0
    if saved.exists():
        state = torch.load(saved)
        model.load_state_dict(state["model"], strict=False)
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        first = state["step"]
    log.info("%d steps an epoch, from step %d", steps_an_epoch, first)
    since, total = time.time(), 0.0
    for step in range(first, steps):
        epoch, within = divmod(step, steps_an_epoch)
        if within == 0 or step == first:
            order = np.random.default_rng((options.seed, epoch)).permutation(len(segments))
        generator = torch.Generator().manual_seed(options.seed * 1_000_003 + step)
        picked = segments[order[within * _BATCH : (within + 1) * _BATCH]].astype(np.int64)
        numbers = torch.from_numpy(picked)
        targets = numbers[..., 0].clone()
        dropped = torch.rand(targets.shape, generator=generator) < _WORD_DROPOUT
        numbers[..., 0] = numbers[..., 0].masked_fill(dropped, UNKNOWN)
        with torch.autocast("cpu", torch.bfloat16):
            loss = model(numbers, targets, generator)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        total += loss.item()
        if (step + 1) % 50 == 0:
            rate = 50 * _BATCH * _SEGMENT / (time.time() - since)
            log.info("step %d of %d loss %.4f words/s %.0f", step + 1, steps, total / 50, rate)
            since, total = time.time(), 0.0
        if (step + 1) % 250 == 0 or step + 1 == steps:
            _save(options.work / "encoder.pt", {"encoder": model.encoder.state_dict(), "step": step + 1})
            _save(
                saved,
                {
                    "model": model.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "schedule": schedule.state_dict(),
                    "step": step + 1,
                },
            )


def _save(path: Path, state: dict[str, object]) -> None:
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)


if __name__ == "__main__":
    main()
