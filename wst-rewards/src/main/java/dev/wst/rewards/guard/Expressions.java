package dev.wst.rewards.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The numbers and arithmetic expressions of a text: digits and words, {@code 17+1}, "nine times two", "half of 36", "the sum
 * of 17 and 1", "one more than 17". An expression is taken whole; its parts are not mentioned again.
 */
final class Expressions {
    private static final Map<String, Character> SUMS =
            Map.of("+", '+', "-", '-', "plus", '+', "minus", '-', "less", '-');
    private static final Map<String, Character> PRODUCTS =
            Map.of("*", '*', "x", '*', "/", '/', "times", '*', "multiplied", '*', "divided", '/', "over", '/');
    private static final Map<String, Long> MULTIPLIERS =
            Map.of("twice", 2L, "double", 2L, "triple", 3L, "thrice", 3L, "quadruple", 4L);
    private static final Map<String, Integer> COMPARISONS = Map.of(
            "more than",
            1,
            "greater than",
            1,
            "above",
            1,
            "beyond",
            1,
            "less than",
            -1,
            "fewer than",
            -1,
            "short of",
            -1,
            "shy of",
            -1,
            "below",
            -1,
            "under",
            -1);
    private static final Map<String, Integer> NEIGHBOURS =
            Map.of("after", 1, "follows", 1, "following", 1, "before", -1, "precedes", -1, "preceding", -1);
    private static final Map<String, Quantity> SHARES = Map.of(
            "doubled",
            Quantity.of(2),
            "tripled",
            Quantity.of(3),
            "halved",
            Quantity.of(1).dividedBy(Quantity.of(2)));
    private static final Set<String> ASIDES = Set.of("the", "a", "of", "and", "by");

    private final List<Token> tokens;
    private final Set<Quantity> operands = new HashSet<>();
    private int at;
    private int operations;
    private boolean words;
    private boolean ordinal;

    private Expressions(List<Token> tokens) {
        this.tokens = tokens;
    }

    static List<Mention> in(String text) {
        Expressions parser = new Expressions(Token.of(text));
        List<Mention> mentions = new ArrayList<>();
        while (parser.at < parser.tokens.size()) {
            int start = parser.at;
            Optional<Mention> mention = parser.next();
            mention.ifPresent(mentions::add);
            if (mention.isEmpty() || parser.at == start) {
                parser.at = start + 1;
            }
        }
        return mentions;
    }

    private Optional<Mention> next() {
        int start = at;
        operations = 0;
        operands.clear();
        words = false;
        ordinal = false;
        try {
            return sum(0).map(value -> new Mention(
                    value, tokens.get(start).start(), tokens.get(at - 1).end(), kind(), List.copyOf(operands)));
        } catch (ArithmeticException beyondBounds) {
            at = Math.max(at, start + 1);
            return Optional.empty();
        }
    }

    private Mention.Kind kind() {
        if (operations > 0) {
            return Mention.Kind.ARITHMETIC;
        }
        return ordinal ? Mention.Kind.ORDINAL : words ? Mention.Kind.WORDS : Mention.Kind.DIGITS;
    }

    private Optional<Quantity> sum(int depth) {
        Optional<Quantity> left = product(depth);
        while (left.isPresent() && !ordinal && SUMS.containsKey(word(at))) {
            int mark = at;
            char sign = SUMS.getOrDefault(word(at++), '+');
            Optional<Quantity> right = product(depth);
            if (right.isEmpty() || ordinal) {
                at = mark;
                ordinal = false;
                break;
            }
            Quantity a = left.get();
            left = right.map(b -> sign == '+' ? a.plus(b) : a.minus(b));
            operations++;
        }
        return left;
    }

    private Optional<Quantity> product(int depth) {
        Optional<Quantity> left = power(depth);
        while (left.isPresent() && !ordinal && PRODUCTS.containsKey(word(at))) {
            int mark = at;
            char sign = PRODUCTS.getOrDefault(word(at++), '*');
            if (word(at).equals("by")) {
                at++;
            }
            Optional<Quantity> right = power(depth);
            if (right.isEmpty() || ordinal) {
                at = mark;
                ordinal = false;
                break;
            }
            Quantity a = left.get();
            left = right.map(b -> sign == '*' ? a.times(b) : a.dividedBy(b));
            operations++;
        }
        return left;
    }

    private Optional<Quantity> power(int depth) {
        Optional<Quantity> base = phrase(depth);
        if (base.isEmpty() || ordinal) {
            return base;
        }
        Quantity share = SHARES.get(word(at));
        if (share != null) {
            at++;
            operations++;
            return base.map(share::times);
        }
        long exponent = word(at).equals("squared") ? 2 : word(at).equals("cubed") ? 3 : 0;
        if (exponent > 0) {
            at++;
            operations++;
            return base.map(b -> b.power(Quantity.of(exponent)));
        }
        if (word(at).equals("^")) {
            int mark = at++;
            Optional<Quantity> right = phrase(depth);
            if (right.isPresent()) {
                operations++;
                return base.map(b -> b.power(right.get()));
            }
            at = mark;
        }
        return base;
    }

    /** A number, a bracket, or a phrase around one. */
    private Optional<Quantity> phrase(int depth) {
        if (depth > 8) {
            return Optional.empty();
        }
        int mark = at;
        Optional<Quantity> found = word(at).equals("(") ? bracket(depth) : named(depth);
        if (found.isEmpty()) {
            at = mark;
            found = number();
        }
        if (found.isEmpty()) {
            at = mark;
            return found;
        }
        return compared(found.get(), depth);
    }

    private Optional<Quantity> bracket(int depth) {
        at++;
        Optional<Quantity> inner = sum(depth + 1);
        return inner.isPresent() && word(at++).equals(")") ? inner : Optional.empty();
    }

    /** "twice 9", "sum of 17 and 1", "square root of 81", "between 17 and 19", "number after 17". */
    private Optional<Quantity> named(int depth) {
        Long factor = MULTIPLIERS.get(word(at));
        if (factor != null) {
            at++;
            return operand(depth).map(value -> value.times(Quantity.of(factor)));
        }
        String name = word(at);
        boolean root = name.equals("square")
                && word(at + 1).equals("root")
                && word(at + 2).equals("of");
        if (root || name.equals("sqrt") || name.equals("\u221a")) {
            at += root ? 3 : 1;
            return operand(depth).flatMap(Quantity::root);
        }
        if (name.equals("between")) {
            return middle(depth);
        }
        if (name.equals("number") || name.equals("digit") || name.equals("integer")) {
            return neighbour(depth);
        }
        if (word(at + 1).equals("of") && name.equals("square")) {
            at += 2;
            return operand(depth).map(value -> value.times(value));
        }
        boolean pair = Set.of("sum", "product", "difference", "quotient").contains(name)
                && (word(at + 1).equals("of") || word(at + 1).equals("between"));
        return pair ? pair(name, depth) : Optional.empty();
    }

    /** "the number between 17 and 19". */
    private Optional<Quantity> middle(int depth) {
        at++;
        Optional<Quantity> low = operand(depth);
        if (low.isEmpty() || !word(at++).equals("and")) {
            return Optional.empty();
        }
        return operand(depth)
                .filter(high -> high.equals(low.get().plus(Quantity.of(2))))
                .map(high -> high.minus(Quantity.of(1)));
    }

    /** "the number after 17", "the digit that follows six". */
    private Optional<Quantity> neighbour(int depth) {
        at += word(at + 1).equals("that") ? 2 : 1;
        Integer side = NEIGHBOURS.get(word(at));
        if (side == null) {
            return Optional.empty();
        }
        at++;
        return operand(depth).map(value -> value.plus(Quantity.of(side)));
    }

    private Optional<Quantity> pair(String name, int depth) {
        at += 2;
        Optional<Quantity> first = operand(depth);
        if (first.isEmpty() || !word(at).equals("and")) {
            return Optional.empty();
        }
        at++;
        Quantity a = first.get();
        return operand(depth).map(b -> switch (name) {
            case "sum" -> a.plus(b);
            case "product" -> a.times(b);
            case "difference" -> a.minus(b);
            default -> a.dividedBy(b);
        });
    }

    /** "1 more than 17", "2 short of 20", "half of 36", "50% of 36", "six threes". */
    private Optional<Quantity> compared(Quantity value, int depth) {
        int mark = at;
        boolean percent = word(at).equals("%") || word(at).equals("percent");
        int skip = percent ? 1 : 0;
        if ((percent || !value.isWhole()) && word(at + skip).equals("of")) {
            at += skip + 1;
            Quantity share = percent ? value.dividedBy(Quantity.of(100)) : value;
            Optional<Quantity> whole = operand(depth);
            if (whole.isPresent()) {
                return whole.map(share::times);
            }
        }
        Integer side = COMPARISONS.get(word(mark) + " " + word(mark + 1));
        int length = side == null ? 1 : 2;
        if (side == null) {
            side = COMPARISONS.get(word(mark));
        }
        if (side != null) {
            at = mark + length;
            Quantity difference = value.times(Quantity.of(side));
            Optional<Quantity> base = operand(depth);
            if (base.isPresent()) {
                return base.map(difference::plus);
            }
        }
        Optional<Quantity> each = NumberWords.plural(word(mark));
        if (each.isPresent()) {
            at = mark + 1;
            operations++;
            operands.add(each.get());
            return each.map(value::times);
        }
        at = mark;
        return Optional.of(value);
    }

    private Optional<Quantity> operand(int depth) {
        while (ASIDES.contains(word(at)) && NumberWords.at(tokens, at).isEmpty()) {
            at++;
        }
        Optional<Quantity> found = phrase(depth + 1);
        found.ifPresent(value -> operations++);
        return found;
    }

    private Optional<Quantity> number() {
        int skip = word(at).equals("$") ? 1 : 0;
        Optional<NumberWords.Parsed> parsed = NumberWords.at(tokens, at + skip);
        parsed.ifPresent(number -> {
            at += skip + number.length();
            words |= number.words();
            ordinal |= number.ordinal();
            operands.add(number.value());
        });
        return parsed.map(NumberWords.Parsed::value);
    }

    private String word(int index) {
        return index < tokens.size() ? tokens.get(index).text() : "";
    }
}
