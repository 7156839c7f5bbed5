package dev.wst.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.InvalidInputException;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.TeacherPolicy;
import dev.wst.calls.Accounts;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private final List<Task> tasks = IntStream.range(0, 10)
            .mapToObj(i -> Task.of("t" + i, "question " + i))
            .toList();

    /** Alone it is right on two of ten; told "work" on eight; question 9 never gets an answer when told. */
    private final StudentClient student = advice -> {
        int i = Integer.parseInt(advice.task().id().substring(1));
        if (advice.instruction().text().equals("work")) {
            return i == 9 ? Answer.failed(Answer.FailureKind.TIMEOUT, "late") : Answer.of(i < 8 ? "right" : "wrong");
        }
        return Answer.of(i < 2 ? "right" : "wrong");
    };

    private final Examiner examiner =
            new Examiner(calls(student), a -> Reward.of(a.answer().text().equals("right") ? 1 : 0));

    private static StudentCalls calls(StudentClient student) {
        return new StudentCalls(student, new CallLimits(2, Duration.ofSeconds(5), 0), Accounts.none(), pause -> {});
    }

    @Test
    void a_student_that_is_not_there_is_asked_once() {
        AtomicInteger asked = new AtomicInteger();
        StudentClient nobody = advice -> {
            asked.incrementAndGet();
            return Answer.failed(Answer.FailureKind.NOT_FOUND, "404 from http://127.0.0.1:1/v1");
        };
        Examiner of = new Examiner(calls(nobody), a -> Reward.of(1));
        List<Comparison.Arm> arms = List.of(Comparison.Arm.none("alone"));
        assertThatThrownBy(() -> Comparison.run(tasks, of, arms))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("http://127.0.0.1:1/v1");
        assertThat(asked).hasValue(1);
    }

    @Test
    void a_way_that_cannot_write_costs_no_more_than_the_first_question() {
        AtomicInteger asked = new AtomicInteger();
        StudentClient counted = advice -> {
            asked.incrementAndGet();
            return student.answer(advice);
        };
        Examiner of = new Examiner(calls(counted), a -> Reward.of(1));
        Comparison.Arm missing = new Comparison.Arm("taught", situations -> {
            throw new InvalidInputException("adapter_config.json cannot be read");
        });
        for (Comparison.Arm arm : List.of(missing, missing.inRounds(2))) {
            asked.set(0);
            List<Comparison.Arm> arms = List.of(Comparison.Arm.none("alone"), arm);
            assertThatThrownBy(() -> Comparison.run(tasks, of, arms)).hasMessage("adapter_config.json cannot be read");
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void arms_are_compared_pair_by_pair_and_what_did_not_arrive_is_left_out() {
        Comparison comparison = Comparison.run(
                tasks, examiner, List.of(Comparison.Arm.none("alone"), Comparison.Arm.fixed("told", "work")));
        assertThat(comparison.result("alone").reward().mean()).isCloseTo(0.2, within(1e-12));
        assertThat(comparison.result("told").reward().mean()).isCloseTo(8 / 9.0, within(1e-12));
        assertThat(comparison.result("told").unscored()).isEqualTo(1);
        Interval difference = comparison.difference("told", "alone");
        assertThat(difference.count()).isEqualTo(9);
        assertThat(difference.mean()).isCloseTo(6 / 9.0, within(1e-12));
        assertThat(difference).isEqualTo(new PairedShares(6, 0, 9).interval(0.95));
    }

    private static Comparison.Result scored(String name, int... answered) {
        List<Integer> all = IntStream.of(answered).boxed().toList();
        return new Comparison.Result(
                name,
                IntStream.range(0, 4)
                        .mapToObj(i -> new Rollout(
                                Attempt.of(Task.of("t" + i, "q"), Instruction.none(), Answer.of("a")),
                                all.contains(i) ? Reward.of(10 * answered.length + i) : Reward.unscored("none")))
                        .toList());
    }

    @Test
    void only_questions_that_both_arms_were_scored_on_are_compared() {
        Comparison comparison =
                new Comparison(List.of(scored("three", 0, 1, 2), scored("two", 1, 3), scored("one", 3)));
        Interval difference = comparison.difference("three", "two");
        assertThat(difference.count()).isEqualTo(1);
        assertThat(difference.mean()).isEqualTo(31 - 21);
        assertThat(comparison.difference("two", "three").mean()).isEqualTo(21 - 31);
        assertThat(comparison.worse("two", "three").mean()).isEqualTo(1);
        assertThat(comparison.worse("two", "three").count()).isEqualTo(1);
        assertThat(comparison.worse("three", "two").mean()).isZero();
        assertThatThrownBy(() -> comparison.worse("three", "one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no question was scored with both three and one");
        assertThat(comparison.isComparable("three", "two")).isTrue();
        assertThat(comparison.isComparable("three", "one")).isFalse();
        assertThat(comparison.isComparable("two", "one")).isTrue();
        assertThat(comparison.result("three").unscored()).isEqualTo(1);
        assertThat(comparison.result("three").reward().mean()).isCloseTo(31, within(1e-12));
    }

    @Test
    void a_teacher_is_an_arm_that_writes_with_the_sampling_and_seed_it_was_given() {
        List<Object> given = new ArrayList<>();
        TeacherPolicy policy = (TeacherPolicy) Proxy.newProxyInstance(
                TeacherPolicy.class.getClassLoader(), new Class<?>[] {TeacherPolicy.class}, (proxy, method, args) -> {
                    given.addAll(List.of(args).subList(1, 3));
                    return ((List<?>) args[0])
                            .stream()
                                    .map(situation -> new Advice((Situation) situation, Instruction.fixed("work")))
                                    .toList();
                });
        Comparison comparison = Comparison.run(
                tasks, examiner, List.of(Comparison.Arm.teacher("teacher", policy, Sampling.greedy(5), new Seed(17))));
        assertThat(given).containsExactly(Sampling.greedy(5), new Seed(17));
        assertThat(comparison.result("teacher").reward().mean()).isCloseTo(8 / 9.0, within(1e-12));
    }

    @Test
    void an_arm_without_any_verdict_says_so_and_why() {
        StudentClient refusing = advice -> advice.instruction().isEmpty()
                ? Answer.failed(
                        advice.task().id().equals("t3")
                                ? Answer.FailureKind.TIMEOUT
                                : Answer.FailureKind.INVALID_REQUEST,
                        "no")
                : Answer.of("right");
        Comparison comparison = Comparison.run(
                tasks,
                new Examiner(calls(refusing), a -> Reward.of(1)),
                List.of(Comparison.Arm.none("alone"), Comparison.Arm.fixed("told", "work")));
        assertThat(comparison.result("alone").isScored()).isFalse();
        assertThat(comparison.result("told").isScored()).isTrue();
        assertThat(Rollout.mostFrequentReason(comparison.result("alone").rollouts()))
                .contains("(9 times): no answer: INVALID_REQUEST: no");
        assertThat(Rollout.mostFrequentReason(comparison.result("told").rollouts()))
                .isEmpty();
        assertThat(comparison.isComparable("alone", "told")).isFalse();
        assertThatThrownBy(() -> comparison.difference("told", "alone"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no question was scored with both told and alone");
    }

    @Test
    void values_that_are_all_alike_leave_the_rule_of_three() {
        Interval alike = Interval.of(new double[] {5, 5, 5, 5, 5, 5});
        assertThat(alike.low()).isEqualTo(4.5);
        assertThat(alike.high()).isEqualTo(5.5);
        Interval pairs = Interval.ofPairs(new double[] {7, 8, 9}, new double[] {5, 6, 7});
        assertThat(pairs.mean()).isEqualTo(2);
        // From 5 to 9 the rewards lie up to 4 apart.
        assertThat(pairs.low()).isEqualTo(-2);
        assertThat(pairs.high()).isEqualTo(6);
    }

    @Test
    void the_interval_of_a_share_is_wilsons() {
        double[] values = new double[200];
        Arrays.fill(values, 0, 150, 1);
        Interval interval = Interval.of(values);
        // (p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n) with z = 1.959964
        assertThat(interval.low()).isCloseTo(0.685659, within(1e-5));
        assertThat(interval.high()).isCloseTo(0.804918, within(1e-5));
    }

    @Test
    void an_unknown_arm_is_named_with_those_that_exist() {
        Comparison comparison = Comparison.run(tasks, examiner, List.of(Comparison.Arm.none("alone")));
        assertThatThrownBy(() -> comparison.result("told"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no arm told; there are [alone]");
        assertThatThrownBy(() -> Comparison.run(List.of(), examiner, List.of(Comparison.Arm.none("alone"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a comparison needs tasks and arms, got 0 and 1");
        assertThatThrownBy(() -> Comparison.run(tasks, examiner, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a comparison needs tasks and arms, got 10 and 0");
    }
}
