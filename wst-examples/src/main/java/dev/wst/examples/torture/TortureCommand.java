package dev.wst.examples.torture;

import picocli.CommandLine.Command;

/** What must hold however the library is used. */
@Command(
        name = "torture",
        description =
                "Uses the library as badly as it can; each prints a count and fails where something did not hold.",
        mixinStandardHelpOptions = true,
        subcommands = {
            BudgetTorture.class,
            DamageTorture.class,
            NetworkTorture.class,
            ResumeTorture.class,
            ServeTorture.class,
            ThreadsTorture.class
        })
public final class TortureCommand {}
