package dev.wst.spring;

import dev.wst.serving.ServedTeacher;
import dev.wst.serving.ServingListener;
import dev.wst.serving.Teaching;
import dev.wst.teacher.TeacherPrompt;
import java.util.Optional;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Teaches an app's chat models where {@code wst.serving.base} names a base model: Spring Boot finds this by itself. Nothing is trained.
 *
 * <p>Each bean that is a {@code ChatModel} or a {@code StreamingChatModel} becomes the taught one under its own name, so an app injects
 * what it did before, by one of these two interfaces and not by the model's class. A model bean that asks other model beans would be
 * taught twice: {@code wst.serving.models} then names those to teach. It is also left empty where an app hands the {@link Teaching}
 * bean to {@code AiServices.builder(...).chatRequestTransformer(teaching)}.
 *
 * <p>Properties, each under {@code wst.serving}:
 *
 * <ul>
 *   <li>{@code base}: a GGUF file or a Hugging Face directory
 *   <li>{@code adapter}: the directory {@code adapter} of a run; the base model writes as it is unless given
 *   <li>{@code max-tokens}: the longest instruction; 64 unless given
 *   <li>{@code precision}: {@code FP32}, {@code BF16} or {@code INT8}; the faster of the first two here unless given
 *   <li>{@code instructions-kept}: for questions that come again; 10,000 unless given
 *   <li>{@code placement}: {@code SYSTEM} unless given, {@code BEFORE_QUESTION} or {@code AFTER_QUESTION}: where it was in training
 *   <li>{@code within}: how long a request waits for its instruction; {@code 5s} unless given
 *   <li>{@code held-out-share}, {@code held-out-seed}: the share of the questions that go untaught for comparison; none unless given
 *   <li>{@code models}: the names of the beans to teach; all unless given
 * </ul>
 *
 * <p>Every {@link ServingListener} bean hears what becomes of each request, and a {@link TeacherPrompt} bean says what the teacher is
 * shown. An app with a {@link ServedTeacher} or {@link Teaching} bean of its own gets none from here. The teacher is closed with the
 * context. A value that cannot be used ends the start, by the property's name.
 *
 * <pre>{@code
 * // application.properties: wst.serving.base=SmolLM2-135M-Instruct.gguf and wst.serving.adapter=runs/first/adapter
 * record Support(ChatModel chatModel) {
 *     String answer(String question) {
 *         return chatModel.chat(question);
 *     }
 * }
 * }</pre>
 */
@AutoConfiguration
@ConditionalOnProperty(ServingProperties.PREFIX + ".base")
@EnableConfigurationProperties(ServingProperties.class)
public final class ServingAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ServedTeacher wstServedTeacher(ServingProperties properties, ObjectProvider<TeacherPrompt> prompt) {
        return properties.teacher(Optional.ofNullable(prompt.getIfUnique()));
    }

    @Bean
    @ConditionalOnMissingBean
    Teaching wstTeaching(
            ServingProperties properties, ServedTeacher teacher, ObjectProvider<ServingListener> listeners) {
        return properties.teaching(teacher, listeners.orderedStream().toList());
    }

    /** Static, and asking late: what post-processes beans is made before them, and must not draw them along. */
    @Bean
    static TaughtModels wstTaughtModels(
            ListableBeanFactory beans,
            ObjectProvider<ServingProperties> properties,
            ObjectProvider<Teaching> teaching) {
        return new TaughtModels(
                beans, () -> Optional.ofNullable(properties.getObject().models()), teaching::getObject);
    }
}
