"""A linear chain over roles (Lafferty, McCallum and Pereira 2001, §3): its loss, in training.

``decode.best_paths`` finds the best path in reading.
"""

from __future__ import annotations

import torch
from torch import Tensor


def chain_loss(scores: Tensor, labels: Tensor, lengths: Tensor, changes: Tensor) -> Tensor:
    """Sum over windows of -log p(labels).

    ``scores`` ``(windows, time, roles)``, ``changes[from, to]`` is added at each step.

    Labels beyond a window's length may be anything.
    """
    inside = torch.arange(scores.shape[1]) < lengths[:, None]
    path = labels.clamp(min=0)
    right = (torch.gather(scores, 2, path[..., None])[..., 0] * inside).sum()
    right = right + (changes[path[:, :-1], path[:, 1:]] * inside[:, 1:]).sum()
    order = torch.argsort(lengths, descending=True)
    scores, lengths = scores[order], lengths[order]
    alive = [int((lengths > step).sum()) for step in range(scores.shape[1])]
    total, ended = scores[:, 0], []
    for step in range(1, scores.shape[1]):
        count = alive[step]
        if count < len(total):
            ended.append(total[count:])
        total = torch.logsumexp(total[:count, :, None] + changes, 1) + scores[:count, step]
    ended.append(total)
    return torch.cat(ended).logsumexp(1).sum() - right
