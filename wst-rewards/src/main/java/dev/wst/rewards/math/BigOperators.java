package dev.wst.rewards.math;

import dev.wst.rewards.math.Node.Name;
import dev.wst.rewards.math.Node.Numeral;
import dev.wst.rewards.math.Node.Product;
import dev.wst.rewards.math.Node.Sum;
import dev.wst.rewards.math.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Reads sums and products over a range of whole numbers by writing them out. Those without such a range, limits and
 * integrals are not computed, and no verdict is given on an answer that has them.
 */
final class BigOperators {
    private static final Pattern WRITTEN =
            Pattern.compile("\\\\(?:sum|prod|int|iint|oint|lim)(?![a-zA-Z])|[\u2211\u220F\u222B]");
    private static final int MOST_TERMS = 200;

    private final Cursor cursor;
    private final Supplier<Node> term;

    /** @param term reads what the operator applies to */
    BigOperators(Cursor cursor, Supplier<Node> term) {
        this.cursor = cursor;
        this.term = term;
    }

    /** Whether one stands in a text. */
    static boolean in(String text) {
        return WRITTEN.matcher(text).find();
    }

    static boolean isOne(String name) {
        return name.equals("sum") || name.equals("prod") || name.equals("int") || name.equals("lim");
    }

    /** The operator whose name was just read. */
    Node read(String name) {
        boolean ranges = name.equals("sum") || name.equals("prod");
        if (!ranges || !cursor.accept("_") || !cursor.accept("{")) {
            throw notComputed();
        }
        Token variable = cursor.next();
        if (variable.kind() != Kind.NAME || !cursor.accept("=")) {
            throw notComputed();
        }
        long first = whole();
        cursor.expect("}");
        if (!cursor.accept("^")) {
            throw notComputed();
        }
        boolean group = cursor.accept("{");
        long last = whole();
        if (group && !cursor.accept("}")) {
            throw notComputed();
        }
        Node body = term.get();
        return writtenOut(name.equals("sum"), named(variable.text()), first, last, body);
    }

    /** The index i is no imaginary unit. */
    private static Node named(String variable) {
        return switch (variable) {
            case "i" -> Node.Constant.I;
            case "e" -> Node.Constant.E;
            default -> new Name(variable);
        };
    }

    private long whole() {
        boolean minus = cursor.accept("-");
        Token token = cursor.next();
        if (token.kind() != Kind.NUMBER || !token.text().matches("\\d{1,6}")) {
            throw notComputed();
        }
        long value = Long.parseLong(token.text());
        return minus ? -value : value;
    }

    private Node writtenOut(boolean sum, Node variable, long first, long last, Node body) {
        if (last - first >= MOST_TERMS) {
            throw notComputed();
        }
        List<Node> parts = new ArrayList<>(List.of(Numeral.of(sum ? 0 : 1), Numeral.of(sum ? 0 : 1)));
        for (long value = first; value <= last; value++) {
            cursor.budget().spend(1);
            Numeral here = Numeral.of(value);
            parts.add(Trees.mapped(body, part -> part.equals(variable) ? here : part));
        }
        return sum ? new Sum(List.copyOf(parts)) : new Product(List.copyOf(parts));
    }

    private static RuntimeException notComputed() {
        return new Budget.Exhausted("a sum, product, limit or integral that is not computed");
    }
}
