package dev.wst.rewards.guard;

import dev.wst.Attempt;
import dev.wst.Task;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds instructions that give the reference answer away, by a {@link LeakDetector}; its part is {@code guard_answer_leak}. Of a
 * multiple choice, as {@link dev.wst.rewards.data.TaskFile} reads it, the text of the right choice is an answer too.
 *
 * <pre>{@code
 * RewardFunction reward = GuardedReward.of(MathReward.gsm8k()).with(AnswerLeak.standard(), Policy.PENALISE);
 * }</pre>
 */
public final class AnswerLeak implements Guard {
    private static final String RIGHT_CHOICE = "right_choice";

    private final LeakDetector detector;

    private AnswerLeak(LeakDetector detector) {
        this.detector = detector;
    }

    /** With {@link LeakDetector#standard()}. */
    public static AnswerLeak standard() {
        return new AnswerLeak(LeakDetector.standard());
    }

    @Override
    public String name() {
        return "answer_leak";
    }

    /** @throws IllegalArgumentException if the task has no reference */
    @Override
    public void check(Task task) {
        gold(task);
    }

    private static String gold(Task task) {
        return task.reference()
                .orElseThrow(() -> new IllegalArgumentException(
                        "task " + task.id() + " has no reference answer that an instruction could give away"));
    }

    /** @throws IllegalArgumentException if the task has no reference */
    @Override
    public Finding inspect(Attempt attempt) {
        Task task = attempt.task();
        Optional<String> choice = Optional.ofNullable(task.attributes().get(RIGHT_CHOICE));
        return Stream.concat(Stream.of(gold(task)), choice.filter(text -> !text.isBlank()).stream())
                .flatMap(gold ->
                        detector.find(task.prompt(), gold, attempt.instruction().text()).stream())
                .findFirst()
                .map(leak -> Finding.found(leak.kind() + " in the instruction: " + leak.text()))
                .orElse(Finding.clean());
    }
}
