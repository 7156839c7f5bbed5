package dev.wst;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All answers to one instruction, judged.
 *
 * @param rollouts at least one
 */
record AnswersOfInstruction(List<Rollout> rollouts) {

    /** One for each instruction: it ends where another begins, or where an answer stands that is there already. */
    static List<AnswersOfInstruction> in(List<Rollout> all) {
        List<List<Rollout>> groups = new ArrayList<>();
        for (Rollout one : all) {
            if (groups.isEmpty() || !isFurther(one.attempt(), groups.get(groups.size() - 1))) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(one);
        }
        return groups.stream().map(AnswersOfInstruction::new).toList();
    }

    private static boolean isFurther(Attempt attempt, List<Rollout> group) {
        return group.get(0).attempt().advice().equals(attempt.advice())
                && group.stream().map(Rollout::attempt).noneMatch(other -> isSamePlace(other, attempt));
    }

    private static boolean isSamePlace(Attempt one, Attempt other) {
        return one.student().equals(other.student()) && one.number().equals(other.number());
    }

    /** The mean over the students. */
    Rollout mean() {
        if (rollouts.size() == 1) {
            return rollouts.get(0);
        }
        Attempt shown = rollouts.stream()
                .map(Rollout::attempt)
                .filter(attempt -> attempt.answer().hasArrived())
                .findFirst()
                .orElse(rollouts.get(0).attempt());
        Map<Optional<String>, List<Reward>> byStudent = rollouts.stream()
                .collect(Collectors.groupingBy(
                        rollout -> rollout.attempt().student(),
                        LinkedHashMap::new,
                        Collectors.mapping(Rollout::reward, Collectors.toList())));
        List<Reward> means = new ArrayList<>();
        for (Map.Entry<Optional<String>, List<Reward>> one : byStudent.entrySet()) {
            Reward mean = Reward.mean(one.getValue());
            if (!mean.isScored()) {
                return new Rollout(shown, missing(one.getKey(), mean));
            }
            means.add(mean);
        }
        return new Rollout(shown, Reward.mean(means));
    }

    private static Reward missing(Optional<String> student, Reward none) {
        return none.missing(student.map(name -> "student " + name + ": ").orElse("") + none.reason(), Map.of());
    }
}
