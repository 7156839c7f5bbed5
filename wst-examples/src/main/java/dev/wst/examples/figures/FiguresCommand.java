package dev.wst.examples.figures;

import picocli.CommandLine.Command;

/** What the rewards, a rule of when not to teach, the diagnosis of runs and the intervals of evaluations are worth, measured. */
@Command(
        name = "figures",
        description =
                "Measures rewards on published data, abstention and diagnosis on the embedded pair, and intervals on drawn rewards;"
                        + " each prints what it found and fails where a figure is missed.",
        mixinStandardHelpOptions = true,
        subcommands = {
            MathFigures.class,
            LeakFigures.class,
            CodeFigures.class,
            PreferenceFigures.class,
            AbstentionFigures.class,
            CoverageFigures.class,
            DiagnosisFigures.class
        })
public final class FiguresCommand {}
