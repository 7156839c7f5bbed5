package dev.wst.engine.tokenizer.jinja;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Python's equality, order and membership. */
final class Comparison {
    private Comparison() {}

    static boolean equal(Object a, Object b) {
        if (isNumber(a) && isNumber(b)) {
            return compareNumbers(a, b) == 0 && !isNan(a) && !isNan(b);
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            return equalItems(left, right);
        }
        if (a instanceof Tuple left && b instanceof Tuple right) {
            return equalItems(left.items(), right.items());
        }
        if (a instanceof Range left && b instanceof Range right) {
            return equalItems(left.items(), right.items());
        }
        if (a instanceof View || b instanceof View) {
            throw TemplateException.unsupported("comparing " + Values.typeName(a) + " with " + Values.typeName(b));
        }
        if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
            return left.size() == right.size()
                    && left.entrySet().stream()
                            .allMatch(e -> right.containsKey(e.getKey())
                                    && equal(e.getValue(), Objects.requireNonNull(right.get(e.getKey()))));
        }
        return a.equals(b);
    }

    private static boolean equalItems(List<?> left, List<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!equal(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Negative, 0 or positive; an error where Python has no order. */
    static int compare(Object a, Object b) {
        if (a instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (b instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (isNan(a) || isNan(b)) {
            throw TemplateException.unsupported("ordering nan");
        }
        if (isNumber(a) && isNumber(b)) {
            return compareNumbers(a, b);
        }
        if (a instanceof Text left && b instanceof Text right) {
            return left.compareTo(right);
        }
        if ((a instanceof List && b instanceof List) || (a instanceof Tuple && b instanceof Tuple)) {
            return compareItems(Values.iterate(a), Values.iterate(b));
        }
        throw TemplateException.failed("no order between " + Values.typeName(a) + " and " + Values.typeName(b));
    }

    private static int compareItems(List<Object> left, List<Object> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            if (!equal(left.get(i), right.get(i))) {
                return compare(left.get(i), right.get(i));
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    static boolean contains(Object container, Object item) {
        if (container instanceof Text text) {
            return text.indexOf(Values.text(item, "'in <string>'"), 0) >= 0;
        }
        if (container instanceof Map<?, ?> map) {
            return map.containsKey(Values.key(item));
        }
        if (container instanceof Generator generator) {
            Iterator<Object> left = generator.iterator();
            while (left.hasNext()) {
                if (equal(left.next(), item)) {
                    return true;
                }
            }
            return false;
        }
        return Values.iterate(container).stream().anyMatch(each -> equal(each, item));
    }

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    private static boolean isNan(Object value) {
        return value instanceof Double number && number.isNaN();
    }

    private static int compareNumbers(Object a, Object b) {
        return a instanceof Double || b instanceof Double
                ? new java.math.BigDecimal(finite(a)).compareTo(new java.math.BigDecimal(finite(b)))
                : Long.compare(Values.integer(a, "<"), Values.integer(b, "<"));
    }

    private static double finite(Object number) {
        double value = Arithmetic.real(number);
        if (!Double.isFinite(value)) {
            throw TemplateException.unsupported("comparing with " + Printing.decimal(value));
        }
        return value;
    }
}
