package dev.wst.search;

import static dev.wst.search.Searches.candidate;
import static dev.wst.search.Searches.number;
import static dev.wst.search.Searches.tasks;
import static dev.wst.search.Searches.trials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Answer;
import dev.wst.Reward;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.StudentClient;
import dev.wst.UnavailableException;
import dev.wst.budget.Budget;
import dev.wst.budget.Journal;
import dev.wst.budget.Ledger;
import dev.wst.calls.Accounts;
import dev.wst.calls.CallLimits;
import dev.wst.evaluation.Comparison;
import dev.wst.search.SearchResult.Candidate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedSearchTest {
    private static final Seed SEED = new Seed(17);
    private static final List<String> TENTHS =
            IntStream.range(0, 8).mapToObj(i -> "tenths " + i).toList();

    private final AtomicInteger asked = new AtomicInteger();

    /** "tenths 3" is right on three questions of ten. */
    private final StudentClient student = advice -> {
        asked.incrementAndGet();
        int tenths = Integer.parseInt(advice.instruction().text().substring("tenths ".length()));
        return Answer.of(number(advice.task()) * 7 % 10 < tenths ? "1" : "0");
    };

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 50, 240, 1000, 100_000})
    void it_never_takes_more_calls_than_it_was_given(int calls) {
        SearchResult result = FixedSearch.among(TENTHS).run(trials(student, calls), tasks(200), SEED);
        assertThat(asked.get()).isLessThanOrEqualTo(calls);
        assertThat(result.spent().calls()).isEqualTo(asked.get());
        assertThat(result.candidates()).hasSize(8);
    }

    @Test
    void the_better_half_stays_and_the_best_is_found() {
        SearchResult result = FixedSearch.among(TENTHS).run(trials(student, 240), tasks(500), SEED);
        assertThat(result.best().instruction()).isEqualTo("tenths 7");
        // 10 questions for each of eight, 20 more for each of four, 40 more for the last two.
        assertThat(result.candidates())
                .extracting(one -> one.rollouts().size())
                .containsExactly(70, 70, 30, 30, 10, 10, 10, 10);
        assertThat(asked).hasValue(240);
    }

    @Test
    void a_question_is_put_once_with_each_of_those_that_are_left() {
        SearchResult result = FixedSearch.among(TENTHS).run(trials(student, 100_000), tasks(20), SEED);
        assertThat(asked).hasValue(8 * 20);
        assertThat(result.best().instruction()).isEqualTo("tenths 7");
        assertThat(result.best().rollouts())
                .extracting(one -> one.attempt().task().id())
                .doesNotHaveDuplicates()
                .hasSize(20);
    }

    @Test
    void the_same_seed_draws_the_same_questions() {
        FixedSearch search = FixedSearch.among(TENTHS);
        List<Candidate> once = search.run(trials(student, 100), tasks(50), SEED).candidates();
        assertThat(search.run(trials(student, 100), tasks(50), SEED).candidates())
                .isEqualTo(once);
        assertThat(search.run(trials(student, 100), tasks(50), new Seed(18)).candidates())
                .isNotEqualTo(once);
    }

    /** All rewards are below zero, so that a failure taken for a score of zero would win. */
    @Test
    void a_failed_answer_is_no_score() {
        StudentClient failing = advice -> advice.instruction().text().equals("fails")
                ? Answer.failed(Answer.FailureKind.TIMEOUT, "late")
                : Answer.of(advice.instruction().text());
        SearchResult result = FixedSearch.among(List.of("fails", "-2", "-1")).run(trials(failing, 30), tasks(20), SEED);
        assertThat(result.best().instruction()).isEqualTo("-1");
        assertThat(result.candidates().get(2).instruction()).isEqualTo("fails");
        assertThat(result.candidates().get(2).reward()).isEmpty();
    }

    @Test
    void one_that_is_mostly_not_answered_does_not_win_by_the_few_that_were() {
        StudentClient silent = advice -> {
            boolean isTenth = number(advice.task()) % 10 == 0;
            return advice.instruction().text().equals("good")
                    ? Answer.of(isTenth ? "0.5" : "1")
                    : isTenth ? Answer.of("1") : Answer.failed(Answer.FailureKind.EMPTY, "nothing");
        };
        SearchResult result = FixedSearch.among(List.of("silent", "good")).run(trials(silent, 400), tasks(100), SEED);
        assertThat(result.best().instruction()).isEqualTo("good");
        assertThat(result.candidates().get(1).scored()).isLessThan(20);
    }

    @Test
    void a_question_is_planned_with_all_the_tries_that_it_may_take() {
        // Broken connections and other failures in turn, each counted by itself.
        Map<String, Integer> tries = new ConcurrentHashMap<>();
        StudentClient flaky = advice -> {
            asked.incrementAndGet();
            boolean isOdd = tries.merge(advice.task().id(), 1, Integer::sum) % 2 == 1;
            return Answer.failed(isOdd ? Answer.FailureKind.BROKEN_OFF : Answer.FailureKind.ERROR, "no");
        };
        CallLimits limits = CallLimits.defaults().withConcurrency(1).withRetries(1);
        StudentTrials trials = new StudentTrials(flaky, limits, a -> Reward.of(1), Searches.calls(7));
        assertThat(limits.mostTries()).isEqualTo(3);
        assertThat(trials.examine(tasks(5).stream()
                        .map(task -> new StudentTrials.Trial("go", task))
                        .toList()))
                .as("two questions of three tries each, and one call left")
                .hasSize(2);
        assertThat(asked).hasValue(6);
    }

    @Test
    void tries_after_failures_are_paid_from_the_same_calls() {
        StudentClient failing = advice -> {
            asked.incrementAndGet();
            return asked.get() % 3 == 0 ? Answer.failed(Answer.FailureKind.ERROR, "no") : Answer.of("1");
        };
        CallLimits limits = new CallLimits(
                1, Duration.ofSeconds(20), 1, Duration.ofSeconds(60), OptionalInt.empty(), OptionalLong.empty(), false);
        StudentTrials trials = new StudentTrials(failing, limits, a -> Reward.of(1), Searches.calls(9));
        SearchResult result = FixedSearch.among(List.of("a", "b")).run(trials, tasks(20), SEED);
        assertThat(asked.get()).isLessThanOrEqualTo(9);
        assertThat(result.spent().calls()).isEqualTo(asked.get());
    }

    @Test
    void where_nothing_is_scored_there_is_no_best() {
        StudentTrials nobody = trials(advice -> Answer.failed(Answer.FailureKind.TIMEOUT, "late"), 10);
        assertThatThrownBy(() -> FixedSearch.among(List.of("a")).run(nobody, tasks(3), SEED))
                .isInstanceOf(UnavailableException.class)
                .hasMessage(
                        "no answer of the student could be scored in the search (3 times): no answer: TIMEOUT: late");
    }

    @Test
    void each_has_to_have_its_chance() {
        assertThatThrownBy(() -> FixedSearch.among(TENTHS).run(trials(student, 7), tasks(3), SEED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("to try each of 8 instructions takes as many calls and a task, got 7 calls and 3 tasks");
        assertThatThrownBy(() -> FixedSearch.among(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a search needs at least one instruction to choose from, got none");
        assertThat(asked).hasValue(0);
    }

    @Test
    void a_search_needs_a_bound_of_calls() {
        Accounts unbounded = Accounts.none().withLedger(Ledger.of(Budget.unlimited(), Journal.none()));
        for (Accounts accounts : List.of(Accounts.none(), unbounded)) {
            assertThatThrownBy(() -> new StudentTrials(student, Searches.ONE_TRY, a -> Reward.of(1), accounts))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("a search needs a budget of calls: give accounts with a ledger, as ");
        }
    }

    @Test
    void candidates_are_written_for_tasks_and_each_comes_once() {
        List<List<Situation>> seen = new ArrayList<>();
        List<String> written = FixedSearch.written(5, tasks(3), SEED, situations -> {
            seen.add(situations);
            return List.of(" a ", "b", "", "a", "c");
        });
        assertThat(written).containsExactly("a", "b", "c");
        assertThat(seen.get(0))
                .extracting(Situation::name)
                .doesNotHaveDuplicates()
                .hasSize(5);
        assertThat(seen.get(0)).extracting(Situation::sample).containsExactly(0, 0, 0, 1, 1);
        assertThatThrownBy(() -> FixedSearch.written(0, tasks(3), SEED, situations -> List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("to write instructions takes at least 1 and a task, got 0 and 3 tasks");
    }

    @Test
    void what_was_found_is_an_arm() {
        SearchResult result = FixedSearch.among(TENTHS).run(trials(student, 240), tasks(500), SEED);
        Comparison.Arm arm = result.arm("found");
        assertThat(arm.name()).isEqualTo("found");
        assertThat(arm.instruct()
                        .apply(List.of(Situation.of(tasks(1).get(0), 0)))
                        .get(0)
                        .instruction()
                        .text())
                .isEqualTo("tenths 7");
        assertThat(new SearchResult(List.of(candidate("", 1)), result.spent())
                        .arm("none")
                        .instruct()
                        .apply(List.of(Situation.of(tasks(1).get(0), 0)))
                        .get(0)
                        .instruction()
                        .isEmpty())
                .isTrue();
        assertThat(new SearchResult(List.of(candidate("two", 1, 0, Double.NaN), candidate("", 0)), result.spent()))
                .hasToString("""
                        2 candidates, 240 calls of the student
                          0.500 [0.095, 0.905] on 2 questions: two
                          0.000 [0.000, 0.793] on 1 questions: (no instruction)""");
        assertThatThrownBy(() -> new SearchResult(List.of(), result.spent()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
