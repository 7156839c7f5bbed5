"""Whole PPO and GRPO steps on the tiny model by PyTorch and peft, to hold the Java code to.

    pip install torch transformers peft safetensors
    python training_steps.py ../resources/golden/tiny-llama > ../resources/golden/training-steps.json
"""
import json
import sys

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM

torch.set_num_threads(1)
BASE = sys.argv[1]
TEMPERATURE = 0.8
PROMPTS = [[5, 9, 11], [6, 9, 12, 40]]
COMPLETIONS = [[[7, 31, 2], [50, 3, 3, 18, 90, 2], [61, 2]], [[12, 12, 44, 2], [33], [8, 71, 25, 64, 2]]]
REWARDS = [[1.0, 0.0, 0.5], [0.0, 0.0, 1.0]]
VALUES = [
    [[0.3, 0.2, 0.4], [0.1, 0.0, -0.2, 0.3, 0.1, 0.05], [0.6, 0.2]],
    [[0.0, 0.1, 0.2, 0.3], [-0.4], [0.5, 0.4, 0.6, 0.7, 0.9]],
]
CLIP = 0.2
LEARNING_RATE = 0.01
ROWS = [(task, sample) for task in range(2) for sample in range(3)]


def model():
    torch.manual_seed(0)
    base = AutoModelForCausalLM.from_pretrained(BASE, dtype=torch.float32, attn_implementation="eager")
    return PeftModel.from_pretrained(base, BASE + "/adapter", is_trainable=True).eval()


def scores(m, task, sample):
    prompt, completion = PROMPTS[task], COMPLETIONS[task][sample]
    logits = m(torch.tensor([prompt + completion])).logits[0, len(prompt) - 1 : -1] / TEMPERATURE
    logs = torch.log_softmax(logits, -1)
    taken = logs.gather(1, torch.tensor(completion)[:, None])[:, 0]
    return taken, -(logs.exp() * logs).sum(-1)


def frozen(m, reference):
    with torch.no_grad():
        if not reference:
            return [scores(m, *row)[0].double() for row in ROWS]
        with m.disable_adapter():
            return [scores(m, *row)[0].double() for row in ROWS]


def surrogate(ratio, advantage, low=CLIP, high=CLIP):
    return -torch.minimum(ratio * advantage, ratio.clamp(1 - low, 1 + high) * advantage)


def train(m, loss_of, updates):
    parameters = [p for p in m.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=LEARNING_RATE, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0)
    losses, norms = [], []
    for _ in range(updates):
        loss = loss_of()
        optimizer.zero_grad()
        loss.backward()
        norms.append(float(torch.nn.utils.clip_grad_norm_(parameters, 1.0)))
        optimizer.step()
        losses.append(float(loss.detach()))
    return losses, norms


def result(m, losses, norms):
    return {
        "losses": losses,
        "norms": norms,
        "after": [s.tolist() for s in frozen(m, False)],
    }


def grpo(kind, beta, iterations):
    m = model()
    old, reference = frozen(m, False), frozen(m, True)
    rewards = torch.tensor(REWARDS, dtype=torch.float64)
    advantages = (rewards - rewards.mean(1, keepdim=True)) / (rewards.std(1, keepdim=True) + 1e-4)
    tokens = sum(len(c) for row in COMPLETIONS for c in row)

    def loss():
        total = 0
        for i, (task, sample) in enumerate(ROWS):
            now, _ = scores(m, task, sample)
            now = now.double()
            log_ratio = now - old[i]
            advantage = advantages[task, sample]
            if kind == "gspo":
                per_token = surrogate(log_ratio.mean().exp(), advantage).expand(len(now))
            else:
                per_token = surrogate(log_ratio.exp(), advantage)
            if beta > 0:
                gap = reference[i] - now
                per_token = per_token + beta * (gap.exp() - gap - 1)
            if kind == "dapo":
                total = total + per_token.sum() / tokens
            elif kind == "dr_grpo":
                total = total + per_token.sum() / (len(ROWS) * 8)
            else:
                total = total + per_token.mean() / len(ROWS)
        return total

    return result(m, *train(m, loss, iterations))


def ppo(beta, bonus, epochs):
    m = model()
    old, reference = frozen(m, False), frozen(m, True)
    advantages = []
    for i, (task, sample) in enumerate(ROWS):
        rewards = -beta * (old[i] - reference[i])
        rewards[-1] += REWARDS[task][sample]
        values = VALUES[task][sample] + [0.0]
        row, following = [0.0] * len(rewards), 0.0
        for t in reversed(range(len(rewards))):
            error = float(rewards[t]) + values[t + 1] - values[t]
            following = error + 0.95 * following
            row[t] = following
        advantages.append(torch.tensor(row, dtype=torch.float64))
    every = torch.cat(advantages)
    white = [(a - every.mean()) / torch.sqrt(every.var() + 1e-8) for a in advantages]

    def loss():
        total = 0
        for i, row in enumerate(ROWS):
            now, entropy = scores(m, *row)
            per_token = surrogate((now.double() - old[i]).exp(), white[i]) - bonus * entropy.double()
            total = total + per_token.sum() / len(every)
        return total

    answer = result(m, *train(m, loss, epochs))
    answer["returns"] = [(a + torch.tensor(VALUES[t][s])).tolist() for a, (t, s) in zip(advantages, ROWS)]
    return answer


print(
    json.dumps(
        {
            "temperature": TEMPERATURE,
            "learningRate": LEARNING_RATE,
            "prompts": PROMPTS,
            "completions": COMPLETIONS,
            "rewards": REWARDS,
            "values": VALUES,
            "cases": {
                "grpo": grpo("grpo", 0.04, 3),
                "dapo": grpo("dapo", 0.04, 3),
                "dr_grpo": grpo("dr_grpo", 0.0, 2),
                "gspo": grpo("gspo", 0.04, 3),
                "ppo": ppo(0.05, 0.01, 4),
            },
        }
    )
)
