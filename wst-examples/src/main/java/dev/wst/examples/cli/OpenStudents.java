package dev.wst.examples.cli;

import dev.wst.training.WstTrainerBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The students of a command line, opened. */
final class OpenStudents implements AutoCloseable {
    private final Map<Named, AskingOptions.Open> training = new LinkedHashMap<>();
    private final Map<Named, AskingOptions.Open> validating = new LinkedHashMap<>();

    void train(Named name, AskingOptions.Open student) {
        training.put(name, student);
    }

    void validate(Named name, AskingOptions.Open student) {
        validating.put(name, student);
    }

    void addTo(WstTrainerBuilder trainer) {
        training.forEach((named, student) -> named.name()
                .ifPresentOrElse(
                        name -> trainer.student(name, student.client()), () -> trainer.student(student.client())));
        validating.forEach(
                (named, student) -> trainer.validationStudent(named.name().orElseThrow(), student.client()));
    }

    @Override
    public void close() {
        Stream.of(training, validating)
                .flatMap(students -> students.values().stream())
                .forEach(AskingOptions.Open::close);
    }
}
