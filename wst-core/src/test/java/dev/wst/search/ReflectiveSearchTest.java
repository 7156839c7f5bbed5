package dev.wst.search;

import static dev.wst.search.Searches.number;
import static dev.wst.search.Searches.tasks;
import static dev.wst.search.Searches.trials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Answer;
import dev.wst.Rollout;
import dev.wst.Seed;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.UnavailableException;
import dev.wst.search.Reflector.Reflection;
import dev.wst.search.SearchResult.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReflectiveSearchTest {
    private static final Seed SEED = new Seed(17);
    private static final ReflectiveSearch SMALL =
            ReflectiveSearch.defaults().withMinibatch(4).withFront(10);

    private final AtomicInteger asked = new AtomicInteger();
    private final Map<String, Integer> byInstruction = new ConcurrentHashMap<>();
    private final List<Reflection> reflections = new ArrayList<>();

    /** Each question needs one of three letters in the instruction. */
    private final StudentClient student = advice -> {
        asked.incrementAndGet();
        byInstruction.merge(advice.instruction().text(), 1, Integer::sum);
        return Answer.of(advice.instruction().text().contains(needed(advice.task())) ? "1" : "0");
    };

    private static String needed(Task task) {
        return List.of("A", "B", "C").get(number(task) % 3);
    }

    /** Adds what the worst question needed. */
    private final Reflector adding = reflection -> {
        reflections.add(reflection);
        return Optional.of(reflection.instruction()
                + needed(reflection.rollouts().get(0).attempt().task()));
    };

    @Test
    void one_task_at_least_is_left_to_reflect_on() {
        ReflectiveSearch search = ReflectiveSearch.defaults().withFront(10);
        assertThat(search.judges(100)).isEqualTo(10);
        assertThat(search.judges(11)).isEqualTo(10);
        assertThat(search.judges(10)).isEqualTo(9);
        assertThat(search.judges(2)).isEqualTo(1);
        assertThatThrownBy(() -> search.judges(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a search by reflection takes two tasks at least, one to judge by and one to reflect on, got 1");
    }

    @Test
    void reflection_on_failures_finds_what_no_given_instruction_had() {
        SearchResult result = SMALL.run(trials(student, 400), List.of("start"), tasks(60), adding, SEED);
        assertThat(result.best().instruction()).contains("A", "B", "C").startsWith("start");
        assertThat(result.best().reward().orElseThrow().mean()).isEqualTo(1);
        assertThat(result.best().parent()).isPresent();
        assertThat(result.candidates().get(result.candidates().size() - 1).parent())
                .isEqualTo(OptionalInt.empty());
        assertThat(result.spent().calls()).isEqualTo(asked.get());
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11, 28, 29, 60, 400})
    void it_never_takes_more_calls_than_it_was_given(int calls) {
        SearchResult result = SMALL.run(trials(student, calls), List.of("start"), tasks(60), adding, SEED);
        assertThat(asked.get()).isLessThanOrEqualTo(calls);
        assertThat(result.spent().calls()).isEqualTo(asked.get());
    }

    @Test
    void the_same_seed_finds_the_same_way() {
        List<Candidate> once = SMALL.run(trials(student, 200), List.of("start"), tasks(60), adding, SEED)
                .candidates();
        assertThat(SMALL.run(trials(student, 200), List.of("start"), tasks(60), adding, SEED)
                        .candidates())
                .isEqualTo(once);
        assertThat(SMALL.run(trials(student, 200), List.of("start"), tasks(60), adding, new Seed(18))
                        .candidates())
                .isNotEqualTo(once);
    }

    @Test
    void what_is_no_better_on_a_minibatch_is_not_put_to_all_judges() {
        AtomicInteger number = new AtomicInteger();
        Reflector useless = reflection -> Optional.of("useless " + number.incrementAndGet());
        SearchResult result = SMALL.run(trials(student, 100), List.of("A"), tasks(60), useless, SEED);
        assertThat(result.candidates()).hasSize(1);
        assertThat(byInstruction.entrySet().stream().filter(one -> one.getKey().startsWith("useless")))
                .isNotEmpty()
                .allMatch(one -> one.getValue() == 4);
    }

    @Test
    void a_reflector_sees_the_worst_first_and_nothing_without_a_verdict() {
        StudentClient failing = advice -> number(advice.task()) % 4 == 0
                ? Answer.failed(Answer.FailureKind.TIMEOUT, "late")
                : student.answer(advice);
        SMALL.run(trials(failing, 200), List.of("B"), tasks(60), adding, SEED);
        assertThat(reflections).isNotEmpty().allSatisfy(reflection -> {
            assertThat(reflection.rollouts())
                    .allMatch(one -> one.reward().isScored())
                    .isSortedAccordingTo((a, b) ->
                            Double.compare(a.reward().value(), b.reward().value()));
            assertThat(reflection.rollouts().get(0).reward().value()).isZero();
        });
    }

    /** Questions that judge are not those that are reflected on. */
    @Test
    void judges_are_not_shown_to_the_reflector() {
        SearchResult result = SMALL.run(trials(student, 200), List.of("A"), tasks(60), adding, SEED);
        List<Task> judges = result.best().rollouts().stream()
                .map(one -> one.attempt().task())
                .toList();
        assertThat(judges).hasSize(10).doesNotHaveDuplicates();
        assertThat(reflections)
                .flatExtracting(Reflection::rollouts)
                .extracting((Rollout one) -> one.attempt().task())
                .doesNotContainAnyElementsOf(judges);
    }

    @Test
    void a_reflector_that_has_nothing_new_to_say_ends_the_search() {
        AtomicInteger tries = new AtomicInteger();
        Reflector silent = reflection -> {
            tries.incrementAndGet();
            return tries.get() % 2 == 0 ? Optional.empty() : Optional.of(" A ");
        };
        SearchResult result = SMALL.run(trials(student, 100_000), List.of("A"), tasks(600), silent, SEED);
        assertThat(tries.get()).isLessThanOrEqualTo(20);
        assertThat(result.spent().calls()).isLessThanOrEqualTo(10 + 20 * 4);
        assertThat(result.candidates()).hasSize(1);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_reflector_that_repeats_what_did_not_help_ends_the_search() {
        AtomicInteger tries = new AtomicInteger();
        Reflector stubborn = reflection -> {
            tries.incrementAndGet();
            return Optional.of("useless");
        };
        SearchResult result = SMALL.run(trials(student, 500), List.of("A"), tasks(40), stubborn, SEED);
        assertThat(tries.get()).isLessThanOrEqualTo(21);
        assertThat(byInstruction).containsEntry("useless", 4);
        assertThat(result.candidates()).hasSize(1);
    }

    @Test
    void one_that_is_mostly_not_answered_is_not_the_best_of_a_pool() {
        StudentClient silent = advice -> advice.instruction().text().equals("silent") && number(advice.task()) % 3 != 0
                ? Answer.failed(Answer.FailureKind.EMPTY, "nothing")
                : advice.instruction().text().equals("silent") ? Answer.of("1") : student.answer(advice);
        SearchResult result = SMALL.withFront(12)
                .run(trials(silent, 40), List.of("silent", "AB"), tasks(40), r -> Optional.empty(), SEED);
        assertThat(result.best().instruction()).isEqualTo("AB");
    }

    @Test
    void where_nothing_is_scored_there_is_no_best() {
        StudentTrials nobody = trials(advice -> Answer.failed(Answer.FailureKind.TIMEOUT, "late"), 50);
        assertThatThrownBy(() -> SMALL.run(nobody, List.of("a"), tasks(20), adding, SEED))
                .isInstanceOf(UnavailableException.class)
                .hasMessage(
                        "no answer of the student could be scored in the search (10 times): no answer: TIMEOUT: late");
    }

    @Test
    void what_it_begins_with_has_to_be_affordable() {
        assertThatThrownBy(() -> SMALL.run(trials(student, 19), List.of("a", "b"), tasks(20), adding, SEED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "judging what it begins with takes 2 x 10 calls (instructions x questions), got 19; begin with fewer,"
                                + " or judge by fewer questions with withFront");
        assertThatThrownBy(() -> SMALL.run(trials(student, 19), List.of(), tasks(20), adding, SEED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a search by reflection begins with at least one instruction and two tasks, got 0 and 20");
        assertThatThrownBy(() -> SMALL.withMinibatch(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("minibatch and front take at least one question each, got 0 and 10");
        assertThat(asked).hasValue(0);
    }
}
