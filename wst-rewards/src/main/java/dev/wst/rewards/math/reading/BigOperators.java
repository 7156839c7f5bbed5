package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.ExactValues;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Name;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Node.Product;
import dev.wst.rewards.math.algebra.Node.Sum;
import dev.wst.rewards.math.algebra.Rational;
import dev.wst.rewards.math.algebra.Trees;
import dev.wst.rewards.math.reading.Cursor.Unreadable;
import dev.wst.rewards.math.reading.Lexeme.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads sums and products over a range of whole numbers, {@linkplain Integrals integrals} and {@linkplain QuotientLimits limits} by
 * carrying them out. No verdict is given on an answer with one that cannot be.
 */
final class BigOperators {
    private static final Set<String> NAMES = Set.of("sum", "prod", "int", "iint", "iiint", "oint", "lim");
    private static final int MOST_WRITTEN = 200;
    private static final int MOST_COMPUTED = 2000;
    private static final int NODES_PER_UNIT = 20;
    private static final int MOST_BITS = 2000;

    private final Cursor cursor;
    private final ScalarParser scalars;
    private final AtomParser atoms;

    BigOperators(Cursor cursor, ScalarParser scalars, AtomParser atoms) {
        this.cursor = cursor;
        this.scalars = scalars;
        this.atoms = atoms;
    }

    static boolean isOne(String name) {
        return NAMES.contains(name);
    }

    /** The operator whose name was just read. */
    Node read(String name) {
        try {
            return switch (name) {
                case "int" -> new Integrals(cursor, scalars, atoms).read();
                case "lim" -> new QuotientLimits(cursor, scalars).read();
                case "sum", "prod" -> range(name.equals("sum"));
                default -> throw notCarriedOut();
            };
        } catch (Unreadable strange) {
            throw notCarriedOut();
        }
    }

    private Node range(boolean sum) {
        cursor.expect("_");
        cursor.expect("{");
        Lexeme variable = cursor.next();
        if (variable.kind() != Kind.NAME) {
            throw notCarriedOut();
        }
        cursor.expect("=");
        long first = whole();
        cursor.expect("}");
        cursor.expect("^");
        boolean group = cursor.accept("{");
        long last = whole();
        if (group) {
            cursor.expect("}");
        }
        Node body = scalars.term();
        return carriedOut(sum, named(variable.text()), first, last, body);
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
        Lexeme token = cursor.next();
        if (token.kind() != Kind.NUMBER || !token.text().matches("\\d{1,6}")) {
            throw notCarriedOut();
        }
        long value = Long.parseLong(token.text());
        return minus ? -value : value;
    }

    private Node carriedOut(boolean sum, Node variable, long first, long last, Node body) {
        if (last - first >= MOST_COMPUTED) {
            throw notCarriedOut();
        }
        if (last - first >= MOST_WRITTEN) {
            return computed(sum, variable, first, last, body).orElseThrow(BigOperators::notCarriedOut);
        }
        List<Node> parts = new ArrayList<>(List.of(Numeral.of(sum ? 0 : 1), Numeral.of(sum ? 0 : 1)));
        long cost = 1 + Trees.size(body) / NODES_PER_UNIT;
        for (long value = first; value <= last; value++) {
            cursor.budget().spend(cost);
            parts.add(with(body, variable, Numeral.of(value)));
        }
        return sum ? new Sum(List.copyOf(parts)) : new Product(List.copyOf(parts));
    }

    private static Node with(Node body, Node variable, Node value) {
        return Trees.mapped(body, part -> part.equals(variable) ? value : part);
    }

    /** The value where every part is a number. */
    private Optional<Node> computed(boolean sum, Node variable, long first, long last, Node body) {
        Name index = new Name("index");
        Node named = with(body, variable, index);
        Rational total = sum ? Rational.ZERO : Rational.ONE;
        for (long value = first; value <= last; value++) {
            cursor.budget().spend(1);
            Optional<Rational> part =
                    new ExactValues(Map.of(index.name(), Rational.of(value)), cursor.budget()).of(named);
            if (part.isEmpty() || total.bits() > MOST_BITS) {
                return Optional.empty();
            }
            total = sum ? total.plus(part.get()) : total.times(part.get());
        }
        return Optional.of(Numeral.of(total));
    }

    static RuntimeException notCarriedOut() {
        return new Budget.NotCarriedOut("a sum, product, limit or integral that is not carried out");
    }
}
