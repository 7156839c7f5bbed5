package dev.wst.training;

import dev.wst.Rollout;
import dev.wst.Transfer;
import dev.wst.Validation;
import dev.wst.evaluation.Interval;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares validations with students that the teacher was not trained with. */
final class Transfers {
    private Transfers() {}

    /** Of each student from one validation to another, where a task was scored at both. */
    static List<Transfer> between(Validation before, Validation after) {
        Set<String> students = new LinkedHashSet<>();
        after.transfer().forEach(one -> one.attempt().student().ifPresent(students::add));
        return students.stream()
                .flatMap(student -> of(student, before, after).stream())
                .toList();
    }

    private static Optional<Transfer> of(String student, Validation before, Validation after) {
        Map<String, Double> then = byTask(before.of(student));
        Map<String, Double> now = byTask(after.of(student));
        now.keySet().retainAll(then.keySet());
        // One task says nothing of the spread.
        if (now.size() < 2) {
            return Optional.empty();
        }
        Interval gain = Interval.ofPairs(
                now.values().stream().mapToDouble(reward -> reward).toArray(),
                now.keySet().stream().mapToDouble(then::get).toArray());
        return Optional.of(new Transfer(student, after.step(), gain.mean(), gain.low(), gain.high(), gain.count()));
    }

    private static Map<String, Double> byTask(List<Rollout> rollouts) {
        Map<String, Double> rewards = new LinkedHashMap<>();
        Rollout.perInstruction(rollouts).stream()
                .filter(one -> one.reward().isScored())
                .forEach(one ->
                        rewards.put(one.attempt().task().id(), one.reward().value()));
        return rewards;
    }
}
