package dev.wst.examples.figures;

import picocli.CommandLine.Command;

/** What the rewards, and a rule of when not to teach, are worth, measured. */
@Command(
        name = "figures",
        description =
                "Measures rewards on published data, and abstention on the embedded pair; each prints what it found and fails"
                        + " where a figure is missed.",
        mixinStandardHelpOptions = true,
        subcommands = {
            MathFigures.class,
            LeakFigures.class,
            CodeFigures.class,
            PreferenceFigures.class,
            AbstentionFigures.class
        })
public final class FiguresCommand {}
