package dev.wst.examples.figures;

import picocli.CommandLine.Command;

/** What the rewards are worth, measured. */
@Command(
        name = "figures",
        description =
                "Measures rewards on published data; each prints what it found and fails where a figure is missed.",
        mixinStandardHelpOptions = true,
        subcommands = {MathFigures.class, LeakFigures.class, CodeFigures.class, PreferenceFigures.class})
public final class FiguresCommand {}
