package dev.wst;

import java.util.Objects;

/** A finished attempt and its verdict. */
public record Rollout(Attempt attempt, Reward reward) {
    public Rollout {
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(reward, "reward");
    }
}
