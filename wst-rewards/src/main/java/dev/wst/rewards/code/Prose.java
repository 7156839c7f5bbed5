package dev.wst.rewards.code;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells what a person wrote to a person from Python, by Python's grammar alone: prose is a statement at the margin that no
 * program can hold.
 */
final class Prose {
    /** The grammar's own words, and those that are such at the head of a statement. */
    private static final Set<String> KEYWORDS = Set.of("""
            False None True and as assert async await break class continue def del elif else except finally for from global
            if import in is lambda nonlocal not or pass raise return try while with yield match case type""".split("\\s+"));

    private static final Set<String> BLOCKS =
            Set.of("async class def elif else except finally for if match case try while with".split(" "));

    private static final Pattern TOKEN =
            Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*|\\d[\\d_]*\\.?[\\d_]*|\"|\\S");
    private static final Pattern OPERAND = Pattern.compile("[\\p{L}_\\d\"].*");
    /** Characters that mean nothing to Python: those of no name, and of what it has in ASCII but three. */
    private static final Pattern FOREIGN = Pattern.compile("[?$`]|!(?!=)|[^\\x00-\\x7f\\p{L}\\p{M}\\p{N}\\p{Pc}]");

    private static final Pattern CANNOT_BEGIN = Pattern.compile("^(?:[><=/%|&^,;)}\\]:]|\\*\\*|\\.(?!\\.\\.|\\d))");
    private static final Pattern NO_OPERAND = Pattern.compile("^(?!\\.\\.\\.\\s*$)[^\\p{L}\\p{N}_\"(\\[{]+$");

    private Prose() {}

    /** Whether a line is prose. */
    static boolean is(PythonLine line) {
        return line.begins()
                && !line.bare().isBlank()
                && line.indent() == 0
                && (line.broken()
                        || FOREIGN.matcher(line.bare()).find()
                        || CANNOT_BEGIN.matcher(line.bare()).find()
                        || NO_OPERAND.matcher(line.bare()).find()
                        || (line.ends() && stops(line.bare().strip()))
                        || (line.ends() && announces(line.bare()))
                        || hasNeighbours(line.bare()));
    }

    /** A full stop at the end that belongs to no number and is no part of three. */
    private static boolean stops(String bare) {
        if (!bare.endsWith(".")) {
            return false;
        }
        int word = bare.length() - 1;
        while (word > 0 && Character.isUnicodeIdentifierPart(bare.charAt(word - 1))) {
            word--;
        }
        char first = word < bare.length() - 1 ? bare.charAt(word) : word > 0 ? bare.charAt(word - 1) : '.';
        return first != '.' && !Character.isDigit(first);
    }

    /** A colon at the end that opens no block. */
    private static boolean announces(String bare) {
        Matcher first = TOKEN.matcher(bare);
        return bare.strip().endsWith(":") && first.find() && !BLOCKS.contains(first.group());
    }

    /** Two operands with nothing but space between them. */
    private static boolean hasNeighbours(String bare) {
        String before = "";
        int end = 0;
        for (MatchResult token : TOKEN.matcher(bare).results().toList()) {
            String here = token.group();
            if (token.start() > end && isOperand(before) && isOperand(here) && !(before + here).equals("\"\"")) {
                return true;
            }
            before = here;
            end = token.end();
        }
        return false;
    }

    private static boolean isOperand(String token) {
        return OPERAND.matcher(token).matches() && !KEYWORDS.contains(token);
    }
}
