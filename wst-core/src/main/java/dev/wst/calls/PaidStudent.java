package dev.wst.calls;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.BudgetSpentException;
import dev.wst.ModelCall;
import dev.wst.StudentClient;
import dev.wst.answers.KeptAnswers;
import dev.wst.budget.Ledger;
import dev.wst.budget.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A student whose calls are paid from a ledger and whose answers are kept before anybody sees them.
 *
 * <p>{@link #kept} looks answers up; {@link #answer} always asks.
 */
final class PaidStudent implements StudentClient {
    private static final String ROLE = "student";

    private final StudentClient student;
    private final Optional<KeptAnswers> answers;
    private final Optional<Ledger> ledger;

    PaidStudent(StudentClient student, Accounts accounts) {
        this.student = student;
        this.answers = accounts.answers().map(store -> KeptAnswers.of(store, ROLE));
        this.ledger = accounts.ledger();
    }

    /** For each advice the answer that was kept for it. */
    List<Optional<Answer>> kept(List<Advice> batch) {
        return batch.stream()
                .map(advice -> answers.flatMap(kept -> kept.find(call(advice), sample(advice))))
                .toList();
    }

    private static int sample(Advice advice) {
        return advice.situation().sample();
    }

    @Override
    public ModelCall call(Advice advice) {
        return student.call(advice);
    }

    /**
     * {@inheritDoc}
     *
     * @throws BudgetSpentException if there is no room for the call; it is not made then
     */
    @Override
    public @Nullable Answer answer(Advice advice) {
        Optional<Reservation> reserved = ledger.map(one -> one.reserve(call(advice)));
        Answer answer = null;
        try {
            answer = student.answer(advice);
        } finally {
            settle(reserved, Optional.ofNullable(answer));
        }
        return answer == null ? null : keep(advice, answer);
    }

    /** {@inheritDoc} All calls of a batch are reserved before the first is made. */
    @Override
    public Optional<List<Answer>> answerTogether(List<Advice> batch) {
        List<Reservation> reserved = new ArrayList<>();
        Optional<List<Answer>> given = Optional.empty();
        try {
            for (Advice advice : batch) {
                ledger.ifPresent(one -> reserved.add(one.reserve(call(advice))));
            }
            given = student.answerTogether(batch);
        } finally {
            for (int i = 0; i < reserved.size(); i++) {
                settle(reserved.get(i), given, i);
            }
        }
        return given.map(all -> all.size() == batch.size() ? keep(batch, all) : all);
    }

    /** Calls that were not made, and those of a student that answers each alone, cost nothing. */
    private static void settle(Reservation reserved, Optional<List<Answer>> given, int place) {
        if (given.isEmpty()) {
            reserved.cancel();
        } else {
            List<Answer> all = given.get();
            settle(Optional.of(reserved), place < all.size() ? Optional.ofNullable(all.get(place)) : Optional.empty());
        }
    }

    private static void settle(Optional<Reservation> reserved, Optional<Answer> answer) {
        reserved.ifPresent(one -> {
            if (answer.isPresent() && answer.get().hasArrived()) {
                one.settle(answer.get().inputTokens(), answer.get().outputTokens());
            } else {
                one.failed(answer.flatMap(Answer::failure)
                        .map(failure -> mayHaveCost(failure.kind()))
                        .orElse(true));
            }
        });
    }

    /** A refusal comes before any work; for what the model wrote and nobody got, a provider may want to be paid. */
    private static boolean mayHaveCost(Answer.FailureKind kind) {
        return switch (kind) {
            case RATE_LIMIT, AUTHENTICATION, NOT_FOUND, INVALID_REQUEST -> false;
            case TIMEOUT, EMPTY, CONTENT_FILTER, ERROR -> true;
        };
    }

    private Answer keep(Advice advice, Answer answer) {
        return answers.map(kept -> kept.keep(call(advice), sample(advice), answer)).orElse(answer);
    }

    private List<Answer> keep(List<Advice> batch, List<Answer> all) {
        List<Answer> kept = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Answer answer = all.get(i);
            kept.add(answer == null ? answer : keep(batch.get(i), answer));
        }
        return kept;
    }
}
