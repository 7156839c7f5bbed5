package dev.wst.rewards.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program in an answer. */
final class CodeBlock {
    private static final Pattern FENCE = Pattern.compile("^ {0,3}(`{3,}|~{3,})([^`\\n]*)$");
    private static final Set<String> PYTHON = Set.of("python", "python3", "py");
    private static final String THINKING_ENDS = "</think>";

    private CodeBlock() {}

    /**
     * What follows the thinking part: the last fenced block that defines the entry point, else the last one marked as
     * Python, else the last one; without any fence, all of it. A fence that is never closed runs to the end.
     */
    static String in(String answer, String entryPoint) {
        int thought = answer.lastIndexOf(THINKING_ENDS);
        String text = thought < 0 ? answer : answer.substring(thought + THINKING_ENDS.length());
        List<Block> blocks = blocks(text);
        Pattern definition = Pattern.compile("(?m)^\\s*(?:(?:async\\s+)?def|class)\\s+" + entryPoint + "\\b");
        List<List<Block>> choices = List.of(
                blocks.stream().filter(b -> definition.matcher(b.code).find()).toList(),
                blocks.stream().filter(b -> PYTHON.contains(b.language)).toList(),
                blocks);
        return choices.stream()
                .filter(found -> !found.isEmpty())
                .findFirst()
                .map(found -> found.get(found.size() - 1).code)
                .orElse(text);
    }

    private record Block(String language, String code) {}

    private static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        StringBuilder code = new StringBuilder();
        String fence = "";
        String language = "";
        for (String line : text.lines().toList()) {
            Matcher matcher = FENCE.matcher(line);
            boolean mark = matcher.find();
            if (fence.isEmpty() && mark) {
                fence = matcher.group(1);
                language = matcher.group(2).strip().toLowerCase(Locale.ROOT);
            } else if (mark
                    && matcher.group(1).startsWith(fence)
                    && matcher.group(2).isBlank()) {
                blocks.add(new Block(language, code.toString()));
                code.setLength(0);
                fence = "";
            } else if (!fence.isEmpty()) {
                code.append(line).append('\n');
            }
        }
        if (!fence.isEmpty()) {
            blocks.add(new Block(language, code.toString()));
        }
        return blocks;
    }
}
