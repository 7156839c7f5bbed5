package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.reading.Lexeme.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides what letters in a row are: a function, a name, several names multiplied, or a word. */
final class LetterRun {
    /** Two letters in a row are a product, but not these, where they stand among words. */
    private static final Set<String> SMALL_WORDS =
            Set.of("it", "is", "so", "we", "he", "if", "of", "to", "by", "us", "no");

    private static final List<String> PREFIXES = List.of("sin", "cos", "tan", "cot", "sec", "csc", "log", "ln");

    private static final Pattern POWER_OF_TEN =
            Pattern.compile("10\\s*(?:\\^|\\*\\*|[\u2070-\u207B\u00B2\u00B3\u00B9])");
    private static final Pattern AREA_OR_VOLUME = Pattern.compile("\\^\\{?[23]}?\\s*|[\u00B2\u00B3]\\s*");
    private static final Pattern WORD = Pattern.compile("[a-zA-Z]+");

    private final String run;
    private final List<Lexeme> before;
    private final boolean spaced;
    private final String following;
    private final char next;

    /**
     * @param before the tokens so far
     * @param spaced whether a space stands before the run
     * @param following the first characters after the run from one that is no space on, at least one
     */
    LetterRun(String run, List<Lexeme> before, boolean spaced, String following) {
        this.run = run;
        this.before = before;
        this.spaced = spaced;
        this.following = following;
        this.next = following.charAt(0);
    }

    void addTo(Lexer lexer) {
        String lower = run.toLowerCase(Locale.ROOT);
        String name = Commands.word(run);
        if (afterWord() && !lower.equals("and") && !lower.equals("or")) {
            lexer.add(Kind.WORD, run);
        } else if (isTimes(lower)) {
            lexer.add(Kind.SYMBOL, "*");
        } else if (run.length() == 1) {
            lexer.add(isUnit(lower) ? Kind.WORD : Kind.NAME, run);
        } else if (spaced && next != '(' && isUnit(lower)) {
            lexer.add(Kind.WORD, run);
        } else if (lower.equals("and") || lower.equals("or")) {
            lexer.add(Kind.SEPARATOR, lower);
        } else if (lower.equals("mod") || lower.equals("modulo")) {
            lexer.add(Kind.SYMBOL, "mod");
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

    /** The x of "1.5 x 10^3". */
    private boolean isTimes(String lower) {
        return lower.equals("x")
                && !before.isEmpty()
                && last().kind() == Kind.NUMBER
                && POWER_OF_TEN.matcher(following).lookingAt();
    }

    /** A single letter is a unit only where a space sets it off from a number; "5m" may be a product. */
    private boolean isUnit(String lower) {
        if (before.isEmpty() || !Units.known(lower)) {
            return false;
        }
        if (last().kind() == Kind.NUMBER) {
            return run.length() > 1 || (spaced && endsUnit(lower));
        }
        Lexeme beforeLast = before.get(Math.max(0, before.size() - 2));
        boolean per = last().is("/") && beforeLast.kind() == Kind.WORD;
        boolean bracketed = last().is("(") && last().spaced() && beforeLast.kind() == Kind.NUMBER && next == ')';
        return per || bracketed;
    }

    /** Whether what follows a single letter lets it be a unit: nothing, the power of an area or volume, or "/s". */
    private boolean endsUnit(String lower) {
        if (next == '/') {
            Matcher per = WORD.matcher(following.substring(1));
            return per.lookingAt() && Units.known(per.group().toLowerCase(Locale.ROOT));
        }
        return next == ' '
                || (lower.equals("m") && AREA_OR_VOLUME.matcher(following).matches());
    }

    private boolean afterWord() {
        return spaced && !before.isEmpty() && last().kind() == Kind.WORD;
    }

    private boolean afterValue() {
        if (before.isEmpty()) {
            return false;
        }
        Lexeme last = last();
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

    private Lexeme last() {
        return before.get(before.size() - 1);
    }
}
