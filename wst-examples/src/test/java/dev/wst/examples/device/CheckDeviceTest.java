package dev.wst.examples.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.engine.KernelNames;
import dev.wst.rl.Grpo;
import dev.wst.rl.Ppo;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is to be run on a card, run on one that the processor plays; without the learning run, which takes too long there. */
class CheckDeviceTest {
    private static String run(Check check) {
        return KernelNames.with("cuda", check::run);
    }

    @Test
    void every_check_holds() {
        List<Check> checks = List.of(
                new KernelsCheck("cuda", "onednn"),
                new GoldenCheck("cuda", () -> true),
                new SlopesCheck("cuda"),
                new StepCheck("cuda", "onednn", Grpo.defaults().withKlCoefficient(0.04)),
                new StepCheck("cuda", "onednn", Ppo.defaults().withEntropyBonus(0.01)),
                new TextsCheck("cuda", "onednn", () -> true, 3));
        for (Check check : checks) {
            assertThat(run(check)).as(check.name()).isNotEmpty();
        }
    }

    @Test
    void kernels_that_compute_something_else_are_found() {
        Worst worst = new Worst();
        worst.compare("near", 1.0, 1.00001, 1e-4);
        assertThat(worst.verdict()).contains("of the tolerance");
        worst.compare("far", new double[] {1, 2}, new double[] {1, 2.1}, 1e-4);
        assertThatThrownBy(worst::verdict)
                .isInstanceOf(CheckFailedException.class)
                .hasMessageContaining("far [1]: 2.0000000 instead of 2.1000000");
    }

    @Test
    void a_number_that_is_none_is_too_far() {
        Worst worst = new Worst();
        worst.compare("nothing", Double.NaN, 1, 1e-4);
        assertThatThrownBy(worst::verdict).isInstanceOf(CheckFailedException.class);
    }

    @Test
    void a_check_that_breaks_is_no_reason_to_leave_the_next_out() {
        List<String> run = new ArrayList<>();
        List<Supplier<String>> ways = List.of(
                () -> "fine",
                () -> {
                    throw new CheckFailedException("differs");
                },
                () -> {
                    throw new IndexOutOfBoundsException("8");
                },
                () -> {
                    throw new NoClassDefFoundError("org/nd4j/Nd4j");
                },
                () -> "fine too");
        List<Check> checks = ways.stream().map(way -> check(run, way)).toList();
        assertThat(CheckDeviceCommand.run(checks)).isEqualTo(3);
        assertThat(run).hasSize(5);
    }

    private static Check check(List<String> run, Supplier<String> way) {
        return new Check() {
            @Override
            public String name() {
                return "a check";
            }

            @Override
            public String run() {
                run.add(name());
                return way.get();
            }
        };
    }

    @Test
    void fewer_steps_or_texts_than_can_be_compared_are_refused_before_the_card_is_used() {
        assertThatThrownBy(() -> new LearningCheck("cuda", 15))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--steps must be 0, for no learning run, or at least 16, since its first and last 8 are"
                        + " compared; got 15");
        assertThatThrownBy(() -> new TextsCheck("cuda", "onednn", () -> true, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--prompts must be at least 1, got 0");
    }
}
