package dev.wst.training;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.wst.Advice;
import dev.wst.Instruction;
import dev.wst.InvalidInputException;
import dev.wst.ModelCall;
import dev.wst.RewardFunction;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.calls.CallLimits;
import dev.wst.metrics.RunDescription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a run is made of, as texts: what decides its outcome, and what does not. */
record RunConfiguration(RunPlan plan) {
    private static final String ABSENT = "nothing";

    RunDescription description() {
        return new RunDescription(deciding(), versions());
    }

    /** The teacher's kernels are told with them: another processor may compute in other precision. */
    private Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>(Versions.all());
        Optional.ofNullable(plan.teacher().description().get("kernels"))
                .ifPresent(kernels -> versions.put("kernels", kernels));
        return versions;
    }

    /** Equal for two runs that must come to the same. */
    private Map<String, String> deciding() {
        Map<String, String> all = new LinkedHashMap<>();
        new TreeMap<>(plan.teacher().identity()).forEach((name, value) -> all.put("teacher." + name, value));
        all.putAll(students(plan.students(), plan.tasks().get(0)));
        all.put("reward", RewardFunction.describe(plan.reward().bare()));
        if (plan.learning().algorithm().usesCritic()) {
            all.put(
                    "critic",
                    plan.learning().critic().map(RewardFunction::describe).orElse("DeepCritic, as by default"));
        }
        all.put("algorithm", plan.learning().algorithm().name());
        all.put("algorithm_options", plan.learning().algorithm().toString());
        if (plan.learning().warmStart().steps() > 0) {
            all.put("warm_start", plan.learning().warmStart().toString());
        }
        if (plan.learning().refinement().rounds() > 1) {
            all.put("refinement", plan.learning().refinement().toString());
        }
        all.put("seed", String.valueOf(plan.steps().seed()));
        all.put("steps", String.valueOf(plan.steps().count()));
        all.put("batch", String.valueOf(plan.steps().batch()));
        all.put("samples", String.valueOf(plan.steps().samples()));
        all.put("sampling", plan.steps().sampling().toString());
        all.put("tasks", tasks(plan.tasks()));
        if (plan.learning().drawsBySignal()) {
            all.put("tasks_drawn", "by signal");
        }
        if (plan.learning().reuse() > 0) {
            all.put("reuse", String.valueOf(plan.learning().reuse()));
        }
        if (plan.learning().averaged() > 0) {
            all.put("weights_averaged", String.valueOf(plan.learning().averaged()));
        }
        all.put("validation_tasks", tasks(plan.measuring().tasks()));
        all.put("validate_every", String.valueOf(plan.measuring().every()));
        plan.measuring().patience().ifPresent(value -> all.put("patience", String.valueOf(value)));
        plan.files().ifPresent(files -> all.put("texts", files.redacted() ? "redacted" : "written"));
        return all;
    }

    private static Map<String, String> students(RunStudents students, Task first) {
        Map<String, String> all = new LinkedHashMap<>();
        students.training()
                .forEach(one -> all.put(
                        one.name().map(name -> "student." + name).orElse("student"), asked(one.client(), first)));
        students.validation()
                .forEach(one -> all.put("validation_student." + one.name().orElseThrow(), asked(one.client(), first)));
        List<String> names = students.all().flatMap(one -> one.name().stream()).toList();
        if (!names.isEmpty()) {
            // Their order is that of the recorded answers.
            all.put("students", String.join(", ", names));
        }
        if (students.answers() > 1) {
            all.put("answers_per_instruction", String.valueOf(students.answers()));
        }
        return all;
    }

    /** What a student is, and by a hash what it is asked with: its parameters, and where it finds the instruction. */
    private static String asked(StudentClient student, Task first) {
        ModelCall call = student.call(Advice.of(first, Instruction.fixed("instruction")));
        Hasher hasher = Hashing.sha256().newHasher();
        add(call.content(), hasher);
        return RewardFunction.describe(student) + (call.hasModel() ? ", model " + call.model() : "") + ", calls "
                + hasher.hash().toString().substring(0, 16);
    }

    /** What may be another when a run is resumed. */
    Map<String, String> settings() {
        Map<String, String> all = new TreeMap<>();
        plan.teacher().description().forEach((name, value) -> all.put("teacher." + name, value));
        limits("student_", plan.asking().limits(), all);
        plan.students()
                .all()
                .forEach(one -> one.limits()
                        .ifPresent(own -> limits("student." + one.name().orElseThrow() + "_", own, all)));
        return all;
    }

    private static void limits(String student, CallLimits limits, Map<String, String> settings) {
        settings.put(student + "concurrency", String.valueOf(limits.concurrency()));
        settings.put(
                student + "timeout_seconds", String.valueOf(limits.timeout().toMillis() / 1000.0));
        settings.put(student + "retries", String.valueOf(limits.retries()));
    }

    /**
     * Compares a configuration with that which a run was begun with.
     *
     * @throws InvalidInputException if it differs; the message lists how
     */
    static void requireSame(Map<String, String> begun, Map<String, String> now, Path directory) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(begun.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            if (!Objects.equals(begun.get(name), now.get(name))) {
                differences.add(name + ": " + begun.getOrDefault(name, ABSENT) + " then, "
                        + now.getOrDefault(name, ABSENT) + " now");
            }
        }
        if (!differences.isEmpty()) {
            throw new InvalidInputException(
                    "the run in " + directory + " was begun with another configuration; resume it"
                            + " with the same, or begin a new run:\n  " + String.join("\n  ", differences));
        }
    }

    /** How many, and a hash of all that is in them. */
    private static String tasks(List<Task> tasks) {
        Hasher hasher = Hashing.sha256().newHasher();
        for (Task task : tasks) {
            add(task.id(), hasher);
            add(task.prompt(), hasher);
            add(task.reference().map(reference -> "=" + reference).orElse(""), hasher);
            new TreeMap<>(task.attributes()).forEach((name, value) -> {
                add(name, hasher);
                add(value, hasher);
            });
            hasher.putInt(task.attributes().size());
        }
        return tasks.size() + " (SHA-256 " + hasher.hash().toString().substring(0, 16) + ")";
    }

    private static void add(String text, Hasher hasher) {
        hasher.putInt(text.length()).putString(text, StandardCharsets.UTF_8);
    }
}
