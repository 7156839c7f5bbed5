package dev.wst.examples.cli;

import dev.langchain4j.model.chat.ChatModel;
import dev.wst.calls.Accounts;
import dev.wst.calls.CallLimits;
import dev.wst.evaluation.Comparison;
import dev.wst.student.InstructingModel;
import dev.wst.teacher.TeacherPrompt;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** A model behind a URL that writes instructions beside the teacher. */
final class InstructorOptions {
    private static final String KEY = "--instructor-key-variable";
    private static final int TOKENS = 256;

    @Option(
            names = "--instructor-url",
            paramLabel = "URL",
            description = "the OpenAI-compatible URL of a model that writes instructions, to compare the teacher with")
    private Optional<String> url = Optional.empty();

    @Option(names = "--instructor-model", paramLabel = "MODEL", description = "its name at --instructor-url")
    private Optional<String> model = Optional.empty();

    @Option(
            names = KEY,
            paramLabel = "VARIABLE",
            description = "environment variable with the key for --instructor-url; default " + KeyVariable.USUAL)
    private Optional<String> keyVariable = Optional.empty();

    @Option(names = "--instructor-tokens", paramLabel = "N", description = "its longest instruction; default " + TOKENS)
    private Optional<Integer> tokens = Optional.empty();

    @Option(
            names = "--instructor-prompt",
            paramLabel = "FILE.json",
            description = "what it is shown, written as for --teacher-prompt; what the teacher is shown unless given")
    private Optional<Path> prompt = Optional.empty();

    /** Whether a model is named. */
    boolean isGiven() {
        return url.isPresent();
    }

    /** Its name, where one is named. */
    Optional<String> model() {
        return url.flatMap(at -> model);
    }

    /**
     * The model, where one is named.
     *
     * @param usual shown unless another prompt is given
     */
    Optional<InstructingModel> open(CallLimits limits, TeacherPrompt usual) {
        return chat(limits)
                .map(chat -> InstructingModel.of(chat, limits)
                        .withPrompt(prompt.map(PromptFile::read).orElse(usual)));
    }

    private Optional<ChatModel> chat(CallLimits limits) {
        if (url.isEmpty()) {
            if (Stream.of(model, keyVariable, tokens, prompt).anyMatch(Optional::isPresent)) {
                throw new IllegalArgumentException(
                        "--instructor-... are of the model at --instructor-url; give that, or" + " leave them out");
            }
            return Optional.empty();
        }
        String name = model.orElseThrow(() -> new IllegalArgumentException(
                "--instructor-url " + url.get() + " needs --instructor-model, the model's name there"));
        return Optional.of(new RemoteModel(
                        url.get(), name, new KeyVariable(KEY, keyVariable), 0, tokens.orElse(TOKENS), limits.timeout())
                .open());
    }

    /** The model as an arm. */
    Optional<Comparison.Arm> arm(CallLimits limits, TeacherPrompt usual, Accounts accounts) {
        return open(limits, usual)
                .map(one -> one.with(accounts))
                .map(one -> Comparison.Arm.model("instructions by " + model.orElseThrow(), one::write));
    }
}
