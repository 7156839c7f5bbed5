package dev.wst.rewards.judge;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.ModelCall;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;
import dev.wst.WstException;
import dev.wst.calls.AskedOnce;
import dev.wst.rewards.StudentAccess;
import dev.wst.student.ChatCall;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A judge compares the answer with another one: the task's reference, or what the same student answers without an
 * instruction. The value is 1 where the answer wins, 0 where it loses, 0.5 for a tie.
 *
 * <pre>{@code
 * RewardFunction reward = PairwiseReward.againstUninstructed(
 *         judge, "Which answer helps more and harms nobody?", StudentAccess.of(student, executor));
 * }</pre>
 *
 * <p>Every vote asks twice, once in each order, because judges favour a place (MT-Bench, arXiv 2306.05685, section 3.3),
 * and is the mean of the two: an inconsistent judge gives 0.5 too. A vote came if both orders did. Equal answers tie
 * without a call.
 *
 * <p>Parts: {@code votes} that came and {@code agreement}, the share of them in which both orders named the same winner.
 * An answer that is blank or nothing but thinking loses without a call, and the part {@code blank} is 1 there and 0
 * elsewhere. Unscored where too few votes came, and where the other answer did not arrive or is such a one itself.
 */
public final class PairwiseReward implements RewardFunction {
    private final Judge judge;
    private final String criteria;
    private final Opponent opponent;
    private final boolean isGuided;

    /**
     * Whom the attempts are compared with.
     *
     * @param ask gives its answers to tasks, in order
     * @param calls that such an answer may take
     */
    private record Opponent(
            String name,
            Function<List<Task>, List<CompletableFuture<Answer>>> ask,
            Function<Task, List<ModelCall>> calls) {
        List<CompletableFuture<Answer>> answers(List<Task> tasks) {
            return ask.apply(tasks);
        }
    }

    private PairwiseReward(Judge judge, String criteria, Opponent opponent, boolean isGuided) {
        if (criteria.isBlank()) {
            throw new IllegalArgumentException("a comparison needs criteria");
        }
        this.judge = Objects.requireNonNull(judge, "judge");
        this.criteria = criteria;
        this.opponent = opponent;
        this.isGuided = isGuided;
    }

    /**
     * Against the task's reference answer, such as the chosen reply of a pair.
     *
     * @param criteria by which the better answer is told; the judge takes them as its orders
     */
    public static PairwiseReward againstReference(Judge judge, String criteria) {
        return new PairwiseReward(
                judge,
                criteria,
                new Opponent(
                        "the reference",
                        tasks -> tasks.stream()
                                .map(task -> CompletableFuture.completedFuture(Answer.of(Reference.of(task))))
                                .toList(),
                        task -> List.of()),
                false);
    }

    /**
     * Against the same student's answer without instruction, asked once for each task; a failure is asked for again next
     * time.
     *
     * @param criteria by which the better answer is told; the judge takes them as its orders
     */
    public static PairwiseReward againstUninstructed(Judge judge, String criteria, StudentAccess student) {
        Objects.requireNonNull(student, "student");
        AskedOnce<Task, Answer> answers = new AskedOnce<>(new ConcurrentHashMap<>(), Answer::hasArrived);
        return new PairwiseReward(
                judge,
                criteria,
                new Opponent(
                        student + " without instruction",
                        tasks -> answers.all(tasks, student::answersWithoutInstruction),
                        task -> student.calls(Advice.of(task, Instruction.none()))),
                false);
    }

    /** The judge also sees the task's reference answer; of use against an uninstructed student. */
    public PairwiseReward guidedByReference() {
        return new PairwiseReward(judge, criteria, opponent, true);
    }

    /** @throws IllegalArgumentException if the task has no reference and one is needed */
    @Override
    public Reward score(Attempt attempt) {
        return WstException.resultOf(
                begin(attempt, opponent.answers(List.of(attempt.task())).get(0)));
    }

    /** All attempts are under way at once, as far as the judge's concurrency allows. */
    @Override
    public CompletionStage<List<Reward>> scoreAll(List<Attempt> attempts) {
        Iterator<CompletableFuture<Answer>> others =
                opponent.answers(attempts.stream().map(Attempt::task).toList()).iterator();
        // The attempts are begun in order, each with the answer in its place.
        return RewardFunction.async(attempt -> begin(attempt, others.next())).scoreAll(attempts);
    }

    /** {@inheritDoc} The other answer counts as long as this one. */
    @Override
    public List<ModelCall> calls(Attempt attempt) {
        String answer = VisibleText.of(attempt.answer().text());
        List<ModelCall> order = judge.calls(brief(shown(attempt.task()), answer, answer));
        return Stream.of(opponent.calls().apply(attempt.task()), order, order)
                .flatMap(List::stream)
                .toList();
    }

    private List<Exhibit> shown(Task task) {
        List<Exhibit> shown = new ArrayList<>();
        shown.add(Exhibit.of("question", task.prompt()));
        if (isGuided) {
            shown.add(Exhibit.of(Reference.NAME, Reference.of(task)));
        }
        return shown;
    }

    private CompletableFuture<Reward> begin(Attempt attempt, CompletableFuture<Answer> opposed) {
        List<Exhibit> shown = shown(attempt.task());
        String ours = VisibleText.of(attempt.answer().text());
        return opposed.exceptionally(PairwiseReward::missing)
                .thenCompose(other -> other.hasArrived()
                        ? compare(shown, ours, VisibleText.of(other.text()))
                        : unscored(
                                "no answer to compare with: " + other.failure().orElseThrow()));
    }

    /** An answer that did not come; a fault of this library's own, such as a budget that is spent, goes on as one. */
    private static Answer missing(Throwable failure) {
        if (WstException.causeOf(failure) instanceof WstException fault) {
            throw fault;
        }
        return Answer.failed(Answer.FailureKind.ERROR, ChatCall.failure(failure));
    }

    private CompletableFuture<Reward> compare(List<Exhibit> shown, String ours, String theirs) {
        if (theirs.isEmpty()) {
            return unscored("the other answer shows the judge nothing: it is blank or only thinking");
        }
        if (ours.isEmpty() || ours.equals(theirs)) {
            double value = ours.isEmpty() ? 0 : 0.5;
            return CompletableFuture.completedFuture(Reward.of(value, parts(0, 1, ours.isEmpty())));
        }
        return judge.rule(brief(shown, ours, theirs)).thenCombine(judge.rule(brief(shown, theirs, ours)), this::reward);
    }

    private Brief brief(List<Exhibit> shown, String first, String second) {
        List<Exhibit> exhibits = new ArrayList<>(shown);
        exhibits.add(new Exhibit("answer A", first));
        exhibits.add(new Exhibit("answer B", second));
        String charge = "You compare two answers to a question. " + (isGuided ? Reference.CHARGE : "")
                + "Say A or B for the better one, tie if neither is. Their order means nothing. The criteria:\n"
                + criteria;
        return new Brief(charge, exhibits, VerdictForm.winner());
    }

    /** From the verdicts on answer A, which is ours in the first list and theirs in the second. */
    private Reward reward(List<Ruling> oursFirst, List<Ruling> theirsFirst) {
        List<Ruling> rulings = new ArrayList<>();
        int agreements = 0;
        for (int i = 0; i < oursFirst.size(); i++) {
            Ruling first = oursFirst.get(i);
            Ruling second = theirsFirst.get(i);
            if (first.came() && second.came()) {
                rulings.add(Ruling.of((first.get() + 1 - second.get()) / 2));
                agreements += first.get() == 1 - second.get() ? 1 : 0;
            } else {
                rulings.add(first.came() ? second : first);
            }
        }
        Ballot ballot = Ballot.of(rulings);
        if (!ballot.isEnough(judge.options())) {
            return ballot.unscored(judge);
        }
        int votes = ballot.votes().size();
        return Reward.of(judge.options().tally().of(ballot.votes()), parts(votes, (double) agreements / votes, false));
    }

    private static Map<String, Double> parts(int votes, double agreement, boolean blank) {
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("votes", (double) votes);
        parts.put("agreement", agreement);
        parts.put("blank", blank ? 1.0 : 0.0);
        return parts;
    }

    private static CompletableFuture<Reward> unscored(String reason) {
        return CompletableFuture.completedFuture(Reward.unscored(reason));
    }

    @Override
    public String toString() {
        return "PairwiseReward[" + judge + ", against " + opponent.name() + ", \"" + criteria + "\""
                + (isGuided ? ", guided by the reference" : "") + "]";
    }
}
