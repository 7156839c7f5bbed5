package dev.wst.examples.cli;

import dev.wst.Advice;
import dev.wst.Instruction;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.budget.PriceTable;
import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.TokenCount;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the calls of an arm cost, by the tokens that the models report.
 *
 * @param student name of its model
 * @param instructor name of the model that instructs, where there is one
 */
record Prices(PriceTable table, String student, Optional<String> instructor) {
    /** @throws dev.wst.InvalidInputException if the table has no price for one of them */
    Prices {
        Stream.concat(Stream.of(student), instructor.stream()).forEach(name -> {
            BigDecimal unused = table.money(name, 0, 0);
        });
    }

    /** @param question that the student may be asked */
    static Prices of(PriceTable table, StudentClient student, Task question, Optional<String> instructor) {
        return new Prices(
                table, student.call(Advice.of(question, Instruction.none())).model(), instructor);
    }

    /** In words, such as "0.36 USD". */
    String of(Comparison.Result result) {
        TokenCount asked = result.studentTokens();
        TokenCount instructed = result.instructorTokens();
        BigDecimal money = instructor
                .map(name -> money(name, instructed))
                .orElse(BigDecimal.ZERO)
                .add(money(student, asked));
        return (asked.plus(instructed).unreported() > 0 ? "at least " : "")
                + (money.signum() == 0 ? "0" : money.stripTrailingZeros().toPlainString()) + " " + table.currency();
    }

    private BigDecimal money(String model, TokenCount count) {
        return table.money(model, count.inputTokens(), count.outputTokens());
    }
}
