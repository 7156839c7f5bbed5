package dev.wst.engine.tokenizer.jinja;

import java.util.ArrayList;
import java.util.List;

/** Python's operators on numbers, texts and lists. */
final class Arithmetic {
    private Arithmetic() {}

    static Object apply(String operator, Object a, Object b) {
        refuseUndefined(a);
        if (operator.equals("%") && a instanceof Text pattern) {
            return PercentFormat.format(pattern, b);
        }
        refuseUndefined(b);
        if (Comparison.isNumber(a) && Comparison.isNumber(b)) {
            return a instanceof Double || b instanceof Double || operator.equals("/")
                    ? ofReals(operator, real(a), real(b))
                    : ofIntegers(operator, Values.integer(a, operator), Values.integer(b, operator));
        }
        if (operator.equals("+")) {
            return joined(a, b);
        }
        if (operator.equals("*") && (a instanceof Long || a instanceof Boolean)) {
            return repeated(b, Values.integer(a, "*"));
        }
        if (operator.equals("*") && (b instanceof Long || b instanceof Boolean)) {
            return repeated(a, Values.integer(b, "*"));
        }
        throw unfit(operator, a, b);
    }

    private static void refuseUndefined(Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
    }

    private static TemplateException unfit(String operator, Object a, Object b) {
        return TemplateException.failed(
                "unsupported operand types for " + operator + ": " + Values.typeName(a) + " and " + Values.typeName(b));
    }

    private static Object joined(Object a, Object b) {
        if (a instanceof Text left && b instanceof Text right) {
            if (left.isEscaped() || right.isEscaped()) {
                return Escaping.escape(left).plus(Escaping.escape(right)).asEscaped();
            }
            return left.plus(right);
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            return together(left, right);
        }
        if (a instanceof Tuple left && b instanceof Tuple right) {
            return new Tuple(together(left.items(), right.items()));
        }
        throw unfit("+", a, b);
    }

    private static List<Object> together(List<?> left, List<?> right) {
        TextBuilder.requireRoom((long) left.size() + right.size());
        List<Object> all = new ArrayList<>(left);
        all.addAll(right);
        return all;
    }

    private static Object repeated(Object what, long times) {
        if (what instanceof Text text) {
            Text all = new TextBuilder().repeat(text, times).text();
            return text.isEscaped() ? all.asEscaped() : all;
        }
        if (what instanceof List || what instanceof Tuple) {
            List<Object> items = Values.iterate(what);
            List<Object> all = new ArrayList<>();
            TextBuilder.requireRoom(items.size() * Math.min(Math.max(0, times), 1L << 30));
            for (long i = 0; i < times && !items.isEmpty(); i++) {
                all.addAll(items);
            }
            return what instanceof Tuple ? new Tuple(all) : all;
        }
        throw unfit("*", what, times);
    }

    private static Object ofIntegers(String operator, long a, long b) {
        try {
            return switch (operator) {
                case "+" -> Math.addExact(a, b);
                case "-" -> Math.subtractExact(a, b);
                case "*" -> Math.multiplyExact(a, b);
                case "//" -> Math.floorDiv(a, divisor(b));
                case "%" -> Math.floorMod(a, divisor(b));
                case "**" ->
                    b < 0 ? (Object) power((double) a, (double) b) : (Object) power(a, (int) Math.min(b, 1 << 20));
                default -> throw new IllegalArgumentException(operator);
            };
        } catch (ArithmeticException e) {
            throw TemplateException.unsupported("whole numbers beyond 64 bits: " + a + " " + operator + " " + b);
        }
    }

    private static long divisor(long b) {
        if (b == 0) {
            throw TemplateException.failed("division by zero");
        }
        return b;
    }

    private static long power(long base, int exponent) {
        long result = 1;
        if (base >= -1 && base <= 1) {
            return exponent == 0 ? 1 : base == -1 && exponent % 2 == 0 ? 1 : base;
        }
        for (int i = 0; i < exponent; i++) {
            result = Math.multiplyExact(result, base);
        }
        return result;
    }

    private static double power(double base, double exponent) {
        if (base == 0 && exponent < 0) {
            throw TemplateException.failed("0.0 cannot be raised to a negative power");
        }
        double result = Math.pow(base, exponent);
        if (!Double.isFinite(result)) {
            throw TemplateException.unsupported("the power " + base + " ** " + exponent);
        }
        return result;
    }

    private static Object ofReals(String operator, double a, double b) {
        if (b == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"))) {
            throw TemplateException.failed("division by zero");
        }
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "//" -> floored(a, b);
            case "%" -> modulo(a, b);
            case "**" -> power(a, b);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static double floored(double a, double b) {
        double whole = Math.floor((a - modulo(a, b)) / b + 0.5);
        return whole == 0 ? Math.copySign(0.0, a / b) : whole;
    }

    private static double modulo(double a, double b) {
        double rest = a % b;
        if (rest == 0) {
            return Math.copySign(0.0, b);
        }
        return rest < 0 != b < 0 ? rest + b : rest;
    }

    static double real(Object value) {
        return value instanceof Double number ? number : (double) Values.integer(value, "a number");
    }

    static Object negative(Object value) {
        refuseUndefined(value);
        if (value instanceof Double number) {
            return -number;
        }
        return ofIntegers("-", 0, Values.integer(value, "unary -"));
    }

    static Object positive(Object value) {
        refuseUndefined(value);
        return value instanceof Double ? value : (Object) Values.integer(value, "unary +");
    }
}
