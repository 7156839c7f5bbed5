package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Braced;
import dev.wst.rewards.math.algebra.Node.Bracketed;
import dev.wst.rewards.math.algebra.Node.Call;
import dev.wst.rewards.math.algebra.Node.Chain;
import dev.wst.rewards.math.algebra.Node.Matrix;
import dev.wst.rewards.math.algebra.Node.Name;
import dev.wst.rewards.math.algebra.Node.Product;
import dev.wst.rewards.math.algebra.Node.Relation;
import dev.wst.rewards.math.algebra.Node.SetOperation;
import dev.wst.rewards.math.algebra.Node.Several;
import dev.wst.rewards.math.algebra.Trees;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;

/** Brings trees that differ only in how a structure is written to the same tree. */
final class Shapes {
    private Shapes() {}

    /** Unions and differences of finite sets are carried out. */
    static Node simplified(Node node) {
        if (node instanceof SetOperation operation && operation.sets().stream().allMatch(Shapes::isFinite)) {
            return new Braced(carriedOut(operation));
        }
        return node;
    }

    /** Whether an answer is one number, perhaps with a name or a unit; no list, set, point or words, and no variable in it. */
    static boolean isPlainValue(Node node) {
        Node value = Heads.assignment(node).map(Heads.Assignment::value).orElse(node);
        boolean structured = Trees.any(
                value,
                part -> part instanceof Node.Several
                        || part instanceof Braced
                        || part instanceof Bracketed
                        || part instanceof Matrix
                        || part instanceof Chain
                        || part instanceof Node.PlusMinus
                        || part instanceof SetOperation
                        || part instanceof Node.Words);
        return !structured && !Trees.hasNames(value);
    }

    private static boolean isFinite(Node node) {
        return node instanceof Braced || node instanceof Several;
    }

    private static List<Node> carriedOut(SetOperation operation) {
        LinkedHashSet<Node> items = new LinkedHashSet<>(members(operation.sets().get(0)));
        for (Node set : operation.sets().subList(1, operation.sets().size())) {
            switch (operation.operation()) {
                case '\u222A' -> items.addAll(members(set));
                case '\u2229' -> items.retainAll(members(set));
                default -> members(set).forEach(items::remove);
            }
        }
        return List.copyOf(items);
    }

    /** The members of a set; a single value is a set of one. */
    static List<Node> members(Node node) {
        if (node instanceof Braced braced) {
            return Items.of(new Several(braced.items()));
        }
        return node instanceof Several several ? several.items() : List.of(node);
    }

    /** The coordinates of P(1, 2), a point with its name; any other node as it is. */
    static Node point(Node node) {
        if (node instanceof Call call
                && isCapital(call.function())
                && call.arguments().size() > 1) {
            return new Bracketed('(', call.arguments(), ')');
        }
        boolean labelled = node instanceof Product product
                && product.factors().size() == 2
                && product.factors().get(0) instanceof Name name
                && isCapital(name.name());
        return labelled && ((Product) node).factors().get(1) instanceof Bracketed place && place.open() == '('
                ? place
                : node;
    }

    private static boolean isCapital(String name) {
        return name.length() == 1 && Character.isUpperCase(name.charAt(0));
    }

    /** (p, q) = (1, 2) becomes p = 1, q = 2, and x in {1, 2} becomes x = 1, x = 2, beside an answer that names its values. */
    static Node expanded(Node node, Node other) {
        boolean named =
                other instanceof Several several && several.items().stream().allMatch(Chain.class::isInstance);
        if (!named || !(node instanceof Chain chain)) {
            return node;
        }
        if (chain.relations().equals(List.of(Relation.IN))
                && chain.sides().get(0) instanceof Name
                && chain.sides().get(1) instanceof Braced set) {
            return new Several(equations(
                    Collections.nCopies(set.items().size(), chain.sides().get(0)), set.items()));
        }
        if (chain.sides().size() != 2
                || !(chain.sides().get(0) instanceof Bracketed heads)
                || !(chain.sides().get(1) instanceof Bracketed values)
                || heads.items().size() != values.items().size()) {
            return node;
        }
        return new Several(equations(heads.items(), values.items()));
    }

    private static List<Node> equations(List<Node> heads, List<Node> values) {
        List<Node> equations = new ArrayList<>();
        for (int i = 0; i < heads.size(); i++) {
            equations.add(new Chain(List.of(heads.get(i), values.get(i)), List.of(Relation.EQUAL)));
        }
        return equations;
    }
}
