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
import java.util.Collections;
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
        } catch (RuntimeException e) {
            given = Optional.of(failed(e));
            throw e;
        } finally {
            settle(reserved, given);
        }
        return keep(asked, given);
    }

    /** What a student threw, as an answer that did not arrive. */
    static Answer failed(Throwable thrown) {
        return Answer.failed(
                Answer.FailureKind.ofConnection(thrown).orElse(Answer.FailureKind.ERROR), thrown.toString());
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
        List<Optional<Reservation>> reserved = reserveAll(batch);
        // Until it is known better: the calls were made, and somebody may want to be paid.
        List<Optional<Answer>> given = Collections.nCopies(batch.size(), Optional.empty());
        try {
            given = together(batch);
        } catch (BudgetSpentException e) {
            throw new HaltException(e);
        } finally {
            for (int i = 0; i < batch.size(); i++) {
                settle(reserved.get(i), given.get(i));
            }
        }
        List<Optional<Answer>> all = given;
        return Optional.of(IntStream.range(0, batch.size())
                .mapToObj(i -> keep(batch.get(i), all.get(i)))
                .toList());
    }

    /** Room for each call, or for none. */
    private List<Optional<Reservation>> reserveAll(List<Asked> batch) {
        List<Optional<Reservation>> reserved = new ArrayList<>();
        try {
            batch.forEach(asked -> reserved.add(halting(() -> reserve(asked))));
            return reserved;
        } catch (RuntimeException e) {
            reserved.forEach(one -> one.ifPresent(Reservation::cancel));
            throw e;
        }
    }

    /** What came, for each question; what a student throws that is no {@link WstException} is a failed answer to each. */
    private List<Optional<Answer>> together(List<Asked> batch) {
        List<Answer> answers;
        try {
            answers = student.answerTogether(batch.stream().map(Asked::advice).toList())
                    .orElseThrow(() -> new WstException("the student answered an empty batch together, but"
                            + " not these; answerTogether must be empty for all batches or for none"));
        } catch (WstException e) {
            throw e;
        } catch (RuntimeException e) {
            return Collections.nCopies(batch.size(), Optional.of(failed(e)));
        }
        if (answers.size() != batch.size()) {
            throw new WstException("the student gave " + answers.size() + " answers to " + batch.size()
                    + " questions; answerTogether must give one for each, in order");
        }
        return answers.stream().map(Optional::ofNullable).toList();
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
