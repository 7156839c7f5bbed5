package dev.wst.diagnosis;

import dev.wst.Attempt;
import dev.wst.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How often instructions hold the right answer of their own task, and how often by chance: that of another task of the step. An
 * instruction such as "Say yes or no" holds the answer of every such task and gives none away, and neither does a 2 in "Take 2 steps".
 * An answer that stands in the question is none that an instruction could give away.
 *
 * @param instructions whose task has an answer that could be given away, and that could be compared with another task's
 * @param own of them, those that hold it
 * @param byChance of them, how many would hold it by chance
 * @param example an instruction that holds it, with the answer; or empty
 */
record Leaks(int instructions, int own, double byChance, String example) {
    static final Leaks NONE = new Leaks(0, 0, 0, "");

    /** Behind it stands the answer in GSM8K, which is how many files of tasks are written. */
    private static final String MARK = "####";

    static Leaks in(List<Attempt> written) {
        Map<String, Words> answers = new LinkedHashMap<>();
        for (Attempt one : written) {
            answer(one.task()).ifPresent(words -> answers.putIfAbsent(one.task().id(), words));
        }
        int instructions = 0;
        int own = 0;
        double byChance = 0;
        String example = "";
        for (Attempt one : written) {
            Words question = Words.of(one.task().prompt());
            Optional<Words> answer =
                    Optional.ofNullable(answers.get(one.task().id())).filter(words -> !question.contain(words));
            List<Words> others =
                    answer.map(words -> others(answers, words, question)).orElse(List.of());
            if (answer.isEmpty() || others.isEmpty()) {
                continue;
            }
            Words instruction = Words.of(one.instruction().text());
            instructions++;
            byChance += (double) others.stream().filter(instruction::contain).count() / others.size();
            if (instruction.contain(answer.get())) {
                own++;
                example = one.instruction().text() + "  [the answer is "
                        + String.join(" ", answer.get().list()) + "]";
            }
        }
        return new Leaks(instructions, own, byChance, example);
    }

    private static List<Words> others(Map<String, Words> answers, Words own, Words question) {
        return answers.values().stream()
                .filter(other -> !other.equals(own) && !question.contain(other))
                .toList();
    }

    /** The signs of a mark are no words, so that it may begin anywhere in one; without a mark all of the text is the answer. */
    private static Optional<Words> answer(Task task) {
        return task.reference()
                .map(text -> Words.of(text.substring(text.lastIndexOf(MARK) + 1)))
                .filter(words -> !words.isEmpty());
    }

    static Leaks sum(List<Leaks> all) {
        List<String> examples = new ArrayList<>();
        all.stream().map(Leaks::example).filter(text -> !text.isEmpty()).forEach(examples::add);
        return new Leaks(
                all.stream().mapToInt(Leaks::instructions).sum(),
                all.stream().mapToInt(Leaks::own).sum(),
                all.stream().mapToDouble(Leaks::byChance).sum(),
                examples.isEmpty() ? "" : examples.get(examples.size() - 1));
    }
}
