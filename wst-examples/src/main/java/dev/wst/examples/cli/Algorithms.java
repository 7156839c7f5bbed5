package dev.wst.examples.cli;

/** Algorithms by the name a user types. */
enum Algorithms {
    ppo,
    grpo
}
