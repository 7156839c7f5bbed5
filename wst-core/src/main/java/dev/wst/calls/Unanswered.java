package dev.wst.calls;

import dev.wst.Advice;
import dev.wst.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Questions of a step that are put more than once: each time those that {@link FailedAnswers#toAskAgain} names, all at first. */
final class Unanswered {
    private final List<Advice> batch;
    private List<Answer> answers;
    private List<Boolean> open;

    Unanswered(List<Advice> batch) {
        this.batch = batch;
        this.answers = List.of();
        this.open = Collections.nCopies(batch.size(), true);
    }

    /** The answers so far, in the order of the questions, after those that are open were put once more. */
    List<Answer> ask(Function<List<Advice>, List<Answer>> student) {
        List<Integer> places =
                IntStream.range(0, batch.size()).filter(open::get).boxed().toList();
        List<Answer> came = student.apply(places.stream().map(batch::get).toList());
        if (answers.isEmpty()) {
            answers = came;
        } else {
            List<Answer> all = new ArrayList<>(answers);
            for (int i = 0; i < places.size(); i++) {
                all.set(places.get(i), came.get(i));
            }
            answers = all;
        }
        open = FailedAnswers.toAskAgain(answers);
        return answers;
    }
}
