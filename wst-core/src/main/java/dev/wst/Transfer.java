package dev.wst;

import java.util.Locale;

/**
 * What training did for a student that the teacher was not trained with: how much more reward it earns on the validation tasks
 * than before the first step, task by task, with the range that holds the true gain with 95 % confidence.
 *
 * <pre>{@code
 * trainer.fit().transfer().forEach(one -> System.out.println(one.student() + ": " + one.gain()));
 * }</pre>
 *
 * @param student its name
 * @param step the validation that is compared with that before the first step
 * @param gain mean over the tasks that were scored at both
 * @param low lower end
 * @param high upper end
 * @param tasks scored at both, at least 2
 */
public record Transfer(String student, int step, double gain, double low, double high, int tasks) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "transfer to %s after step %d: %+.3f [%+.3f, %+.3f] over %d tasks",
                student,
                step,
                gain,
                low,
                high,
                tasks);
    }
}
