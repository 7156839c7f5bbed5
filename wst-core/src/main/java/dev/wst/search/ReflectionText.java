package dev.wst.search;

import dev.wst.Rollout;
import dev.wst.search.Reflector.Reflection;
import java.util.Optional;
import java.util.regex.Pattern;

/** A reflection as a text for a model, and what is read from its reply. */
final class ReflectionText {
    private static final int LONGEST = 2000;
    private static final Pattern FENCED = Pattern.compile("```[a-z]*\\R(.*?)\\R?```", Pattern.DOTALL);

    private ReflectionText() {}

    static String of(Reflection reflection) {
        StringBuilder text =
                new StringBuilder("A language model answers questions. With every question it gets the same"
                        + " instruction. At present that is:\n\n");
        text.append(reflection.instruction().isEmpty() ? "(none)" : reflection.instruction())
                .append("\n\nSome questions, what it answered, and what the answers earned:\n");
        for (Rollout rollout : reflection.rollouts()) {
            text.append("\nQuestion:\n")
                    .append(cut(rollout.attempt().task().prompt()))
                    .append("\nAnswer:\n")
                    .append(cut(rollout.attempt().answer().text()))
                    .append("\nReward: ")
                    .append(rollout.reward().value())
                    .append('\n');
        }
        return text.append(
                        "\nFind out what goes wrong and what it takes to answer such questions well. Then write a better"
                                + " instruction. It is given with every question of this kind, so it must not hold answers to single"
                                + " questions. Reply with the new instruction alone.")
                .toString();
    }

    private static String cut(String text) {
        String stripped = text.strip();
        return stripped.length() <= LONGEST ? stripped : stripped.substring(0, LONGEST) + " ...";
    }

    /** The last fenced part where there is one, all of it otherwise. */
    static Optional<String> instruction(String reply) {
        Optional<String> fenced = FENCED.matcher(reply)
                .results()
                .reduce((first, second) -> second)
                .map(match -> match.group(1));
        return Optional.of(fenced.orElse(reply).strip()).filter(text -> !text.isEmpty());
    }
}
