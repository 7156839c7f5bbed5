package dev.wst.training;

import dev.wst.Advice;
import dev.wst.Instruction;
import dev.wst.Task;
import dev.wst.calls.CallLimits;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Whom a run puts its instructions to.
 *
 * @param training one without a name, or several with different names
 * @param validation who is asked in validations only; all have names
 * @param answers of each student to an instruction
 */
record RunStudents(List<RunStudent> training, List<RunStudent> validation, int answers) {

    RunStudents {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
    }

    static RunStudents none() {
        return new RunStudents(List.of(), List.of(), 1);
    }

    /** With this one for training, without a name. */
    RunStudents alone(RunStudent student) {
        if (training.stream().anyMatch(one -> one.name().isPresent())) {
            throw mixed();
        }
        return new RunStudents(List.of(student), validation, answers);
    }

    /** With one more for training. */
    RunStudents and(RunStudent student) {
        if (training.stream().anyMatch(one -> one.name().isEmpty())) {
            throw mixed();
        }
        requireNew(student);
        return new RunStudents(joined(training, student), validation, answers);
    }

    /** With one more for validations only. */
    RunStudents andValidation(RunStudent student) {
        requireNew(student);
        return new RunStudents(training, joined(validation, student), answers);
    }

    RunStudents withAnswers(int value) {
        return new RunStudents(training, validation, value);
    }

    /** With limits of its own for the student of this name. */
    RunStudents withLimits(String name, CallLimits limits) {
        if (all().noneMatch(one -> one.name().filter(name::equals).isPresent())) {
            throw new IllegalArgumentException("there is no student by the name " + name + ", only "
                    + all().flatMap(one -> one.name().stream()).toList() + "; name it before its limits");
        }
        UnaryOperator<RunStudent> change =
                one -> one.name().filter(name::equals).isPresent() ? one.withLimits(limits) : one;
        return new RunStudents(
                training.stream().map(change).toList(),
                validation.stream().map(change).toList(),
                answers);
    }

    private static IllegalStateException mixed() {
        return new IllegalStateException(
                "a run has one student without a name or several by name; call student(name, ...) for each of them");
    }

    private void requireNew(RunStudent student) {
        if (all().anyMatch(one -> one.name().equals(student.name()))) {
            throw new IllegalArgumentException("there is a student by the name "
                    + student.name().orElseThrow() + " already; give each a name of its own");
        }
    }

    private static List<RunStudent> joined(List<RunStudent> students, RunStudent one) {
        return Stream.concat(students.stream(), Stream.of(one)).toList();
    }

    /** These, if there is one to train with. */
    RunStudents required() {
        PlanChecks.requireSome(training, "a student", "student");
        return this;
    }

    Stream<RunStudent> all() {
        return Stream.concat(training.stream(), validation.stream());
    }

    /** Before their answers are shared with other runs. */
    void requireModels(Task task) {
        Optional<RunStudent> unknown = all().filter(one ->
                        !one.client().call(Advice.of(task, Instruction.none())).hasModel())
                .findFirst();
        if (unknown.isPresent()) {
            String which =
                    unknown.get().name().map(name -> "the student " + name).orElse("this student");
            throw new IllegalStateException("answers are shared under the name of the student's model, and " + which
                    + " does not say it; implement StudentClient.call, or leave answers(...) out: a run keeps its own");
        }
    }
}
