package dev.wst.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.budget.Budget;
import dev.wst.budget.Cost;
import dev.wst.budget.PriceTable;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run will need, as it is told. */
class NeedsTest {
    @Test
    void a_student_alone_is_one_line() {
        assertThat(Needs.text(Map.of("student", new Cost(17, 1700, 0, BigDecimal.ZERO, 17)), Budget.unlimited()))
                .isEqualTo("The run will make about 17 calls that read about 1,700 tokens and write an unknown number"
                        + " (nothing bounds the output of 17 calls: give --student-tokens); calls that fail and are made"
                        + " again come on top.");
    }

    @Test
    void whose_calls_they_are_is_told_where_there_are_several() {
        Map<String, Cost> costs = new LinkedHashMap<>();
        costs.put("student", new Cost(1001, 20_000, 5000, new BigDecimal("0.25"), 0));
        costs.put("reward: gpt-4o", new Cost(3000, 900_000, 30_000, new BigDecimal("4.5"), 0));
        Budget budget = Budget.unlimited()
                .withCalls(9999)
                .withPrices(PriceTable.in("USD").with("gpt-4o", "1", "2"));
        assertThat(Needs.text(costs, budget)).isEqualTo("""
                        The run will make at most 4,001 calls that read about 920,000 tokens and write at most 35,000, for \
                        at most 4.75 USD; calls that fail and are made again come on top. Its budget: 9999 calls.
                          student: 1,001 calls that read about 20,000 tokens and write at most 5,000, for at most 0.25 USD
                          reward: gpt-4o: at most 3,000 calls that read about 900,000 tokens and write at most 30,000, for \
                        at most 4.5 USD
                        What the reward has judged before, or is kept, it does not ask again.""");
    }
}
