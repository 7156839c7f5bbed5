package dev.wst.examples.bench;

import picocli.CommandLine.Command;

/** The benchmarks. */
@Command(
        name = "bench",
        description =
                "Measures the engine, what calls and instructions cost and what a penalty for tokens saves; each prints"
                        + " lines of JSON.",
        mixinStandardHelpOptions = true,
        subcommands = {
            GemmBench.class,
            RolloutBench.class,
            StepBench.class,
            ScaleBench.class,
            CallsBench.class,
            ServeBench.class,
            EndpointBench.class,
            CheaperBench.class
        })
public final class BenchCommand {}
