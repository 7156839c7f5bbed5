package dev.wst.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.wst.Advice;
import dev.wst.Instruction;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.WstException;
import dev.wst.engine.model.TinyModel;
import dev.wst.serving.ServingListener.Event;
import dev.wst.serving.ServingListener.Outcome;
import dev.wst.student.LangChain4jStudent;
import dev.wst.student.LangChain4jStudent.Placement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TeachingTest {
    /** Its teacher writes for a question what {@link #instruction} says, without the model. */
    private ServedTeacher served;

    private Path model;

    private final List<Event> events = new ArrayList<>();

    @BeforeAll
    void load(@TempDir Path directory) throws IOException {
        model = TinyModel.in(directory);
        served = scripted(model);
    }

    @AfterAll
    void close() {
        served.close();
    }

    private static ServedTeacher scripted(Path model) {
        return ServedTeacher.builder(model)
                .build(writer -> (version, questions) ->
                        questions.stream().map(TeachingTest::instruction).toList());
    }

    private static Optional<Instruction> instruction(String question) {
        return switch (question) {
            case "too long" -> Optional.empty();
            case "nothing" -> Optional.of(Instruction.fixed(""));
            case "fails" -> throw new IllegalStateException("out of order");
            case "slow" -> {
                try {
                    Thread.sleep(300);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                yield Optional.of(Instruction.fixed("late advice"));
            }
            default ->
                Optional.of(Instruction.sampled(
                        "do " + question,
                        new int[] {1, 2},
                        question.equals("unsure") ? new double[] {-4, -2} : new double[] {-0.25, -0.75},
                        Instruction.Ending.STOP));
        };
    }

    private static Instruction inArm(Teaching teaching, String question) {
        return teaching.arm("taught")
                .instruct()
                .apply(List.of(
                        Situation.of(Task.of("first", "another"), 0), Situation.of(Task.of("second", question), 0)))
                .get(1)
                .instruction();
    }

    @Test
    void a_comparison_gets_the_instructions_that_the_app_would() {
        Teaching plain = builder().heldOut(1, 3).build();
        assertThat(inArm(plain, "sort")).isEqualTo(instruction("sort").orElseThrow());
        assertThat(inArm(plain, "too long")).isEqualTo(Instruction.none());
        assertThat(inArm(plain, "nothing")).isEqualTo(Instruction.none());
        Teaching careful = builder()
                .where(wrote -> wrote.meanLogProbability() > -1)
                .around("Advice: ", ".")
                .build();
        assertThat(inArm(careful, "sort")).isEqualTo(Instruction.fixed("Advice: do sort."));
        assertThat(inArm(careful, "unsure")).isEqualTo(Instruction.none());
        assertThat(events).isEmpty();
        assertThatThrownBy(() -> inArm(plain, "fails"))
                .isInstanceOf(WstException.class)
                .hasMessageContaining("out of order");
    }

    /** What waits is written together, and a long list is not cut short by the time that an app waits. */
    @Test
    void a_comparison_waits_for_all_of_its_questions() {
        List<Situation> situations = IntStream.range(0, 200)
                .mapToObj(i -> Situation.of(Task.of("t" + i, "sort " + i), 0))
                .toList();
        List<Advice> advice = builder()
                .within(Duration.ofMillis(1))
                .build()
                .arm("taught")
                .instruct()
                .apply(situations);
        assertThat(advice).extracting(Advice::situation).isEqualTo(situations);
        assertThat(advice).extracting(one -> one.instruction().text()).startsWith("do sort 0", "do sort 1");
        assertThat(inArm(builder().within(Duration.ofMillis(1)).build(), "slow").text())
                .isEqualTo("late advice");
    }

    private Teaching.Builder builder() {
        events.clear();
        return Teaching.builder(served).listener(events::add);
    }

    private static ChatRequest request(ChatMessage... messages) {
        return ChatRequest.builder().messages(messages).build();
    }

    private static ChatRequest asked(String question) {
        return request(UserMessage.from(question));
    }

    @ParameterizedTest
    @EnumSource(Placement.class)
    void the_student_finds_the_instruction_where_it_did_in_training(Placement placement) {
        List<ChatRequest> trained = new ArrayList<>();
        ChatModel student = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                trained.add(request);
                return ChatResponse.builder().aiMessage(AiMessage.from("42")).build();
            }
        };
        LangChain4jStudent.of(student)
                .withPlacement(placement)
                .answer(new Advice(
                        Situation.of(Task.of("t", "six times seven"), 0), Instruction.fixed("do six times seven")));
        ChatRequest taught = builder().placement(placement).build().apply(asked("six times seven"));
        assertThat(taught.messages()).isEqualTo(trained.get(0).messages());
    }

    @Test
    void an_instruction_joins_the_system_message_there_is() {
        Teaching teaching = builder().around("Advice: ", " (End.)").build();
        assertThat(teaching.apply(request(
                                UserMessage.from("earlier"),
                                SystemMessage.from("Be kind."),
                                AiMessage.from("so"),
                                UserMessage.from("this")))
                        .messages())
                .containsExactly(
                        UserMessage.from("earlier"),
                        SystemMessage.from("Be kind.\n\nAdvice: do this (End.)"),
                        AiMessage.from("so"),
                        UserMessage.from("this"));
    }

    @Test
    void everything_else_in_a_request_stays() {
        ChatRequest request = ChatRequest.builder()
                .messages(asked("this").messages())
                .parameters(ChatRequestParameters.builder()
                        .modelName("a model")
                        .temperature(0.3)
                        .maxOutputTokens(7)
                        .toolSpecifications(
                                ToolSpecification.builder().name("tool").build())
                        .toolChoice(ToolChoice.REQUIRED)
                        .responseFormat(ResponseFormat.JSON)
                        .stopSequences("end")
                        .build())
                .build();
        for (Placement placement : Placement.values()) {
            ChatRequest taught = builder().placement(placement).build().apply(request);
            assertThat(taught.parameters()).isSameAs(request.parameters());
            assertThat(taught.messages()).isNotEqualTo(request.messages());
        }
    }

    @Test
    void images_names_and_attributes_stay_and_several_texts_are_one_question() {
        UserMessage mixed = UserMessage.builder()
                .name("ann")
                .contents(List.of(
                        ImageContent.from("http://a/1.png"),
                        TextContent.from("one"),
                        TextContent.from("two"),
                        ImageContent.from("http://a/2.png")))
                .attributes(Map.of("key", "value"))
                .build();
        UserMessage before = (UserMessage) builder()
                .placement(Placement.BEFORE_QUESTION)
                .build()
                .apply(request(mixed))
                .messages()
                .get(0);
        assertThat(before.contents())
                .containsExactly(
                        ImageContent.from("http://a/1.png"),
                        TextContent.from("do one\ntwo\n\none"),
                        TextContent.from("two"),
                        ImageContent.from("http://a/2.png"));
        assertThat(before.name()).isEqualTo("ann");
        assertThat(before.attributes()).containsEntry("key", "value");
        UserMessage after = (UserMessage) builder()
                .placement(Placement.AFTER_QUESTION)
                .build()
                .apply(request(mixed))
                .messages()
                .get(0);
        assertThat(after.contents().subList(1, 3))
                .containsExactly(TextContent.from("one"), TextContent.from("two\n\ndo one\ntwo"));
        assertThat(mixed.contents()).hasSize(4).contains(TextContent.from("one"), TextContent.from("two"));
    }

    private void untaught(Teaching teaching, ChatRequest request, Outcome outcome) {
        events.clear();
        assertThat(teaching.apply(request)).isSameAs(request);
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.outcome()).isEqualTo(outcome);
            assertThat(event.took()).isPositive();
        });
    }

    @Test
    void what_is_no_question_gets_no_instruction() {
        Teaching teaching = builder().build();
        untaught(teaching, request(UserMessage.from(ImageContent.from("http://a/1.png"))), Outcome.NO_QUESTION);
        untaught(
                teaching,
                request(
                        UserMessage.from("this"),
                        AiMessage.from(ToolExecutionRequest.builder()
                                .id("1")
                                .name("tool")
                                .build()),
                        ToolExecutionResultMessage.from("1", "tool", "result")),
                Outcome.NO_QUESTION);
        untaught(teaching, request(UserMessage.from("this"), AiMessage.from("so")), Outcome.NO_QUESTION);
        untaught(teaching, request(SystemMessage.from("Be kind.")), Outcome.NO_QUESTION);
        untaught(teaching, request(UserMessage.from(TextContent.from(" "))), Outcome.NO_QUESTION);
        assertThat(events.get(0).question()).isEqualTo(" ");
        assertThat(teaching.counts()).containsEntry(Outcome.NO_QUESTION, 5L).containsEntry(Outcome.TAUGHT, 0L);
    }

    @Test
    void what_the_teacher_cannot_do_costs_the_request_nothing() {
        Teaching teaching = builder().within(Duration.ofMillis(100)).build();
        untaught(teaching, asked("too long"), Outcome.TOO_LONG);
        untaught(teaching, asked("nothing"), Outcome.NOTHING_WRITTEN);
        untaught(teaching, asked("fails"), Outcome.FAILED);
        untaught(teaching, asked("slow"), Outcome.LATE);
        assertThat(events.get(0).question()).isEqualTo("slow");
        assertThat(events.get(0).version()).isEmpty();
        Thread.currentThread().interrupt();
        untaught(teaching, asked("while interrupted"), Outcome.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
        for (Outcome outcome :
                List.of(Outcome.TOO_LONG, Outcome.NOTHING_WRITTEN, Outcome.FAILED, Outcome.LATE, Outcome.INTERRUPTED)) {
            assertThat(teaching.counts()).containsEntry(outcome, 1L);
        }
    }

    @Test
    void a_taught_request_is_told_with_the_version_that_wrote() {
        builder().build().apply(asked("this"));
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.outcome()).isEqualTo(Outcome.TAUGHT);
            assertThat(event.question()).isEqualTo("this");
            assertThat(event.instruction()).isEqualTo("do this");
            assertThat(event.version()).isEqualTo(served.version());
        });
    }

    @Test
    void a_closed_teacher_teaches_nobody() {
        ServedTeacher closed = scripted(model);
        closed.close();
        untaught(Teaching.builder(closed).listener(events::add).build(), asked("this"), Outcome.FAILED);
    }

    @Test
    void a_share_of_the_questions_goes_untaught_and_each_question_always_does() {
        Teaching teaching = builder().heldOut(0.25, 17).build();
        List<ChatRequest> requests =
                IntStream.range(0, 400).mapToObj(i -> asked("question " + i)).toList();
        List<ChatRequest> once = requests.stream().map(teaching).toList();
        long heldOut = teaching.counts().getOrDefault(Outcome.HELD_OUT, 0L);
        assertThat(heldOut).isBetween(70L, 130L);
        assertThat(requests.stream().map(teaching).toList()).isEqualTo(once);
        Teaching other = builder().heldOut(0.25, 18).build();
        assertThat(requests.stream().map(other).toList()).isNotEqualTo(once);
        assertThat(builder().heldOut(0, 1).build().apply(requests.get(0))).isNotSameAs(requests.get(0));
        untaught(builder().heldOut(1, 1).build(), requests.get(0), Outcome.HELD_OUT);
        untaught(builder().heldOut(1, 1).build(), request(AiMessage.from("so")), Outcome.NO_QUESTION);
    }

    @Test
    void an_app_may_choose_who_goes_untaught() {
        Teaching teaching =
                builder().heldOut(request -> request.messages().size() > 1).build();
        untaught(teaching, request(AiMessage.from("so"), UserMessage.from("this")), Outcome.HELD_OUT);
        assertThat(teaching.apply(asked("this"))).isNotEqualTo(asked("this"));
    }

    @Test
    void a_rule_may_hold_an_instruction_back_by_how_sure_the_teacher_was() {
        Teaching teaching =
                builder().where(written -> written.meanLogProbability() > -1).build();
        untaught(teaching, asked("unsure"), Outcome.ABSTAINED);
        assertThat(events.get(0).instruction()).isEqualTo("do unsure");
        assertThat(events.get(0).version()).isEqualTo(served.version());
        assertThat(teaching.apply(asked("sure"))).isNotEqualTo(asked("sure"));
        untaught(
                builder()
                        .where(written -> {
                            throw new IllegalStateException("a bad rule");
                        })
                        .build(),
                asked("this"),
                Outcome.FAILED);
    }

    @Test
    void a_listener_that_fails_changes_nothing() {
        Teaching teaching = Teaching.builder(served)
                .listener(event -> {
                    throw new IllegalStateException("a bad listener");
                })
                .listener(events::add)
                .build();
        events.clear();
        assertThat(teaching.apply(asked("this")).messages()).hasSize(2);
        assertThat(events).hasSize(1);
    }

    @Test
    void wrong_arguments_are_refused_at_the_call() {
        assertThatThrownBy(() -> builder().within(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the time to wait for an instruction should be positive, got PT-0.001S; leave it out to wait"
                                + " however long it takes");
        assertThatThrownBy(() -> builder().heldOut(1.5, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the share of questions that go untaught should lie between 0 and 1, got 1.5");
    }
}
