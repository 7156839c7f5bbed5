"""Losses and slopes of TRL's GRPO with its correction of the KL term, on the inputs of objectives.json.

trl_grpo_loss.py objectives.json > trl-grpo-corrected.json        (torch, trl==1.16.0; double precision)
"""
import json
import sys
from collections import defaultdict
from types import SimpleNamespace

import torch
from trl import GRPOTrainer

torch.set_default_dtype(torch.float64)
golden = json.load(open(sys.argv[1]))
lengths = golden["lengths"]
longest = max(lengths)
mask = torch.tensor([[1 if t < n else 0 for t in range(longest)] for n in lengths])
advantages = {True: golden["grpo"]["advantages_std"], False: golden["grpo"]["advantages_mean_only"]}


def padded(rows):
    return torch.tensor([(row + [0.0] * longest)[:longest] for row in rows])


losses = {}
for name, loss_type, level, by_deviation in [
    ("grpo", "grpo", "token", True),
    ("dapo", "dapo", "token", True),
    ("dr_grpo", "dr_grpo", "token", False),
    ("gspo", "grpo", "sequence", True),
]:
    now = padded(golden["logp"]).requires_grad_()
    trainer = SimpleNamespace(
        _get_per_token_logps_and_entropies=lambda *a, **k: (now, torch.zeros_like(now), None),
        args=SimpleNamespace(use_bias_correction_kl=True, delta=None, steps_per_generation=1),
        accelerator=SimpleNamespace(
            num_processes=1, gather=lambda x: x, gather_for_metrics=lambda x: x, reduce=lambda x, reduction: x
        ),
        model=SimpleNamespace(training=True),
        _metrics={"train": defaultdict(list)},
        aux_loss_enabled=False,
        _entropy_bonus_enabled=False,
        top_entropy_quantile=1.0,
        off_policy_mask_threshold=None,
        importance_sampling_level=level,
        loss_type=loss_type,
        beta=golden["grpo"]["beta"],
        epsilon_low=0.2,
        epsilon_high=0.28,
        use_vllm=False,
        current_gradient_accumulation_steps=1,
        max_completion_length=16,
    )
    inputs = {
        "prompt_ids": torch.zeros(len(lengths), 1, dtype=torch.long),
        "prompt_mask": torch.ones(len(lengths), 1, dtype=torch.long),
        "completion_ids": torch.zeros(len(lengths), longest, dtype=torch.long),
        "completion_mask": mask,
        "advantages": torch.tensor(advantages[by_deviation]),
        "old_per_token_logps": padded(golden["old_logp"]),
        "ref_per_token_logps": padded(golden["ref_logp"]),
        "num_items_in_batch": mask.sum().double(),
    }
    loss = GRPOTrainer._compute_loss(trainer, None, inputs)
    loss.backward()
    slopes = [row[:n] for row, n in zip(now.grad.tolist(), lengths)]
    losses[name] = {"loss": loss.item(), "slopes": slopes}
json.dump({"losses": losses}, sys.stdout, indent=1)
print()
