package dev.wst.calls;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.InterruptedRunException;
import dev.wst.StudentClient;
import dev.wst.Task;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Puts questions to a student: so many at once, order kept, a time-out for each try, new tries after failures that may pass,
 * and every failure turned into a failed answer. A student that answers a batch in one go gets it whole, and all of this is
 * its own affair. Callers on several threads share the limits.
 *
 * <pre>{@code
 * List<Advice> written = teacher.write(situations, Sampling.defaults(), new Seed(17));
 * List<Answer> answers = new StudentCalls(student, CallLimits.defaults()).answer(written);
 * }</pre>
 */
public final class StudentCalls {
    private final Optional<String> name;
    private final PaidStudent student;
    private final CallLimits limits;
    private final Consumer<Duration> pauses;
    private final Scheduler scheduler = new SystemScheduler();
    private final Throttle throttle;
    private final Executor threads = CallThreads.ofThisJdk();

    public StudentCalls(StudentClient student, CallLimits limits) {
        this(student, limits, Accounts.none(), StudentCalls::sleep);
    }

    /** @param accounts where answers are kept and paid from */
    public StudentCalls(StudentClient student, CallLimits limits, Accounts accounts) {
        this(student, limits, accounts, StudentCalls::sleep);
    }

    /** @param pauses waits for so long, or throws an {@link InterruptedRunException} */
    public StudentCalls(StudentClient student, CallLimits limits, Accounts accounts, Consumer<Duration> pauses) {
        this(Optional.empty(), student, limits, accounts, pauses);
    }

    /**
     * One of several students.
     *
     * @param name stands in messages, and in the keys under which its answers are kept: two students that do not say what model
     *     they are would otherwise get each other's
     */
    public StudentCalls(
            Optional<String> name,
            StudentClient student,
            CallLimits limits,
            Accounts accounts,
            Consumer<Duration> pauses) {
        this.name = name;
        this.student = new PaidStudent(name, student, accounts);
        this.limits = limits;
        this.pauses = pauses;
        this.throttle = new Throttle(limits, scheduler);
    }

    /** Waits; an interruption ends the run. */
    public static void sleep(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted during an outage");
        }
    }

    /**
     * One answer for each advice, in order. Never fails as a whole: an exception, a null, an empty text or a call beyond the
     * time-out becomes a failed answer in its place. Of a student that answers together, an exception becomes a failed answer to each
     * question, but for a {@link dev.wst.WstException}, such as that it is closed.
     *
     * <p>A call whose time is up is interrupted. It counts as under way until it has ended, or until as much time again has
     * passed without its heeding that. A question that pauses before it is tried again keeps no other waiting.
     *
     * <p>What is kept already is not asked. Where the budget is spent, or an answer cannot be kept, no more is asked; what the
     * calls under way bring is kept before that is thrown.
     *
     * @throws dev.wst.BudgetSpentException if there is no room for a call
     * @throws dev.wst.EnvironmentException if an answer cannot be kept
     * @throws InterruptedRunException if the calling thread is interrupted; the calls are then cancelled
     */
    public List<Answer> answer(List<Advice> batch) {
        return answer(batch, this::ask);
    }

    /** Asks only for what is not kept. */
    private List<Answer> answer(List<Advice> batch, Function<List<Asked>, List<Answer>> ask) {
        List<Asked> questions = batch.stream().map(student::asked).toList();
        List<Optional<Answer>> kept = student.kept(questions);
        List<Asked> missing = IntStream.range(0, questions.size())
                .filter(i -> kept.get(i).isEmpty())
                .mapToObj(questions::get)
                .toList();
        Iterator<Answer> fresh = (missing.isEmpty() ? List.<Answer>of() : ask.apply(missing)).iterator();
        return kept.stream().map(answer -> answer.orElseGet(fresh::next)).toList();
    }

    private List<Answer> ask(List<Asked> batch) {
        try {
            return student.answerTogether(batch).orElseGet(() -> answerEach(batch));
        } catch (HaltException e) {
            throw e.reason();
        }
    }

    /**
     * The same for a step of a run: where a student answers nothing at all, it is asked again with growing pauses; what failed
     * is logged, one line a kind.
     *
     * @param outage the sum of all pauses
     * @param step names the step in the log
     */
    public List<Answer> answer(List<Advice> batch, Duration outage, String step) {
        String where = step + name.map(one -> ", student " + one).orElse("");
        List<Answer> answers = answer(batch, missing -> {
            Unanswered open = new Unanswered(missing);
            return new Outage(outage, pauses, where).ask(() -> open.ask(this::ask), answered -> open.silence());
        });
        FailedAnswers.log(where, answers);
        return answers;
    }

    /**
     * Asks one question, without an instruction, to find out whether the student is there: a wrong address, key or model name
     * shows here and not after work that was paid for. Where the answer is kept already nothing is asked, so that resuming costs nothing.
     *
     * @throws dev.wst.UnavailableException if it cannot be reached
     * @throws dev.wst.InvalidInputException if it does not know the caller or the model
     */
    public void askFirst(List<Task> tasks) {
        new FirstQuestion(this, name, pauses).ask(tasks);
    }

    private List<Answer> answerEach(List<Asked> batch) {
        StudentTries tries = new StudentTries(student, limits.timeout(), throttle, new Breaker(scheduler), threads);
        Retries retries = new Retries(limits.retries(), limits.deadline());
        return new Batch(batch, tries, asked -> new Question(asked, tries, retries, scheduler).ask()).await();
    }
}
