package dev.wst.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.answers.AnswerStore;
import dev.wst.budget.Budget;
import dev.wst.budget.Journal;
import dev.wst.budget.Ledger;
import dev.wst.calls.Accounts;
import dev.wst.calls.CallLimits;
import dev.wst.teacher.TeacherPrompt;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstructingModelTest {
    private final List<List<ChatMessage>> seen = new CopyOnWriteArrayList<>();

    private final ChatModel model = new ChatModel() {
        @Override
        public ChatResponse chat(ChatRequest request) {
            seen.add(request.messages());
            return ChatResponse.builder()
                    .aiMessage(AiMessage.from("Work it out."))
                    .modelName("large")
                    .tokenUsage(new TokenUsage(30, 4))
                    .build();
        }
    };

    private static Situation situation(String question) {
        return Situation.of(Task.of("t", question), 0);
    }

    @Test
    void it_is_shown_what_a_teacher_would_be_shown() {
        TeacherPrompt prompt = new TeacherPrompt(
                        Optional.of("You instruct."), List.of(), "Q: {question}", "It said {answer}. Again.")
                .withExample("1+1?", "Add.");
        Situation second =
                situation("6*7?").after(Attempt.of(Task.of("t", "6*7?"), Instruction.fixed("Guess."), Answer.of("41")));
        InstructingModel.of(model, CallLimits.defaults()).withPrompt(prompt).write(List.of(second));
        assertThat(seen)
                .containsExactly(List.of(
                        SystemMessage.from("You instruct."),
                        UserMessage.from("Q: 1+1?"),
                        AiMessage.from("Add."),
                        UserMessage.from("Q: 6*7?"),
                        AiMessage.from("Guess."),
                        UserMessage.from("It said 41. Again.")));
        seen.clear();
        InstructingModel.of(model, CallLimits.defaults()).write(List.of(situation("6*7?")));
        assertThat(seen.get(0)).hasSize(2).first().isInstanceOf(SystemMessage.class);
    }

    @Test
    void its_answers_are_instructions_with_what_they_took() {
        List<Answer> written =
                InstructingModel.of(model, CallLimits.defaults()).write(List.of(situation("a?"), situation("b?")));
        assertThat(written).extracting(Answer::text).containsExactly("Work it out.", "Work it out.");
        assertThat(written.get(0).inputTokens()).isEqualTo(OptionalInt.of(30));
        assertThat(written.get(0).outputTokens()).isEqualTo(OptionalInt.of(4));
    }

    @Test
    void a_call_that_fails_is_a_failed_answer_in_its_place() {
        ChatModel failing = new ChatModel() {
            @Override
            public ChatResponse chat(ChatRequest request) {
                if (request.toString().contains("b?")) {
                    throw new IllegalStateException("no");
                }
                return model.chat(request);
            }
        };
        List<Answer> written = InstructingModel.of(failing, CallLimits.defaults())
                .write(List.of(situation("a?"), situation("b?"), situation("c?")));
        assertThat(written).extracting(Answer::hasArrived).containsExactly(true, false, true);
        assertThat(written.get(1).failure().orElseThrow().kind()).isEqualTo(Answer.FailureKind.ERROR);
    }

    @Test
    void so_many_are_asked_at_once_as_the_limits_say() {
        CountDownLatch together = new CountDownLatch(3);
        ChatModel waiting = new ChatModel() {
            @Override
            public ChatResponse chat(ChatRequest request) {
                together.countDown();
                try {
                    together.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return model.chat(request);
            }
        };
        assertThat(InstructingModel.of(waiting, CallLimits.defaults().withConcurrency(3))
                        .write(IntStream.range(0, 3)
                                .mapToObj(i -> situation("q" + i))
                                .toList()))
                .allMatch(Answer::hasArrived);
    }

    @Test
    void what_it_wrote_is_kept_and_not_asked_for_again(@TempDir Path directory) {
        try (AnswerStore store = AnswerStore.open(directory.resolve("answers.sqlite"))) {
            InstructingModel keeping = InstructingModel.of(model, CallLimits.defaults())
                    .with(Accounts.none().withAnswers(store));
            keeping.write(List.of(situation("a?")));
            keeping.write(List.of(situation("a?")));
            assertThat(seen).hasSize(1);
            keeping.withPrompt(TeacherPrompt.bare("{question}")).write(List.of(situation("a?")));
            assertThat(seen).hasSize(2);
            assertThat(keeping.reply("Think.", 0).text()).isEqualTo("Work it out.");
            keeping.reply("Think.", 0);
            assertThat(seen).hasSize(3);
            assertThat(seen.get(2)).containsExactly(UserMessage.from("Think."));
            keeping.reply("Think.", 1);
            assertThat(seen).hasSize(4);
        }
    }

    @Test
    void what_it_remembers_is_paid_for_as_if_it_were_asked(@TempDir Path directory) {
        try (AnswerStore store = AnswerStore.open(directory.resolve("kept.sqlite"))) {
            for (int time = 0; time < 2; time++) {
                Ledger ledger = Ledger.of(Budget.unlimited(), Journal.none());
                InstructingModel remembering = InstructingModel.of(model, CallLimits.defaults())
                        .remembering(store)
                        .with(Accounts.none().withLedger(ledger));
                remembering.write(List.of(situation("a?")));
                remembering.reply("Another text", 0);
                assertThat(ledger.spent().cost().calls()).isEqualTo(2);
                assertThat(ledger.spent().cost().outputTokens()).isEqualTo(8);
            }
        }
        assertThat(seen).hasSize(2);
    }
}
