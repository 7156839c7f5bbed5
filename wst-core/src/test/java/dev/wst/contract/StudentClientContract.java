package dev.wst.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Instruction;
import dev.wst.Situation;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every student must do. */
public abstract class StudentClientContract {

    /** A student that answers. */
    protected abstract StudentClient student();

    /** A question that it can answer. */
    protected Task task() {
        return Task.of("t", "What is 6 times 7?");
    }

    @Test
    void it_answers_with_and_without_an_instruction() {
        for (Instruction instruction : List.of(Instruction.none(), Instruction.fixed("Multiply."))) {
            Answer answer = student().answer(Advice.of(task(), instruction));
            assertThat(answer.hasArrived()).as("%s", answer).isTrue();
            assertThat(answer.text()).isNotBlank();
        }
    }

    @Test
    void it_answers_again_after_an_earlier_attempt() {
        Advice first = Advice.of(task(), Instruction.fixed("Guess."));
        Situation second = first.situation().after(first.answered(Answer.of("40")));
        assertThat(student()
                        .answer(new Advice(second, Instruction.fixed("Check it.")))
                        .hasArrived())
                .isTrue();
    }

    @Test
    void it_answers_many_in_order_whichever_way_they_are_asked() {
        List<Advice> batch = IntStream.range(0, 5)
                .mapToObj(i -> new Advice(Situation.of(task(), i), Instruction.fixed("Multiply.")))
                .toList();
        assertThat(new StudentCalls(student(), CallLimits.defaults().withConcurrency(3)).answer(batch))
                .hasSize(5)
                .allMatch(Answer::hasArrived);
        student().answerTogether(batch).ifPresent(answers -> assertThat(answers).hasSize(5));
        assertThat(student().answerTogether(List.of()).isPresent())
                .as("whether there is a way to answer together does not depend on the batch")
                .isEqualTo(student().answerTogether(batch).isPresent());
    }
}
