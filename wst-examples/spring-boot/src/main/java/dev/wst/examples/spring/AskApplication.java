package dev.wst.examples.spring;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.serving.ServingListener;
import dev.wst.student.TransformerChatModel;
import dev.wst.teacher.TeacherPrompt;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;

/**
 * Answers questions over HTTP with the embedded student, which the embedded teacher tells how. Nothing here but the properties knows
 * that there is a teacher: the student's bean becomes the taught model.
 *
 * <p>{@code curl -H 'content-type: text/plain' -d 'Add the numbers: 3 5 4' http://127.0.0.1:8080/ask}
 */
@SpringBootApplication(proxyBeanMethods = false)
public class AskApplication {
    private static final Logger LOG = LoggerFactory.getLogger(AskApplication.class);

    /** Starts the app; {@code --wst.serving.base=FILE} serves another teacher. */
    public static void main(String[] args) {
        new SpringApplicationBuilder(AskApplication.class)
                .properties(
                        Map.of("wst.serving.base", EmbeddedPair.teacherFiles().toString()))
                .run(args);
    }

    /** Writes an answer. */
    interface Assistant {
        String answer(String question);
    }

    @Bean
    TransformerChatModel student() {
        return EmbeddedPair.studentModel();
    }

    /** The embedded teacher is shown the question and nothing else; an adapter's directory says this by itself. */
    @Bean
    TeacherPrompt prompt() {
        return EmbeddedPair.prompt();
    }

    @Bean
    ServingListener logging() {
        return event ->
                LOG.info("{} after {} ms: {}", event.outcome(), event.took().toMillis(), event.instruction());
    }

    @Bean
    Assistant assistant(ChatModel chatModel) {
        return AiServices.create(Assistant.class, chatModel);
    }
}
