package dev.wst.examples.bench;

import picocli.CommandLine.Command;

/** The benchmarks. */
@Command(
        name = "bench",
        description = "Measures the engine; each prints lines of JSON.",
        mixinStandardHelpOptions = true,
        subcommands = {GemmBench.class, RolloutBench.class, StepBench.class, ScaleBench.class})
public final class BenchCommand {}
