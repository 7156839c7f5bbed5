package dev.wst.calls;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.BudgetSpentException;
import dev.wst.InvalidInputException;
import dev.wst.ModelCall;
import dev.wst.StudentClient;
import dev.wst.WstException;
import dev.wst.answers.KeptAnswers;
import dev.wst.budget.Ledger;
import dev.wst.budget.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A student whose calls are paid from a ledger and whose answers are kept before anybody sees them.
 *
 * <p>{@link #kept} looks answers up; {@link #answer} always asks.
 */
final class PaidStudent {
    private static final String ROLE = "student";
    private static final int HEAD = 80;

    private final StudentClient student;
    private final Optional<KeptAnswers> answers;
    private final Optional<Ledger> ledger;
    private final boolean asks;

    /** @param name of one of several students */
    PaidStudent(Optional<String> name, StudentClient student, Accounts accounts) {
        String role = ROLE + name.map(one -> " " + one).orElse("");
        this.student = student;
        this.answers = accounts.answers().map(store -> KeptAnswers.of(store, role));
        this.ledger = accounts.ledger();
        this.asks = accounts.asks();
    }

    /** A question to this student. */
    Asked asked(Advice advice) {
        return new Asked(advice, () -> student.call(advice));
    }

    /** For each question the answer that was kept for it. */
    List<Optional<Answer>> kept(List<Asked> batch) {
        List<Optional<Answer>> found = batch.stream()
                .map(asked -> answers.flatMap(kept -> kept.find(asked.call(), asked.sample())))
                .toList();
        if (!asks) {
            requireAll(batch, found);
        }
        return found;
    }

    private static void requireAll(List<Asked> batch, List<Optional<Answer>> found) {
        List<Advice> missing = IntStream.range(0, batch.size())
                .filter(i -> found.get(i).isEmpty())
                .mapToObj(i -> batch.get(i).advice())
                .toList();
        if (!missing.isEmpty()) {
            Advice first = missing.get(0);
            throw new InvalidInputException("the answers to " + missing.size() + " of " + batch.size()
                    + " questions are not kept, and nothing may be asked: the first is "
                    + first.situation().name() + " (\"" + head(first.task().prompt()) + "\"), with the instruction \""
                    + first.instruction().text()
                    + "\"; allow asking, or repeat the run with the configuration that its answers are of");
        }
    }

    /** Enough of a question to know it by, in one line. */
    private static String head(String question) {
        String line = FailedAnswers.oneLine(question);
        return line.length() <= HEAD ? line : line.substring(0, HEAD) + "...";
    }

    private Optional<Reservation> reserve(Asked asked) {
        return ledger.map(paying -> paying.reserve(asked.call()));
    }

    /** The most tokens of a call; of one whose answer nothing bounds, those of the question. */
    static long tokens(Asked asked) {
        ModelCall call = asked.call();
        return (long) call.inputTokens() + call.outputTokens().orElse(0);
    }

    /**
     * Asks.
     *
     * @throws HaltException if there is no room for the call, which is not made then, or if the answer cannot be kept
     */
    Answer answer(Asked asked) {
        Optional<Reservation> reserved = halting(() -> reserve(asked));
        Optional<Answer> given = Optional.empty();
        try {
            given = Optional.ofNullable(student.answer(asked.advice()));
        } catch (BudgetSpentException e) {
            // Of a student that makes further calls and reserves them itself.
            throw new HaltException(e);
        } finally {
            settle(reserved, given);
        }
        return keep(asked, given);
    }

    /**
     * Asks many in one go; all calls are reserved before the first is made.
     *
     * @return empty where the student answers each alone
     * @throws HaltException as of {@link #answer}
     */
    Optional<List<Answer>> answerTogether(List<Asked> batch) {
        if (student.answerTogether(List.of()).isEmpty()) {
            return Optional.empty();
        }
        List<Advice> advice = batch.stream().map(Asked::advice).toList();
        List<Reservation> reserved = new ArrayList<>();
        Optional<List<Answer>> given = Optional.empty();
        try {
            for (Asked asked : batch) {
                halting(() -> reserve(asked)).ifPresent(reserved::add);
            }
            given = student.answerTogether(advice).map(all -> complete(advice, all));
        } finally {
            for (int i = 0; i < reserved.size(); i++) {
                settle(reserved.get(i), given, i);
            }
        }
        return given.map(all -> IntStream.range(0, all.size())
                .mapToObj(i -> keep(batch.get(i), Optional.ofNullable(all.get(i))))
                .toList());
    }

    private static List<Answer> complete(List<Advice> batch, List<Answer> answers) {
        if (answers.size() != batch.size()) {
            throw new WstException("the student gave " + answers.size() + " answers to " + batch.size()
                    + " questions; answerTogether must give one for each, in order");
        }
        return answers;
    }

    /** Calls that were not made cost nothing. */
    private static void settle(Reservation reserved, Optional<List<Answer>> given, int place) {
        if (given.isEmpty()) {
            reserved.cancel();
        } else {
            settle(Optional.of(reserved), Optional.ofNullable(given.get().get(place)));
        }
    }

    private static void settle(Optional<Reservation> reserved, Optional<Answer> answer) {
        reserved.ifPresent(one -> {
            if (answer.isPresent() && answer.get().hasArrived()) {
                one.settle(answer.get().inputTokens(), answer.get().outputTokens());
            } else {
                answer.flatMap(Answer::failure)
                        .ifPresentOrElse(failure -> settle(one, failure.kind()), () -> one.failed(true));
            }
        });
    }

    /** A refusal comes before any work; for what the model wrote and nobody got, a provider may want to be paid. */
    private static void settle(Reservation reserved, Answer.FailureKind kind) {
        switch (kind) {
            case UNREACHABLE -> reserved.cancel();
            case RATE_LIMIT, AUTHENTICATION, NOT_FOUND, INVALID_REQUEST -> reserved.failed(false);
            // A proxy says that its server is overloaded when it has lost the answer, too.
            case TIMEOUT, OVERLOADED, EMPTY, CONTENT_FILTER, BROKEN_OFF, ERROR -> reserved.failed(true);
        }
    }

    private Answer keep(Asked asked, Optional<Answer> given) {
        Answer answer = arrived(given);
        return halting(() -> answers.map(kept -> kept.keep(asked.call(), asked.sample(), answer))
                .orElse(answer));
    }

    /** What a student gave, held to its contract. */
    private static Answer arrived(Optional<Answer> given) {
        if (given.isEmpty()) {
            return Answer.failed(Answer.FailureKind.EMPTY, "the student returned null");
        }
        Answer answer = given.get();
        return answer.hasArrived() && answer.text().isBlank()
                ? Answer.failed(Answer.FailureKind.EMPTY, "the student answered with a blank text")
                : answer;
    }

    private static <T> T halting(Supplier<T> work) {
        try {
            return work.get();
        } catch (WstException e) {
            throw new HaltException(e);
        }
    }
}
