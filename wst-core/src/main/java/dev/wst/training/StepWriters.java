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

/**
 * Who writes the instructions of a training step: the teacher, and in a warm start people too, whose instructions it reads as if they
 * were its own.
 *
 * @param samples G, of each task
 */
record StepWriters(RolloutStage rollouts, WarmStart warmStart, Sampling sampling, int samples) {

    /**
     * One instruction for each situation, in order. What people wrote comes in the last samples of a task, and in its first round.
     *
     * @param step from 1
     * @param own the step's seed
     */
    List<Advice> write(List<Situation> situations, int step, Seed own) {
        List<Situation> peoples =
                situations.stream().filter(one -> isGiven(one, step)).toList();
        if (peoples.isEmpty()) {
            return rollouts.instructions(situations, sampling, own);
        }
        List<Situation> teachers =
                situations.stream().filter(one -> !isGiven(one, step)).toList();
        Iterator<Advice> given = rollouts.inOwnTokens(texts(peoples, own.derive("given")), sampling)
                .iterator();
        Iterator<Advice> drawn = rollouts.instructions(teachers, sampling, own).iterator();
        List<Advice> all = new ArrayList<>();
        for (Situation situation : situations) {
            all.add(isGiven(situation, step) ? given.next() : drawn.next());
        }
        return all;
    }

    private List<Advice> texts(List<Situation> situations, Seed seed) {
        return situations.stream()
                .map(one -> {
                    List<String> tried =
                            warmStart.tried(samples, seed.derive(one.task().id()));
                    return new Advice(one, Instruction.fixed(tried.get(samples - 1 - one.sample())));
                })
                .toList();
    }

    /** Those that the teacher wrote: the others are no draws from what it was, and cannot be weighed as such later. */
    List<Rollout> drawn(List<Rollout> all, int step) {
        return all.stream()
                .filter(one -> !isGiven(one.attempt().situation(), step))
                .toList();
    }

    private boolean isGiven(Situation situation, int step) {
        return warmStart.covers(step)
                && situation.earlier().isEmpty()
                && situation.sample() >= samples - warmStart.triedCount(samples);
    }
}
