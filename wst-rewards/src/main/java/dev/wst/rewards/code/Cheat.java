package dev.wst.rewards.code;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A Python program that tries to pass tests without solving anything: by forging the verdict, lying about equality, leaving
 * early, patching, spying, killing. A {@link CodeExecutor} for Python must let none pass; {@link #all()} is the trial that
 * {@link PythonExecutor} is held to, and an executor of your own can be.
 *
 * <pre>{@code
 * for (Cheat cheat : Cheat.all()) {
 *     CodeVerdict verdict = executor.execute(task.submission(cheat.program(task.entryPoint())));
 *     System.out.println(cheat.name() + " " + verdict.outcome());
 * }
 * }</pre>
 *
 * @param name what it tries
 * @param source Python, with {@code ENTRY} for the name of the function that is tested
 */
public record Cheat(String name, String source) {
    private static final Pattern HEADING = Pattern.compile("(?m)^# ==== (\\w+)$");

    /** The programs that ship. */
    public static List<Cheat> all() {
        String file = Script.read("cheats.py");
        List<MatchResult> headings = HEADING.matcher(file).results().toList();
        List<Cheat> cheats = new ArrayList<>();
        for (int i = 0; i < headings.size(); i++) {
            int end = i + 1 < headings.size() ? headings.get(i + 1).start() : file.length();
            String source = file.substring(headings.get(i).end(), end).strip();
            cheats.add(new Cheat(headings.get(i).group(1), source));
        }
        return List.copyOf(cheats);
    }

    /** The source for a function of the given name. */
    public String program(String entryPoint) {
        return source.replace("ENTRY", entryPoint);
    }
}
