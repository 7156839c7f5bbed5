package dev.wst.metrics;

import dev.wst.TrainingListener;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Shows a run while it goes: how far, how well, how fast, how long still, and what is missing.
 *
 * <pre>{@code
 * WstTrainer trainer = WstTrainer.builder()
 *         .teacher(teacher).student(student).reward(reward).tasks(tasks)
 *         .listener(Progress.plain(System.out::println, InstantSource.system(), Duration.ofSeconds(5)))
 *         .build();
 * }</pre>
 */
public final class Progress {
    private Progress() {}

    /** One line that is written over after every step, for a terminal. */
    public static TrainingListener terminal(PrintStream out, InstantSource clock) {
        return new ConsoleProgress(out, clock);
    }

    /**
     * One plain line for a step, for files, pipes and logs.
     *
     * @param atMostEvery steps that follow the last line sooner get none, except the first and the last step
     */
    public static TrainingListener plain(Consumer<String> out, InstantSource clock, Duration atMostEvery) {
        return new PlainProgress(out, clock, atMostEvery);
    }
}
