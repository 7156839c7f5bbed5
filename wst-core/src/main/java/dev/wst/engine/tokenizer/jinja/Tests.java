package dev.wst.engine.tokenizer.jinja;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Jinja's tests by their names, as in {@code value is defined}. */
final class Tests {
    /** A test of a value. */
    @FunctionalInterface
    private interface Test {
        boolean passes(Object value, Arguments arguments);
    }

    private static final Set<String> COMPARISONS = Set.of(
            "eq", "==", "equalto", "ne", "!=", "lt", "<", "lessthan", "gt", ">", "greaterthan", "le", "<=", "ge", ">=");

    private static final Map<String, Test> ALL = Map.ofEntries(
            Map.entry("defined", (value, a) -> !(value instanceof Undefined)),
            Map.entry("undefined", (value, a) -> value instanceof Undefined),
            Map.entry("none", (value, a) -> value == None.NONE),
            Map.entry("true", (value, a) -> Boolean.TRUE.equals(value)),
            Map.entry("false", (value, a) -> Boolean.FALSE.equals(value)),
            Map.entry("boolean", (value, a) -> value instanceof Boolean),
            Map.entry("string", (value, a) -> value instanceof Text),
            Map.entry("mapping", (value, a) -> value instanceof Map),
            Map.entry("number", (value, a) -> Comparison.isNumber(value)),
            Map.entry("integer", (value, a) -> value instanceof Long),
            Map.entry("float", (value, a) -> value instanceof Double),
            Map.entry("iterable", (value, a) -> Values.isIterable(value)),
            Map.entry(
                    "sequence",
                    (value, a) ->
                            Values.size(value).isPresent() && !(value instanceof View) && !(value instanceof Loop)),
            Map.entry(
                    "callable",
                    (value, a) -> value instanceof Function || value instanceof Undefined || value instanceof Loop),
            Map.entry("escaped", (value, a) -> value instanceof Text text && text.isEscaped()),
            Map.entry("odd", (value, a) -> Comparison.equal(Arithmetic.apply("%", value, 2L), 1L)),
            Map.entry("even", (value, a) -> Comparison.equal(Arithmetic.apply("%", value, 2L), 0L)),
            Map.entry("lower", (value, a) -> Characters.allCased(Printing.str(value), Character::isLowerCase)),
            Map.entry("upper", (value, a) -> Characters.allCased(Printing.str(value), Character::isUpperCase)),
            Map.entry(
                    "filter",
                    (value, a) -> Filters.knows(Printing.str(Values.key(value)).toString())),
            Map.entry(
                    "test", (value, a) -> knows(Printing.str(Values.key(value)).toString())));

    private static final Map<String, Test> WITH_ARGUMENT = Map.of(
            "in", (value, a) -> Comparison.contains(argument(a), value),
            "divisibleby", (value, a) -> Comparison.equal(Arithmetic.apply("%", value, argument(a)), 0L),
            "sameas", (value, a) -> same(value, argument(a)));

    private Tests() {}

    private static boolean knows(String name) {
        return ALL.containsKey(name) || WITH_ARGUMENT.containsKey(name) || COMPARISONS.contains(name);
    }

    static boolean test(String name, Object value, Arguments arguments) {
        if (COMPARISONS.contains(name)) {
            return compare(name, value, argument(arguments));
        }
        Test test = WITH_ARGUMENT.get(name);
        if (test == null) {
            test = ALL.get(name);
            if (test == null) {
                throw TemplateException.failed("no test named '" + name + "'");
            }
            arguments.bind(name);
        }
        return test.passes(value, arguments);
    }

    private static Object argument(Arguments arguments) {
        List<Object> given = arguments.positional();
        if (given.size() != 1 || !arguments.named().isEmpty()) {
            throw TemplateException.failed("the test needs one argument, got " + arguments.count());
        }
        return given.get(0);
    }

    static boolean compare(String how, Object a, Object b) {
        return switch (how) {
            case "eq", "==", "equalto" -> Comparison.equal(a, b);
            case "ne", "!=" -> !Comparison.equal(a, b);
            case "lt", "<", "lessthan" -> Comparison.compare(a, b) < 0;
            case "gt", ">", "greaterthan" -> Comparison.compare(a, b) > 0;
            case "le", "<=" -> Comparison.compare(a, b) <= 0;
            case "ge", ">=" -> Comparison.compare(a, b) >= 0;
            default -> throw new IllegalArgumentException(how);
        };
    }

    private static boolean same(Object a, Object b) {
        boolean simple = a instanceof Boolean || b instanceof Boolean || a == None.NONE || b == None.NONE;
        if (simple) {
            return a.equals(b);
        }
        if (a.getClass() == b.getClass() && !(a instanceof Map) && !(a instanceof List)) {
            throw TemplateException.unsupported("the test sameas of values of type " + Values.typeName(a));
        }
        return a == b;
    }
}
