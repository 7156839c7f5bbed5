package dev.wst.examples.figures;

import picocli.CommandLine.Command;

/** What the rewards, a rule of when not to teach, and the diagnosis of runs are worth, measured. */
@Command(
        name = "figures",
        description =
                "Measures rewards on published data, abstention and diagnosis on the embedded pair; each prints what it found and fails"
                        + " where a figure is missed.",
        mixinStandardHelpOptions = true,
        subcommands = {
            MathFigures.class,
            LeakFigures.class,
            CodeFigures.class,
            PreferenceFigures.class,
            AbstentionFigures.class,
            DiagnosisFigures.class
        })
public final class FiguresCommand {}
