package dev.wst.examples.pair;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.StudentClient;
import dev.wst.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A student by rules whose answers are as right and of different lengths, as the wording of an instruction has it. Told the method
 * that fits, it is right: in the last of the method's wordings it works the answer out once, in the others it checks its work
 * once or twice more. Told anything else, it is wrong. (The embedded student says nothing twice: among its right answers to
 * a question there is nothing to save.)
 */
public final class WordyStudent implements StudentClient {

    @Override
    public Answer answer(Advice advice) {
        String text = text(advice.task(), advice.instruction().text().strip());
        int words = text.strip().split("\\s+", -1).length;
        return Answer.of(text, Answer.Finish.STOP, OptionalInt.empty(), OptionalInt.of(words));
    }

    private static String text(Task task, String instruction) {
        Optional<Kind> fitting = Arrays.stream(Kind.values())
                .filter(one -> one.methods().contains(instruction))
                .filter(one -> one.name().equals(task.attributes().get("kind")))
                .findFirst();
        if (fitting.isEmpty()) {
            return "answer: unknown";
        }
        Kind kind = fitting.get();
        int checks = kind.methods().size() - 1 - kind.methods().indexOf(instruction);
        List<String> items = items(task);
        return kind.working(items).repeat(1 + checks) + " answer: " + String.join(" ", kind.answer(items));
    }

    private static List<String> items(Task task) {
        String prompt = task.prompt();
        return List.of(prompt.substring(prompt.indexOf(": ") + 2).split(" ", -1));
    }
}
