package dev.wst.calls;

import dev.wst.Answer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Questions of a step that are put more than once. Where the student answered none, those are put again whose failure may pass; else
 * those that the connection kept from being answered, when all others have ended.
 */
final class Unanswered {
    /** What broke off may have been paid, and a question may be what breaks its server: it is put so often again, not for ever. */
    private static final int MOST_BROKEN = 6;

    private final List<Asked> batch;
    private final Answer[] answers;
    private final int[] broken;
    private List<Integer> open;
    private boolean hasArrived;

    Unanswered(List<Asked> batch) {
        this.batch = batch;
        this.answers = new Answer[batch.size()];
        this.broken = new int[batch.size()];
        this.open = IntStream.range(0, batch.size()).boxed().toList();
    }

    /** The answers so far, in the order of the questions, after those that are open were put once more. */
    List<Answer> ask(Function<List<Asked>, List<Answer>> student) {
        List<Answer> came = student.apply(open.stream().map(batch::get).toList());
        for (int i = 0; i < came.size(); i++) {
            int place = open.get(i);
            answers[place] = came.get(i);
            hasArrived |= came.get(i).hasArrived();
            broken[place] += isOf(Answer.FailureKind.BROKEN_OFF, came.get(i)) ? 1 : 0;
        }
        open = IntStream.range(0, answers.length).filter(this::isOpen).boxed().toList();
        return List.copyOf(Arrays.asList(answers));
    }

    private static boolean isOf(Answer.FailureKind kind, Answer answer) {
        return answer.failure().filter(failure -> failure.kind() == kind).isPresent();
    }

    private boolean isOpen(int place) {
        Optional<Answer.FailureKind> kind = answers[place].failure().map(Answer.Failure::kind);
        return hasArrived
                ? kind.filter(Answer.FailureKind::isOutage).isPresent() && broken[place] <= MOST_BROKEN
                : kind.filter(Answer.FailureKind::isTemporary).isPresent();
    }

    /** That some are open. */
    Optional<Outage.Silence> silence() {
        if (open.isEmpty()) {
            return Optional.empty();
        }
        List<Answer> failed = open.stream().map(place -> answers[place]).toList();
        Duration askedFor = failed.stream()
                .flatMap(answer -> answer.failure().orElseThrow().retryAfter().stream())
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        String what = hasArrived
                ? "the connection failed for " + failed.size() + " of " + batch.size() + " questions"
                : "the student answered none of " + batch.size() + " questions";
        return Optional.of(new Outage.Silence(what + " (" + FailedAnswers.mostFrequent(failed) + ")", askedFor));
    }
}
