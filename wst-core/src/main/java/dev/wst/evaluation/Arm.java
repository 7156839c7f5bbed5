package dev.wst.evaluation;

import dev.wst.Advice;
import dev.wst.Instruction;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.TeacherPolicy;
import java.util.List;
import java.util.function.Function;

/**
 * One way of instructing a student.
 *
 * @param name in tables
 * @param instruct gives each situation its instruction, in order
 */
public record Arm(String name, Function<List<Situation>, List<Advice>> instruct) {

    /** The student alone. */
    public static Arm none(String name) {
        return always(name, Instruction.none());
    }

    /** The same text for every question. */
    public static Arm fixed(String name, String text) {
        return always(name, Instruction.fixed(text));
    }

    private static Arm always(String name, Instruction instruction) {
        return new Arm(
                name,
                situations -> situations.stream()
                        .map(situation -> new Advice(situation, instruction))
                        .toList());
    }

    /** A teacher. */
    public static Arm teacher(String name, TeacherPolicy policy, Sampling sampling, Seed seed) {
        return new Arm(name, situations -> policy.write(situations, sampling, seed));
    }

    List<Advice> advise(List<Task> tasks) {
        return instruct.apply(tasks.stream().map(task -> Situation.of(task, 0)).toList());
    }
}
