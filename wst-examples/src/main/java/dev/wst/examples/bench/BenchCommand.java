package dev.wst.examples.bench;

import picocli.CommandLine.Command;

/** The benchmarks. */
@Command(
        name = "bench",
        description = "Measures the engine and what calls cost; each prints lines of JSON.",
        mixinStandardHelpOptions = true,
        subcommands = {GemmBench.class, RolloutBench.class, StepBench.class, ScaleBench.class, CallsBench.class})
public final class BenchCommand {}
