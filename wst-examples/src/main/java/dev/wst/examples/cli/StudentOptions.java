package dev.wst.examples.cli;

import dev.wst.calls.CallLimits;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The student that answers, where there is one. */
final class StudentOptions {
    @Option(
            names = "--student",
            required = true,
            paramLabel = AskingOptions.PLACES,
            description =
                    "the embedded student, a GGUF file, a Hugging Face directory or an OpenAI-compatible URL such as"
                            + " http://127.0.0.1:8080/v1")
    private String student = "";

    @Mixin
    private AskingOptions asking = new AskingOptions();

    CallLimits limits() {
        return asking.limits();
    }

    /** @param besideAnother whether a model at a URL is asked too, within the same limits */
    AskingOptions.Open open(boolean besideAnother) {
        asking.check(List.of(Named.alone(student)), besideAnother);
        return asking.open(student);
    }
}
