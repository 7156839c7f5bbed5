package dev.wst.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Task;
import dev.wst.budget.Cost;
import dev.wst.evaluation.Comparison;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShippingTest {
    private static final List<String> NAMES = List.of("alone", "fixed", "taught");

    private static Comparison.Result right(String name, int count) {
        return new Comparison.Result(
                name,
                IntStream.range(0, 100)
                        .mapToObj(i -> new Rollout(
                                Attempt.of(Task.of("t" + i, "q"), Instruction.none(), Answer.of("a")),
                                Reward.of(i < count ? 1 : 0)))
                        .toList());
    }

    private static Shipping shipping(int alone, int fixed, int taught) {
        return new Shipping(
                new Comparison(List.of(right("alone", alone), right("fixed", fixed), right("taught", taught))),
                NAMES,
                Map.of(
                        "taught",
                        new Shipping.Paid(new Cost(500, 10_000, 4_000, new BigDecimal("0.60"), 0), Cost.NONE),
                        "fixed",
                        new Shipping.Paid(
                                new Cost(100, 2_000, 800, new BigDecimal("0.06"), 0),
                                new Cost(16, 900, 0, new BigDecimal("0.30"), 16))),
                Optional.of("USD"));
    }

    @Test
    void what_is_shown_to_earn_most_is_shipped() {
        assertThat(shipping(10, 40, 80).choice()).isEqualTo("taught");
        assertThat(shipping(10, 80, 40).choice()).isEqualTo("fixed");
        assertThat(shipping(80, 40, 10).choice()).isEqualTo("alone");
    }

    @Test
    void the_simpler_one_is_shipped_where_more_is_not_shown() {
        assertThat(shipping(10, 80, 82).choice()).isEqualTo("fixed");
        assertThat(shipping(79, 80, 82).choice()).isEqualTo("alone");
        assertThat(shipping(10, 80, 80).choice()).isEqualTo("fixed");
        assertThat(shipping(10, 80, 82).advice())
                .isEqualTo(
                        "fixed, the simplest that none is shown to beat (taught earns most, and not by more than chance may"
                                + " do)");
    }

    @Test
    void some_arms_are_chosen_among_without_the_others() {
        assertThat(shipping(10, 40, 80).among(List.of("alone", "fixed")).choice())
                .isEqualTo("fixed");
    }

    @Test
    void gain_calls_tokens_and_price_are_printed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        shipping(10, 40, 70).print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertThat(bytes.toString(StandardCharsets.UTF_8).replace("\r", ""))
                .isEqualTo(
                        "Mean reward on 100 held-out questions; gain over alone, question by question, with intervals that hold"
                                + " for all 2 at once with 95 % (Bonferroni); what it took to come by:\n"
                                + "  alone   0.100\n"
                                + "  fixed   0.400  gain 0.300 [0.209, 0.410] better  100 calls, 2,000 tokens read, 800 written and of the model"
                                + " that instructs 16 calls, 900 tokens read, an unknown number written, 0.36 USD (0.0120 USD for each"
                                + " 0.01 of reward gained)\n"
                                + "  taught  0.700  gain 0.600 [0.488, 0.702] better  500 calls, 10,000 tokens read, 4,000 written,"
                                + " 0.6 USD (0.0100 USD for each 0.01 of reward gained)\n"
                                + "Ship: taught, which earns most; everything simpler is shown to earn less\n");
    }
}
