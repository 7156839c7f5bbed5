package dev.wst.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.wst.ClosedException;
import dev.wst.engine.model.TinyModel;
import dev.wst.serving.ServedTeacher;
import dev.wst.serving.ServingListener;
import dev.wst.serving.ServingListener.Outcome;
import dev.wst.serving.TaughtChatModel;
import dev.wst.serving.TaughtStreamingChatModel;
import dev.wst.serving.Teaching;
import dev.wst.teacher.TeacherPrompt;
import dev.wst.teacher.TransformerTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.BeansException;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

/** Apps that are started as Spring Boot starts them, with nothing but properties and their own beans. */
class ServingAutoConfigurationTest {
    private static final String QUESTION = "w5 w9 w11";

    @TempDir
    private static Path directory;

    private static Path base;

    @BeforeAll
    static void write() throws IOException {
        base = TinyModel.in(Files.createDirectory(directory.resolve("base")));
    }

    /** Answers with the number of messages, and after it the system message where there is one. */
    private static class Student implements ChatModel {
        @Override
        public ChatResponse doChat(ChatRequest request) {
            List<ChatMessage> messages = request.messages();
            String advice = messages.get(0) instanceof SystemMessage system ? system.text() : "";
            return ChatResponse.builder()
                    .aiMessage(AiMessage.from(messages.size() + " messages " + advice))
                    .build();
        }
    }

    private static class StreamingStudent implements StreamingChatModel {
        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            handler.onCompleteResponse(new Student().doChat(request));
        }
    }

    private static final class BothStudent extends StreamingStudent implements ChatModel {
        @Override
        public ChatResponse doChat(ChatRequest request) {
            return new Student().doChat(request);
        }

        @Override
        public ModelProvider provider() {
            return ModelProvider.OTHER;
        }

        @Override
        public List<ChatModelListener> listeners() {
            return List.of();
        }

        @Override
        public ChatRequestParameters defaultRequestParameters() {
            return DefaultChatRequestParameters.EMPTY;
        }

        @Override
        public Set<Capability> supportedCapabilities() {
            return Set.of();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class App {
        final List<ServingListener.Event> heard = new ArrayList<>();

        @Bean
        ServingListener hearing() {
            return heard::add;
        }

        @Bean
        TeacherPrompt prompt() {
            return TeacherPrompt.bare("w8 {question}");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OneModel {
        @Bean
        Student student() {
            return new Student();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ThreeModels {
        @Bean
        ChatModel first() {
            return new Student();
        }

        @Bean
        ChatModel second() {
            return new Student();
        }

        @Bean
        StreamingChatModel stream() {
            return new StreamingStudent();
        }
    }

    private static ConfigurableApplicationContext started(List<Class<?>> sources, String... properties) {
        return new SpringApplicationBuilder(
                        Stream.concat(Stream.of(App.class), sources.stream()).toArray(Class<?>[]::new))
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .run(Arrays.stream(properties).map(one -> "--" + one).toArray(String[]::new));
    }

    private static String base() {
        return "wst.serving.base=" + base;
    }

    @Test
    void nothing_is_taught_where_no_teacher_is_named() {
        try (ConfigurableApplicationContext app = started(List.of(OneModel.class))) {
            assertThat(app.getBean(ChatModel.class)).isInstanceOf(Student.class);
            assertThat(app.getBeansOfType(Teaching.class)).isEmpty();
            assertThat(app.getBeansOfType(ServedTeacher.class)).isEmpty();
        }
    }

    @Test
    void the_model_is_taught_in_its_own_place_and_listeners_hear_of_it() {
        ServedTeacher teacher;
        try (ConfigurableApplicationContext app =
                started(List.of(OneModel.class), base(), "wst.serving.max-tokens=5")) {
            teacher = app.getBean(ServedTeacher.class);
            ChatModel model = app.getBean(ChatModel.class);
            assertThat(model).isInstanceOf(TaughtChatModel.class);
            String instruction = teacher.instructionFor(QUESTION).instruction();
            assertThat(model.chat(QUESTION)).isEqualTo("2 messages " + instruction);
            assertThat(instruction.split(" ", -1)).hasSizeLessThanOrEqualTo(5);
            assertThat(app.getBean(App.class).heard)
                    .extracting(ServingListener.Event::outcome)
                    .containsExactly(Outcome.TAUGHT);
        }
        assertThatThrownBy(() -> teacher.instructionFor(QUESTION)).isInstanceOf(ClosedException.class);
    }

    @Test
    void the_teacher_is_shown_what_a_bean_says() {
        try (ConfigurableApplicationContext app = started(List.of(OneModel.class), base());
                ServedTeacher same = ServedTeacher.builder(base)
                        .prompt(TeacherPrompt.bare("w8 {question}"))
                        .build();
                ServedTeacher other = ServedTeacher.builder(base)
                        .prompt(TeacherPrompt.bare("w3 {question}"))
                        .build()) {
            String instruction =
                    app.getBean(ServedTeacher.class).instructionFor(QUESTION).instruction();
            assertThat(instruction)
                    .isEqualTo(same.instructionFor(QUESTION).instruction())
                    .isNotEqualTo(other.instructionFor(QUESTION).instruction());
        }
    }

    @Test
    void an_adapter_is_served() {
        Path adapter = directory.resolve("adapter");
        try (TransformerTeacher teacher =
                TransformerTeacher.builder(base).lora(2, 8).seed(3).build()) {
            teacher.save(adapter);
        }
        try (ServedTeacher same = ServedTeacher.load(base, adapter);
                ConfigurableApplicationContext app =
                        started(List.of(OneModel.class), base(), "wst.serving.adapter=" + adapter)) {
            assertThat(app.getBean(ServedTeacher.class).version()).isEqualTo(same.version());
        }
    }

    @Test
    void placement_and_the_share_held_out_are_heeded() {
        try (ConfigurableApplicationContext app =
                started(List.of(OneModel.class), base(), "wst.serving.placement=before-question")) {
            assertThat(app.getBean(ChatModel.class).chat(QUESTION)).isEqualTo("1 messages ");
            assertThat(app.getBean(Teaching.class).counts()).containsEntry(Outcome.TAUGHT, 1L);
        }
        try (ConfigurableApplicationContext app =
                started(List.of(OneModel.class), base(), "wst.serving.held-out-share=1")) {
            assertThat(app.getBean(ChatModel.class).chat(QUESTION)).isEqualTo("1 messages ");
            assertThat(app.getBean(Teaching.class).counts()).containsEntry(Outcome.HELD_OUT, 1L);
        }
    }

    @Test
    void all_models_are_taught_and_there_are_no_more_of_them_than_before() {
        try (ConfigurableApplicationContext app = started(List.of(ThreeModels.class), base())) {
            assertThat(app.getBeansOfType(ChatModel.class))
                    .containsOnlyKeys("first", "second")
                    .allSatisfy((name, model) -> assertThat(model).isInstanceOf(TaughtChatModel.class));
            assertThat(app.getBeansOfType(StreamingChatModel.class))
                    .containsOnlyKeys("stream")
                    .allSatisfy((name, model) -> assertThat(model).isInstanceOf(TaughtStreamingChatModel.class));
        }
    }

    @ParameterizedTest
    @CsvSource({"'second,stream', false, true, true", "first, true, false, false", "'', false, false, false"})
    void those_are_taught_that_are_named(String names, boolean first, boolean second, boolean stream) {
        try (ConfigurableApplicationContext app =
                started(List.of(ThreeModels.class), base(), "wst.serving.models=" + names)) {
            assertThat(app.getBean("first") instanceof TaughtChatModel).isEqualTo(first);
            assertThat(app.getBean("second") instanceof TaughtChatModel).isEqualTo(second);
            assertThat(app.getBean("stream") instanceof TaughtStreamingChatModel)
                    .isEqualTo(stream);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ModelForBoth {
        @Bean
        BothStudent both() {
            return new BothStudent();
        }
    }

    @Test
    void a_model_that_answers_and_streams_still_does_both() {
        try (ConfigurableApplicationContext app = started(List.of(ModelForBoth.class), base())) {
            assertThat(app.getBean(ChatModel.class).chat(QUESTION)).startsWith("2 messages");
            List<String> streamed = new ArrayList<>();
            app.getBean(StreamingChatModel.class).chat(QUESTION, new StreamingChatResponseHandler() {
                @Override
                public void onCompleteResponse(ChatResponse response) {
                    streamed.add(response.aiMessage().text());
                }

                @Override
                public void onError(Throwable error) {
                    streamed.add(error.toString());
                }
            });
            assertThat(streamed).singleElement().asString().startsWith("2 messages");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ScopedModel {
        @Bean
        @Scope(value = "prototype", proxyMode = ScopedProxyMode.INTERFACES)
        ChatModel scoped() {
            return new Student();
        }
    }

    @Test
    void a_model_of_a_scope_is_taught_once() {
        try (ConfigurableApplicationContext app = started(List.of(ScopedModel.class), base())) {
            assertThat(app.getBean("scoped", ChatModel.class).chat(QUESTION)).startsWith("2 messages");
            assertThat(app.getBean(Teaching.class).counts()).containsEntry(Outcome.TAUGHT, 1L);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnTeaching {
        @Bean
        Teaching own(ServedTeacher teacher) {
            return Teaching.builder(teacher).around("So: ", "").build();
        }

        @Bean
        ChatModel taughtByHand(Teaching teaching) {
            return TaughtChatModel.of(new Student(), teaching);
        }
    }

    @Test
    void a_teaching_of_the_apps_own_takes_its_place_and_a_model_that_is_taught_stays_as_it_is() {
        try (ConfigurableApplicationContext app = started(List.of(OwnTeaching.class, OneModel.class), base())) {
            assertThat(app.getBeansOfType(Teaching.class)).containsOnlyKeys("own");
            assertThat(app.getBean("student", ChatModel.class).chat(QUESTION)).startsWith("2 messages So: ");
            app.getBean("taughtByHand", ChatModel.class).chat(QUESTION);
            assertThat(app.getBean(Teaching.class).counts()).containsEntry(Outcome.TAUGHT, 2L);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnTeacher {
        @Bean
        ServedTeacher mine() {
            return ServedTeacher.builder(base).build();
        }
    }

    @Test
    void a_teacher_of_the_apps_own_takes_its_place() {
        try (ConfigurableApplicationContext app = started(List.of(OwnTeacher.class, OneModel.class), base())) {
            assertThat(app.getBeansOfType(ServedTeacher.class)).containsOnlyKeys("mine");
            assertThat(app.getBean(ChatModel.class)).isInstanceOf(TaughtChatModel.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "base, '', nothing was given",
        "base, /nowhere/model.gguf, /nowhere/model.gguf",
        "adapter, /nowhere/adapter, /nowhere/adapter",
        "max-tokens, 0, at least 1",
        "instructions-kept, -1, 0 or more",
        "within, 0s, positive",
        "held-out-share, 2, between 0 and 1",
        "models, 'first,third', 'third'"
    })
    void a_value_that_cannot_be_used_ends_the_start_by_its_name(String name, String value, String reason) {
        String given = "wst.serving." + name + "=" + value;
        String[] properties = name.equals("base") ? new String[] {given} : new String[] {base(), given};
        assertThatThrownBy(() -> started(List.of(ThreeModels.class), properties).close())
                .satisfies(thrown -> assertThat(causes(thrown))
                        .filteredOn(cause -> !(cause instanceof BeansException))
                        .singleElement()
                        .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, refusal -> {
                            assertThat(refusal.getName()).isEqualTo("wst.serving." + name);
                            assertThat(refusal.getReason()).contains(reason);
                        }));
    }

    private static List<Throwable> causes(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable one = thrown; one != null; one = one.getCause()) {
            causes.add(one);
        }
        return causes;
    }
}
