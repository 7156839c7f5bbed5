package dev.wst.training;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Several rounds for each sample: the student drafts an answer, the teacher reads the draft, but not its verdict, and writes again,
 * and the student answers anew (the multi-turn mode of WST, arXiv 2508.16741). Every round is a call of the student.
 *
 * <pre>{@code
 * WstTrainer trainer = WstTrainer.builder()
 *         .teacher(teacher).student(student).reward(reward).tasks(tasks)
 *         .refinement(Refinement.rounds(2).creditingImprovement())
 *         .build();
 * }</pre>
 *
 * <p>The reward of a sample is that of its last answer. Each of its instructions is learned from: with that reward, or, where the
 * improvement is credited, with what came after it: the last answer's reward less that of the draft which the instruction was to
 * improve. That is the return of rewards which are each round's gain. GRPO compares instructions of the same task and round.
 *
 * @param rounds instructions of a sample; 1 is a single one without drafts
 * @param creditsImprovement whether drafts are judged too, and an instruction earns what it and those after it gained
 */
public record Refinement(int rounds, boolean creditsImprovement) {
    /** @throws IllegalArgumentException if there is no round, or a single one whose improvement is to be credited */
    public Refinement {
        PlanChecks.atLeastOne("rounds", rounds);
        if (creditsImprovement && rounds == 1) {
            throw new IllegalArgumentException(
                    "a single round improves on nothing: give at least 2 rounds, or credit no improvement");
        }
    }

    /** One instruction and one answer: no refinement. */
    public static Refinement none() {
        return rounds(1);
    }

    /**
     * So many rounds; each instruction earns the last answer's reward.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public static Refinement rounds(int value) {
        return new Refinement(value, false);
    }

    /** Drafts are judged too, and an instruction earns what it and those after it gained. */
    public Refinement creditingImprovement() {
        return new Refinement(rounds, true);
    }

    /**
     * What is learned from: each instruction of each sample with its reward, in the order in which they were written.
     *
     * @param scored last attempts, with their rewards
     * @param judge gives drafts their verdicts, in order
     * @return without those whose draft has no verdict where improvements are credited
     */
    List<Rollout> credited(List<Rollout> scored, Function<List<Attempt>, List<Rollout>> judge) {
        if (rounds == 1) {
            return scored;
        }
        return creditsImprovement
                ? improvements(scored, judge)
                : scored.stream().flatMap(Refinement::alike).toList();
    }

    private static Stream<Rollout> alike(Rollout last) {
        return last.attempt().withDrafts().stream().map(one -> new Rollout(one, last.reward()));
    }

    private static List<Rollout> improvements(List<Rollout> scored, Function<List<Attempt>, List<Rollout>> judge) {
        List<Attempt> drafts = scored.stream()
                .flatMap(last -> last.attempt().situation().earlier().stream())
                .toList();
        List<Rollout> judged = judge.apply(drafts);
        List<Rollout> credited = new ArrayList<>();
        int next = 0;
        for (Rollout last : scored) {
            int count = last.attempt().situation().earlier().size();
            List<Rollout> own = new ArrayList<>(judged.subList(next, next + count));
            next += count;
            own.add(last);
            // The first instruction had nothing to improve on.
            credited.add(new Rollout(own.get(0).attempt(), last.reward()));
            for (int round = 1; round <= count; round++) {
                Reward before = own.get(round - 1).reward();
                if (before.isScored()) {
                    credited.add(new Rollout(
                            own.get(round).attempt(), Reward.of(last.reward().value() - before.value())));
                }
            }
        }
        return credited;
    }
}
