package dev.wst.training;

import dev.wst.Advice;
import dev.wst.Instruction;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.rl.WarmStart;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Who writes the instructions of a training step: the teacher, and in a warm start people too, whose instructions it reads as if they
 * were its own. Steps are asked for in turn, and what came of one is told before the next.
 */
final class StepWriters {
    private final RolloutStage rollouts;
    private final WarmStart warmStart;
    private final Sampling sampling;
    private final int samples;
    private final Race race;

    /** @param samples G, of each task */
    StepWriters(RolloutStage rollouts, WarmStart warmStart, Sampling sampling, int samples) {
        this.rollouts = rollouts;
        this.warmStart = warmStart;
        this.sampling = sampling;
        this.samples = samples;
        this.race = new Race(warmStart.instructions());
    }

    /**
     * A step's rollouts sorted by what may be learned from them.
     *
     * @param now all, but of what people wrote that which is shown to serve worse: where it was the best of a task, that was luck
     * @param again what the teacher wrote: the others are no draws from what it was, and cannot be weighed as such later
     */
    record Lessons(List<Rollout> now, List<Rollout> again) {}

    /** Whether people write for a step too. */
    boolean areSeveral(int step) {
        return warmStart.covers(step) && !warmStart.instructions().isEmpty();
    }

    /**
     * One instruction for each situation, in order. What people wrote comes in the last samples of a task.
     *
     * @param step from 1
     * @param own the step's seed
     */
    List<Advice> write(List<Situation> situations, int step, Seed own) {
        List<Advice> texts = new ArrayList<>();
        List<Situation> teachers = new ArrayList<>();
        for (Situation situation : situations) {
            given(situation, step, own)
                    .ifPresentOrElse(
                            text -> texts.add(new Advice(situation, Instruction.fixed(text))),
                            () -> teachers.add(situation));
        }
        if (texts.isEmpty()) {
            return rollouts.instructions(situations, sampling, own);
        }
        Iterator<Advice> given = rollouts.inOwnTokens(texts, sampling).iterator();
        Iterator<Advice> drawn = rollouts.instructions(teachers, sampling, own).iterator();
        List<Advice> all = new ArrayList<>();
        for (Situation situation : situations) {
            all.add(given(situation, step, own).isPresent() ? given.next() : drawn.next());
        }
        return all;
    }

    /**
     * Hears what came of a step.
     *
     * @param scored one rollout for each instruction that has a verdict
     */
    Lessons after(List<Rollout> scored, int step, Seed own) {
        List<Optional<String>> given = scored.stream()
                .map(one -> given(one.attempt().situation(), step, own))
                .toList();
        for (int i = 0; i < scored.size(); i++) {
            double reward = scored.get(i).reward().value();
            given.get(i).ifPresent(text -> race.earned(text, reward));
        }
        race.decide();
        List<String> left = race.left();
        List<Rollout> now = new ArrayList<>();
        List<Rollout> again = new ArrayList<>();
        for (int i = 0; i < scored.size(); i++) {
            if (given.get(i).isEmpty()) {
                again.add(scored.get(i));
            }
            if (given.get(i).map(left::contains).orElse(true)) {
                now.add(scored.get(i));
            }
        }
        return new Lessons(now.isEmpty() ? scored : now, again);
    }

    /** What people wrote for a situation; empty where the teacher writes. */
    private Optional<String> given(Situation situation, int step, Seed own) {
        if (!warmStart.covers(step)) {
            return Optional.empty();
        }
        List<String> tried =
                race.tried(samples, own.derive("given").derive(situation.task().id()));
        int number = samples - 1 - situation.sample();
        return number >= 0 && number < tried.size() ? Optional.of(tried.get(number)) : Optional.empty();
    }
}
