package dev.wst.examples.bench;

import picocli.CommandLine.Command;

/** The benchmarks. */
@Command(
        name = "bench",
        description = "Measures the engine; each prints one line of JSON.",
        mixinStandardHelpOptions = true,
        subcommands = {GemmBench.class, RolloutBench.class, StepBench.class})
public final class BenchCommand {}
