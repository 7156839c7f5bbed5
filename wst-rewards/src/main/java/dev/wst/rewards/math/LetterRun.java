package dev.wst.rewards.math;

import dev.wst.rewards.math.Token.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Decides what letters in a row are: a function, a name, several names multiplied, or a word. */
final class LetterRun {
    /** Two letters in a row are a product, but not these, where they stand among words. */
    private static final Set<String> SMALL_WORDS =
            Set.of("it", "is", "so", "we", "he", "if", "of", "to", "by", "us", "no");

    private static final List<String> PREFIXES = List.of("sin", "cos", "tan", "cot", "sec", "csc", "log", "ln");

    private final String run;
    private final List<Token> before;
    private final boolean spaced;
    private final char next;

    /**
     * @param before the tokens so far
     * @param spaced whether a space stands before the run
     * @param next the first character after the run that is no space
     */
    LetterRun(String run, List<Token> before, boolean spaced, char next) {
        this.run = run;
        this.before = before;
        this.spaced = spaced;
        this.next = next;
    }

    void addTo(Lexer lexer) {
        String lower = run.toLowerCase(Locale.ROOT);
        String name = Commands.word(run);
        if (afterWord() && !lower.equals("and") && !lower.equals("or")) {
            lexer.add(Kind.WORD, run);
        } else if (run.length() == 1) {
            lexer.add(isUnit(lower) ? Kind.WORD : Kind.NAME, run);
        } else if (spaced && next != '(' && isUnit(lower)) {
            lexer.add(Kind.WORD, run);
        } else if (lower.equals("and") || lower.equals("or")) {
            lexer.add(Kind.SEPARATOR, lower);
        } else if (lower.equals("sqrt")) {
            lexer.add(Kind.COMMAND, "sqrt");
        } else if (Units.isPercent(lower)) {
            lexer.add(Kind.SYMBOL, "%");
        } else if (Units.isDegree(lower)) {
            lexer.add(Kind.SYMBOL, "\u00B0");
        } else if (name != null) {
            lexer.add(Kind.NAME, name);
        } else if (Commands.isFunction(run)) {
            lexer.add(Kind.FUNCTION, run);
        } else {
            parts(lexer);
        }
    }

    private void parts(Lexer lexer) {
        for (String prefix : PREFIXES) {
            if (run.startsWith(prefix) && run.length() <= prefix.length() + 1) {
                lexer.add(Kind.FUNCTION, prefix);
                lexer.add(Kind.NAME, run.substring(prefix.length()));
                return;
            }
        }
        String conjunction = run.startsWith("and") ? "and" : run.startsWith("or") ? "or" : "";
        if (!conjunction.isEmpty() && !spaced && afterValue() && run.length() == conjunction.length() + 1) {
            lexer.add(Kind.SEPARATOR, conjunction);
            lexer.add(Kind.NAME, run.substring(conjunction.length()));
        } else if (splits()) {
            run.chars().forEach(c -> lexer.add(Kind.NAME, String.valueOf((char) c)));
        } else {
            lexer.add(Kind.WORD, run);
        }
    }

    private boolean splits() {
        if (isUnit(run.toLowerCase(Locale.ROOT))) {
            return false;
        }
        boolean capitals = run.chars().allMatch(Character::isUpperCase);
        boolean glued = !spaced && afterValue();
        boolean operated = "+-*/^=<>_".indexOf(next) >= 0 || (!before.isEmpty() && afterOperator());
        boolean word = !glued && !operated && !capitals && SMALL_WORDS.contains(run.toLowerCase(Locale.ROOT));
        return (run.length() == 2 && !word)
                || (capitals && run.length() <= 4)
                || (run.length() <= 4 && glued)
                || (run.length() == 3 && operated);
    }

    /** A single letter is a unit only where a space sets it off from a number; "5m" may be a product. */
    private boolean isUnit(String lower) {
        boolean number = !before.isEmpty() && last().kind() == Kind.NUMBER;
        return number && (run.length() > 1 ? Units.known(lower) : spaced && Units.known(lower) && next == ' ');
    }

    private boolean afterWord() {
        return spaced && !before.isEmpty() && last().kind() == Kind.WORD;
    }

    private boolean afterValue() {
        if (before.isEmpty()) {
            return false;
        }
        Token last = last();
        return last.kind() == Kind.NUMBER
                || last.kind() == Kind.NAME
                || last.is(")")
                || last.is("}")
                || last.is("\\}")
                || last.is("]");
    }

    private boolean afterOperator() {
        return last().kind() == Kind.SYMBOL && "+-*/^=<>(".contains(last().text());
    }

    private Token last() {
        return before.get(before.size() - 1);
    }
}
