package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Call;
import dev.wst.rewards.math.algebra.Node.Constant;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Node.Power;
import dev.wst.rewards.math.algebra.Node.Product;
import dev.wst.rewards.math.algebra.Node.Sum;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings functions to few: sec is 1/cos, lg is the logarithm to base 10, sin^{-1} is arcsin. */
final class Functions {
    private static final Set<String> INVERTIBLE =
            Set.of("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh");
    private static final Map<String, String> SYNONYMS =
            Map.of("asin", "arcsin", "acos", "arccos", "atan", "arctan", "lg", "log10", "sign", "sgn", "signum", "sgn");

    private Functions() {}

    /** A function as written: {@code \sin^2 x} is the square of the sine. */
    static Node applied(String name, List<Node> arguments, Optional<Node> power) {
        boolean inverse = power.isPresent() && power.get().equals(Numeral.of(-1)) && INVERTIBLE.contains(name);
        if (inverse) {
            return call("arc" + name, arguments);
        }
        Node value = call(name, arguments);
        return power.isPresent() ? new Power(value, power.get()) : value;
    }

    private static Node call(String written, List<Node> arguments) {
        String name = SYNONYMS.getOrDefault(written, written);
        return arguments.size() == 1 ? ofOne(name, arguments) : ofMore(name, arguments);
    }

    private static Node ofOne(String name, List<Node> arguments) {
        Node argument = arguments.get(0);
        return switch (name) {
            case "sec" -> Node.inverse(new Call("cos", arguments));
            case "csc" -> Node.inverse(new Call("sin", arguments));
            case "tan" -> over(new Call("sin", arguments), new Call("cos", arguments));
            case "cot" -> over(new Call("cos", arguments), new Call("sin", arguments));
            case "exp" -> new Power(Constant.E, argument);
            case "log10" -> over(new Call("ln", arguments), new Call("ln", List.of(Numeral.of(10))));
            case "arcsec" -> new Call("arccos", List.of(Node.inverse(argument)));
            case "arccsc" -> new Call("arcsin", List.of(Node.inverse(argument)));
            case "arcsinh" -> new Call("ln", List.of(new Sum(List.of(argument, root(argument, 1)))));
            case "arccosh" -> new Call("ln", List.of(new Sum(List.of(argument, root(argument, -1)))));
            case "arctanh" -> arctanh(argument);
            case "arccot" -> new Call("arctan", List.of(Node.inverse(argument)));
            default -> new Call(name, List.copyOf(arguments));
        };
    }

    /** The root of x^2 and a number. */
    private static Node root(Node x, long number) {
        Node radicand = new Sum(List.of(new Power(x, Numeral.of(2)), Numeral.of(number)));
        return new Power(radicand, Node.inverse(Numeral.of(2)));
    }

    private static Node arctanh(Node x) {
        Node ratio = over(new Sum(List.of(Numeral.of(1), x)), new Sum(List.of(Numeral.of(1), Node.negated(x))));
        return over(new Call("ln", List.of(ratio)), Numeral.of(2));
    }

    private static Node ofMore(String name, List<Node> arguments) {
        if (name.equals("log") && arguments.size() == 2) {
            return over(new Call("ln", arguments.subList(0, 1)), new Call("ln", arguments.subList(1, 2)));
        }
        return new Call(name, List.copyOf(arguments));
    }

    private static Node over(Node numerator, Node denominator) {
        return new Product(List.of(numerator, Node.inverse(denominator)));
    }
}
