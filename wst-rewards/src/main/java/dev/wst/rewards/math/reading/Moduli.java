package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Call;
import dev.wst.rewards.math.algebra.Node.Chain;
import dev.wst.rewards.math.algebra.Node.Product;
import dev.wst.rewards.math.algebra.Node.Residue;
import dev.wst.rewards.math.algebra.Node.Several;
import dev.wst.rewards.math.algebra.Node.Sum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Reads remainders and congruences, "a mod b" and "(mod m)". Between two values, "a mod b" is the rest a - b floor(a/b),
 * which is never negative for a positive b. Where it stands in a sum, behind a sign or before another factor without
 * brackets, books differ on what it applies to, and no verdict is given. Behind a value, "(mod m)" makes of it the class of
 * all numbers with the same rest, as does "mod m" behind a sign of congruence.
 */
final class Moduli {
    private final Cursor cursor;
    private final Supplier<Node> side;
    private int rests;
    private Optional<Rest> last = Optional.empty();

    /** A rest that was written without brackets. */
    private record Rest(Node node, Node value, Node modulus) {}

    /** @param side reads a modulus in brackets */
    Moduli(Cursor cursor, Supplier<Node> side) {
        this.cursor = cursor;
        this.side = side;
    }

    /** Begins a sum; to be handed to {@link #end}. */
    int begin() {
        int outside = rests;
        rests = 0;
        return outside;
    }

    /** @param joined whether the sum has more than a term without a sign */
    void end(int outside, boolean joined) {
        if (rests > 0 && joined) {
            throw ambiguous();
        }
        rests = outside;
    }

    /** The rest of a value by the modulus that was just read. */
    Node rest(Node value, Node modulus, Predicate<Lexeme> startsFactor) {
        Lexeme next = cursor.peek();
        if (next.is("*") || next.is("/") || next.is("mod") || startsFactor.test(next)) {
            throw ambiguous();
        }
        rests++;
        Node quotient = new Product(List.of(value, Node.inverse(modulus)));
        Node whole = new Call("floor", List.of(quotient));
        Node node = new Sum(List.of(value, Node.negated(new Product(List.of(modulus, whole)))));
        last = Optional.of(new Rest(node, value, modulus));
        return node;
    }

    private static RuntimeException ambiguous() {
        return new Budget.NotCarriedOut("a rest of a division that may be that of more or of less");
    }

    /** What stands behind a sign of congruence: "1 mod 3" is a class there. */
    Node ofCongruence(Node node) {
        return last.filter(rest -> rest.node() == node)
                .map(rest -> (Node) new Residue(rest.value(), rest.modulus()))
                .orElse(node);
    }

    /** The modulus that stands here behind a value, if any. */
    Optional<Node> read() {
        if (cursor.peek().isCommand("pmod")) {
            cursor.next();
            boolean group = cursor.accept("{");
            Node modulus = side.get();
            if (group) {
                cursor.expect("}");
            }
            return Optional.of(modulus);
        }
        if (!cursor.peek().is("(") || !cursor.peek(1).is("mod")) {
            return Optional.empty();
        }
        cursor.next();
        cursor.next();
        Node modulus = side.get();
        cursor.expect(")");
        return Optional.of(modulus);
    }

    /** In "x = 1, 2 (mod 5)" the modulus belongs to all. */
    static List<Node> shared(List<Node> items) {
        if (!(items.get(items.size() - 1) instanceof Residue residue)) {
            return List.copyOf(items);
        }
        List<Node> shared = new ArrayList<>();
        for (Node item : items) {
            if (item instanceof Chain chain && !(last(chain) instanceof Residue)) {
                List<Node> sides = new ArrayList<>(chain.sides());
                sides.set(sides.size() - 1, new Residue(last(chain), residue.modulus()));
                shared.add(new Chain(List.copyOf(sides), chain.relations()));
            } else {
                boolean bare = !(item instanceof Residue) && !(item instanceof Chain) && !(item instanceof Several);
                shared.add(bare ? new Residue(item, residue.modulus()) : item);
            }
        }
        return List.copyOf(shared);
    }

    private static Node last(Chain chain) {
        return chain.sides().get(chain.sides().size() - 1);
    }
}
