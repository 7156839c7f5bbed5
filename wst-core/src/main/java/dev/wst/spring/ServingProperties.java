package dev.wst.spring;

import dev.wst.InvalidInputException;
import dev.wst.Precision;
import dev.wst.Sampling;
import dev.wst.serving.ServedTeacher;
import dev.wst.serving.ServingListener;
import dev.wst.serving.Teaching;
import dev.wst.student.LangChain4jStudent.Placement;
import dev.wst.teacher.TeacherPrompt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The properties, and what they ask for; what is not given is left to the builders.
 *
 * @param base The teacher's base model: a GGUF file or a Hugging Face directory. Without it nothing is taught.
 * @param adapter What training left: the directory "adapter" of a run, or one in the form of Python's peft.
 *     Unless given, the base model writes as it is.
 * @param maxTokens The longest instruction in tokens; 64 unless given.
 * @param precision What the base model's weights are kept and multiplied in; the faster of BF16 and FP32 here unless given.
 * @param instructionsKept How many instructions are kept for questions that come again; 10,000 unless given, 0 for none.
 * @param placement Where the student finds the instruction: where it did in training. The system message unless given.
 * @param within How long a request waits for its instruction before it goes to the student without one; 5 seconds unless given.
 * @param heldOutShare The share of the questions, from 0 to 1, that go untaught for comparison; 0 unless given.
 * @param heldOutSeed Another seed holds out other questions; 0 unless given.
 * @param models Names of the ChatModel and StreamingChatModel beans that are taught: all unless given, none if empty.
 */
@ConfigurationProperties(ServingProperties.PREFIX)
record ServingProperties(
        @Nullable Path base,
        @Nullable Path adapter,
        @Nullable Integer maxTokens,
        @Nullable Precision precision,
        @Nullable Integer instructionsKept,
        @Nullable Placement placement,
        @Nullable Duration within,
        @Nullable Double heldOutShare,
        @Nullable Long heldOutSeed,
        @Nullable List<String> models) {
    static final String PREFIX = "wst.serving";

    /** Loads the teacher: first the base, then the adapter, so that a failure is told by the right name. */
    ServedTeacher teacher(Optional<TeacherPrompt> prompt) {
        if (base == null) {
            throw refusal("base", "", "a GGUF file or a Hugging Face directory is expected, nothing was given");
        }
        ServedTeacher.Builder builder = ServedTeacher.builder(base);
        prompt.ifPresent(builder::prompt);
        take("max-tokens", maxTokens, most -> builder.sampling(Sampling.greedy(most)));
        take("precision", precision, builder::precision);
        take("instructions-kept", instructionsKept, builder::instructionsKept);
        ServedTeacher teacher = made("base", base, file -> builder.build());
        try {
            take("adapter", adapter, teacher::replace);
            return teacher;
        } catch (RuntimeException e) {
            teacher.close();
            throw e;
        }
    }

    Teaching teaching(ServedTeacher teacher, List<ServingListener> listeners) {
        Teaching.Builder builder = Teaching.builder(teacher);
        take("placement", placement, builder::placement);
        take("within", within, builder::within);
        take("held-out-share", heldOutShare, share -> builder.heldOut(share, heldOutSeed == null ? 0 : heldOutSeed));
        listeners.forEach(builder::listener);
        return builder.build();
    }

    private static <V> void take(String name, @Nullable V value, Function<V, ?> taking) {
        if (value != null) {
            made(name, value, taking);
        }
    }

    private static <V, T> T made(String name, V value, Function<V, T> making) {
        try {
            return making.apply(value);
        } catch (IllegalArgumentException | InvalidInputException e) {
            RuntimeException refusal = refusal(name, String.valueOf(value), String.valueOf(e.getMessage()));
            // It takes no cause.
            refusal.addSuppressed(e);
            throw refusal;
        }
    }

    /** Spring Boot shows it with the place where the property was set. */
    static RuntimeException refusal(String name, String value, String reason) {
        return new InvalidConfigurationPropertyValueException(PREFIX + "." + name, value, reason);
    }
}
