package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Bracketed;
import dev.wst.rewards.math.algebra.Node.Call;
import dev.wst.rewards.math.algebra.Node.Chain;
import dev.wst.rewards.math.algebra.Node.Constant;
import dev.wst.rewards.math.algebra.Node.Name;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Node.Power;
import dev.wst.rewards.math.algebra.Node.Product;
import dev.wst.rewards.math.algebra.Node.Relation;
import dev.wst.rewards.math.algebra.Trees;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells equations that only name a value, as "x = 5" or "A:B = 1", from equations that are the answer. */
final class Heads {
    /**
     * A value and what it is called.
     *
     * @param head the name; empty if the left side is a calculation, as in "1 + 1 = 2"
     */
    record Assignment(Optional<Node> head, Node value) {}

    /** Functions whose value problems ask for: "sin A = 3/5" names what is found. */
    private static final Set<String> NAMING = Set.of("abs", "sin", "cos");

    private Heads() {}

    /** The named value in a chain of equations; empty if the tree is anything else. */
    static Optional<Assignment> assignment(Node node) {
        if (!(node instanceof Chain chain) || !equationsOnly(chain)) {
            return Optional.empty();
        }
        List<Node> sides = exactSides(chain);
        Node first = sides.get(0);
        Node last = sides.get(sides.size() - 1);
        if (sides.size() == 1) {
            return Optional.of(new Assignment(Optional.empty(), first));
        }
        if (isName(first) && !(isVariable(last) && !isVariable(first))) {
            return Optional.of(new Assignment(Optional.of(first), last));
        }
        if (isName(last)) {
            return Optional.of(new Assignment(Optional.of(last), first));
        }
        if (!Trees.hasNames(first) || (sides.size() > 2 && !Trees.hasNames(last))) {
            return Optional.of(new Assignment(Optional.empty(), last));
        }
        return Optional.empty();
    }

    private static boolean equationsOnly(Chain chain) {
        return chain.relations().stream().allMatch(r -> r == Relation.EQUAL || r == Relation.APPROXIMATE);
    }

    /** The sides before the first "approximately", unless only a name stands there. */
    private static List<Node> exactSides(Chain chain) {
        int cut = chain.relations().indexOf(Relation.APPROXIMATE);
        if (cut < 0 || (cut == 0 && isName(chain.sides().get(0)))) {
            return chain.sides();
        }
        return chain.sides().subList(0, cut + 1);
    }

    /** A single name or function value, which stands for any number. */
    static boolean isVariable(Node node) {
        return node instanceof Name || Trees.isFunctionOfAName(node);
    }

    /** A name, a function value, a product or ratio of names such as AB or A:B (but not xy), or a tuple of names. */
    static boolean isName(Node node) {
        if (node instanceof Name || node == Constant.E || node == Constant.I || Trees.isFunctionOfAName(node)) {
            return true;
        }
        if (node instanceof Product product) {
            return product.factors().stream().allMatch(Heads::isNameOrInverse)
                    && product.factors().stream().anyMatch(Heads::isNoVariable);
        }
        if (node instanceof Bracketed bracketed) {
            return bracketed.items().stream().allMatch(Heads::isName);
        }
        return node instanceof Call call
                && NAMING.contains(call.function())
                && isName(call.arguments().get(0));
    }

    /** xy = 6 is an equation, but AB = 6, a/b = 6 and an angle of so much are not: what tells them apart in a product. */
    private static boolean isNoVariable(Node factor) {
        return !(factor instanceof Name name)
                || name.name().equals("angle")
                || name.name().equals("triangle")
                || Character.isUpperCase(name.name().charAt(0));
    }

    private static boolean isNameOrInverse(Node node) {
        return isName(node)
                || (node instanceof Power power && power.exponent().equals(Numeral.of(-1)) && isName(power.base()));
    }

    /** f(n) = n^2 is f(x) = x^2: the argument of a defined function is renamed to one name. */
    static Assignment renamed(Assignment assignment) {
        if (assignment.head().isPresent()
                && assignment.head().get() instanceof Call call
                && call.arguments().size() == 1
                && call.arguments().get(0) instanceof Name argument) {
            Name bound = new Name("argument");
            Node value = Trees.mapped(assignment.value(), part -> part.equals(argument) ? bound : part);
            return new Assignment(Optional.of(new Call(call.function(), List.of(bound))), value);
        }
        return assignment;
    }
}
