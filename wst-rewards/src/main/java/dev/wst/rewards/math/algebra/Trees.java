package dev.wst.rewards.math.algebra;

import dev.wst.rewards.math.algebra.Node.Braced;
import dev.wst.rewards.math.algebra.Node.Bracketed;
import dev.wst.rewards.math.algebra.Node.Call;
import dev.wst.rewards.math.algebra.Node.Chain;
import dev.wst.rewards.math.algebra.Node.Degrees;
import dev.wst.rewards.math.algebra.Node.Matrix;
import dev.wst.rewards.math.algebra.Node.Name;
import dev.wst.rewards.math.algebra.Node.Percent;
import dev.wst.rewards.math.algebra.Node.PlusMinus;
import dev.wst.rewards.math.algebra.Node.Power;
import dev.wst.rewards.math.algebra.Node.Product;
import dev.wst.rewards.math.algebra.Node.Quantity;
import dev.wst.rewards.math.algebra.Node.Residue;
import dev.wst.rewards.math.algebra.Node.SetOperation;
import dev.wst.rewards.math.algebra.Node.Several;
import dev.wst.rewards.math.algebra.Node.Sum;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Walks over trees. */
public final class Trees {
    private static final Set<String> OF_WHOLE_NUMBERS = Set.of("factorial", "binomial", "gcd", "lcm");

    private Trees() {}

    public static List<Node> children(Node node) {
        if (node instanceof Sum sum) {
            return sum.terms();
        }
        if (node instanceof Product product) {
            return product.factors();
        }
        if (node instanceof Power power) {
            return List.of(power.base(), power.exponent());
        }
        if (node instanceof Call call) {
            return call.arguments();
        }
        if (node instanceof PlusMinus plusMinus) {
            return List.of(plusMinus.term());
        }
        if (node instanceof Percent percent) {
            return List.of(percent.value());
        }
        if (node instanceof Degrees degrees) {
            return List.of(degrees.value());
        }
        return structureChildren(node);
    }

    private static List<Node> structureChildren(Node node) {
        if (node instanceof Quantity quantity) {
            return List.of(quantity.value());
        }
        if (node instanceof Several several) {
            return several.items();
        }
        if (node instanceof Braced braced) {
            return braced.items();
        }
        if (node instanceof Bracketed bracketed) {
            return bracketed.items();
        }
        if (node instanceof Matrix matrix) {
            return matrix.rows().stream().flatMap(List::stream).toList();
        }
        if (node instanceof Chain chain) {
            return chain.sides();
        }
        if (node instanceof Residue residue) {
            return List.of(residue.value(), residue.modulus());
        }
        return node instanceof SetOperation operation ? operation.sets() : List.of();
    }

    /** How many nodes a tree has. */
    public static long size(Node node) {
        long size = 1;
        for (Node child : children(node)) {
            size += size(child);
        }
        return size;
    }

    public static boolean any(Node node, Predicate<Node> condition) {
        if (condition.test(node)) {
            return true;
        }
        for (Node child : children(node)) {
            if (any(child, condition)) {
                return true;
            }
        }
        return false;
    }

    /** The names in a tree, in alphabetical order. */
    public static Set<String> names(Node node) {
        Set<String> names = new TreeSet<>();
        any(node, part -> {
            if (part instanceof Name name) {
                names.add(name.name());
            }
            return false;
        });
        return names;
    }

    public static boolean hasNames(Node node) {
        return any(node, part -> part instanceof Name || isFunctionOfAName(part));
    }

    /** f(2) is unknown even where no variable is left in it. */
    public static boolean isFunctionOfAName(Node node) {
        return node instanceof Call call
                && (call.function().length() == 1
                        || "_'".indexOf(call.function().charAt(1)) >= 0);
    }

    /** Whether its variables can only be whole numbers. */
    public static boolean countsOnly(Node node) {
        return any(node, part -> part instanceof Call call && OF_WHOLE_NUMBERS.contains(call.function()));
    }

    /** The tree with every part replaced for which the change gives another; from the leaves up. */
    public static Node mapped(Node node, UnaryOperator<Node> change) {
        UnaryOperator<Node> inside = child -> mapped(child, change);
        Node changed = node;
        if (node instanceof Sum sum) {
            changed = new Sum(all(sum.terms(), inside));
        } else if (node instanceof Product product) {
            changed = new Product(all(product.factors(), inside));
        } else if (node instanceof Power power) {
            changed = new Power(inside.apply(power.base()), inside.apply(power.exponent()));
        } else if (node instanceof Call call) {
            changed = new Call(call.function(), all(call.arguments(), inside));
        } else if (node instanceof PlusMinus plusMinus) {
            changed = new PlusMinus(inside.apply(plusMinus.term()), plusMinus.upper());
        } else if (node instanceof Percent percent) {
            changed = new Percent(inside.apply(percent.value()));
        } else if (node instanceof Degrees degrees) {
            changed = new Degrees(inside.apply(degrees.value()));
        } else if (node instanceof Quantity quantity) {
            changed = new Quantity(inside.apply(quantity.value()), quantity.unit());
        } else {
            changed = mappedStructure(node, inside);
        }
        return change.apply(changed);
    }

    private static Node mappedStructure(Node node, UnaryOperator<Node> inside) {
        if (node instanceof Several several) {
            return new Several(all(several.items(), inside));
        }
        if (node instanceof Braced braced) {
            return new Braced(all(braced.items(), inside));
        }
        if (node instanceof Bracketed bracketed) {
            return new Bracketed(bracketed.open(), all(bracketed.items(), inside), bracketed.close());
        }
        if (node instanceof Matrix matrix) {
            return new Matrix(
                    matrix.rows().stream().map(row -> all(row, inside)).toList(), matrix.determinant());
        }
        if (node instanceof Chain chain) {
            return new Chain(all(chain.sides(), inside), chain.relations());
        }
        if (node instanceof Residue residue) {
            return new Residue(inside.apply(residue.value()), inside.apply(residue.modulus()));
        }
        if (node instanceof SetOperation operation) {
            return new SetOperation(operation.operation(), all(operation.sets(), inside));
        }
        return node;
    }

    private static List<Node> all(List<Node> nodes, UnaryOperator<Node> change) {
        return nodes.stream().map(change).toList();
    }
}
