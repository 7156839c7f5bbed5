package dev.wst.rewards.code;

import dev.wst.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a task needs so that code can be run for it, kept in the task's attributes.
 *
 * <pre>{@code
 * CodeTask code = new CodeTask("twice", "", "", "assert twice(4) == 8");
 * Task task = new Task("t1", "Write twice(n).", Optional.empty(), code.attributes());
 * }</pre>
 *
 * @param entryPoint the function that is tested
 * @param prefix source put before the student's code, such as imports or the head of the function; may be empty
 * @param support trusted source that runs beside the tests before them; may be empty
 * @param tests see {@link Submission}
 */
public record CodeTask(String entryPoint, String prefix, String support, String tests) {
    private static final String ENTRY_POINT = "code_entry_point";
    private static final String PREFIX = "code_prefix";
    private static final String SUPPORT = "code_support";
    private static final String TESTS = "code_tests";

    public CodeTask {
        Objects.requireNonNull(prefix, "prefix");
        Submission checked = new Submission("", entryPoint, support, tests);
        Objects.requireNonNull(checked);
    }

    /**
     * What the attributes of a task say.
     *
     * @throws IllegalArgumentException if one is missing; the message names the task
     */
    public static CodeTask of(Task task) {
        return new CodeTask(
                attribute(task, ENTRY_POINT),
                attribute(task, PREFIX),
                attribute(task, SUPPORT),
                attribute(task, TESTS));
    }

    /** These values as attributes of a task. */
    public Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put(ENTRY_POINT, entryPoint);
        attributes.put(PREFIX, prefix);
        attributes.put(SUPPORT, support);
        attributes.put(TESTS, tests);
        return attributes;
    }

    /** The student's code as a program to be tried. */
    public Submission submission(String code) {
        return new Submission(prefix.isEmpty() ? code : prefix + "\n" + code, entryPoint, support, tests);
    }

    private static String attribute(Task task, String name) {
        String value = task.attributes().get(name);
        if (value == null) {
            throw new IllegalArgumentException("task " + task.id() + " has no attribute " + name
                    + "; a reward that runs code needs tasks made with CodeTask.attributes()");
        }
        return value;
    }
}
