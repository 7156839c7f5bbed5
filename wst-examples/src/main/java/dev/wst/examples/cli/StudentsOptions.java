package dev.wst.examples.cli;

import dev.wst.calls.CallLimits;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The students that a run trains with, and those that it is validated with only. */
final class StudentsOptions {
    @Option(
            names = "--student",
            required = true,
            paramLabel = "[NAME=]" + AskingOptions.PLACES,
            description =
                    "the embedded student, a GGUF file, a Hugging Face directory or an OpenAI-compatible URL such as"
                            + " http://127.0.0.1:8080/v1; given several times, each with a NAME=, every instruction is put"
                            + " to all of them and earns the mean")
    private List<String> students = List.of();

    @Option(
            names = "--validation-student",
            paramLabel = "NAME=" + AskingOptions.PLACES,
            description = "a student that only answers --validation; may be given several times")
    private List<String> validationStudents = List.of();

    @Option(
            names = "--answers-per-instruction",
            paramLabel = "K",
            description =
                    "how often each student answers an instruction, which earns the mean; default ${DEFAULT-VALUE}")
    private int answers = 1;

    @Mixin
    private AskingOptions asking = new AskingOptions();

    CallLimits limits() {
        return asking.limits();
    }

    int answersPerInstruction() {
        return answers;
    }

    /** Whether some are asked in validations only. */
    boolean areValidated() {
        return !validationStudents.isEmpty();
    }

    /** Opens all of them. */
    OpenStudents open() {
        List<Named> training = students.stream().map(Named::parse).toList();
        List<Named> validating = validationStudents.stream().map(Named::parse).toList();
        if (training.size() > 1) {
            requireNames("--student, where it is given several times, needs a NAME= for each", training);
        }
        requireNames("--validation-student needs a NAME=", validating);
        OpenStudents open = new OpenStudents();
        try {
            asking.check(
                    List.of(training, validating).stream().flatMap(List::stream).toList(), false);
            training.forEach(one -> open.train(one, asking.open(one)));
            validating.forEach(one -> open.validate(one, asking.open(one)));
            return open;
        } catch (RuntimeException | Error e) {
            open.close();
            throw e;
        }
    }

    private static void requireNames(String what, List<Named> students) {
        students.stream().filter(one -> one.name().isEmpty()).findFirst().ifPresent(one -> {
            throw new IllegalArgumentException(what + ", such as small=" + one.value() + "; got " + one.value());
        });
    }
}
