package dev.wst.engine.tokenizer.jinja;

import java.util.ArrayList;
import java.util.List;

/** Reads expressions, loosest binding first. */
final class ExpressionParser {
    private final TokenStream stream;
    private final PrimaryParser primaries;

    ExpressionParser(TokenStream stream) {
        this.stream = stream;
        this.primaries = new PrimaryParser(stream, this);
    }

    /** One expression, or several with commas: a tuple. */
    Expression tuple(boolean withCondition) {
        List<Expression> items = new ArrayList<>();
        boolean comma = false;
        do {
            if (!items.isEmpty() && endsTuple()) {
                break;
            }
            items.add(withCondition ? expression() : or());
            comma |= stream.isOperator(",");
        } while (stream.skipOperator(","));
        if (!comma) {
            return items.get(0);
        }
        return frame -> new Tuple(values(items, frame));
    }

    private boolean endsTuple() {
        Token.Kind kind = stream.current().kind();
        return kind == Token.Kind.OUTPUT_END
                || kind == Token.Kind.TAG_END
                || stream.isOperator(")")
                || stream.isName("recursive");
    }

    static List<Object> values(List<Expression> items, Frame frame) {
        List<Object> values = new ArrayList<>(items.size());
        items.forEach(item -> values.add(item.value(frame)));
        return values;
    }

    /** {@code value if condition else other}. */
    Expression expression() {
        Expression value = or();
        while (stream.skipName("if")) {
            Expression chosen = value;
            Expression condition = or();
            Expression other = stream.skipName("else")
                    ? expression()
                    : frame -> new Undefined(
                            "the inline if-expression evaluated to false and no else section was defined.");
            value = frame -> Values.isTrue(condition.value(frame)) ? chosen.value(frame) : other.value(frame);
        }
        return value;
    }

    private Expression or() {
        Expression left = and();
        while (stream.skipName("or")) {
            Expression first = left;
            Expression second = and();
            left = frame -> {
                Object value = first.value(frame);
                return Values.isTrue(value) ? value : second.value(frame);
            };
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (stream.skipName("and")) {
            Expression first = left;
            Expression second = not();
            left = frame -> {
                Object value = first.value(frame);
                return Values.isTrue(value) ? second.value(frame) : value;
            };
        }
        return left;
    }

    private Expression not() {
        if (stream.skipName("not")) {
            Expression value = not();
            return frame -> !Values.isTrue(value.value(frame));
        }
        return comparison();
    }

    private record Link(String how, Expression operand) {}

    private Expression comparison() {
        Expression first = sum();
        List<Link> links = new ArrayList<>();
        while (true) {
            if (stream.isOperator("==", "!=", "<", "<=", ">", ">=")) {
                links.add(new Link(stream.next().value(), sum()));
            } else if (stream.skipName("in")) {
                links.add(new Link("in", sum()));
            } else if (stream.isName("not") && stream.ahead().is(Token.Kind.NAME, "in")) {
                stream.next();
                stream.next();
                links.add(new Link("not in", sum()));
            } else {
                break;
            }
        }
        return links.isEmpty() ? first : frame -> holds(first.value(frame), links, frame);
    }

    private static boolean holds(Object first, List<Link> links, Frame frame) {
        Object left = first;
        for (Link link : links) {
            Object right = link.operand.value(frame);
            frame.budget().spendOn(left);
            frame.budget().spendOn(right);
            boolean holds = link.how.endsWith("in")
                    ? Comparison.contains(right, left) == link.how.equals("in")
                    : Tests.compare(link.how, left, right);
            if (!holds) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private Expression sum() {
        Expression left = concatenation();
        while (stream.isOperator("+", "-")) {
            left = operation(stream.next().value(), left, concatenation());
        }
        return left;
    }

    private Expression concatenation() {
        Expression first = product();
        if (!stream.isOperator("~")) {
            return first;
        }
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (stream.skipOperator("~")) {
            parts.add(product());
        }
        return frame -> {
            TextBuilder out = new TextBuilder();
            parts.forEach(part -> out.append(Printing.str(part.value(frame))));
            frame.budget().spend(out.length());
            return out.text();
        };
    }

    private Expression product() {
        Expression left = power();
        while (stream.isOperator("*", "/", "//", "%")) {
            left = operation(stream.next().value(), left, power());
        }
        return left;
    }

    private Expression power() {
        Expression left = unary(true);
        while (stream.isOperator("**")) {
            left = operation(stream.next().value(), left, unary(true));
        }
        return left;
    }

    private static Expression operation(String operator, Expression left, Expression right) {
        return frame -> {
            Object result = Arithmetic.apply(operator, left.value(frame), right.value(frame));
            frame.budget().spendOn(result);
            return result;
        };
    }

    private Expression unary(boolean withFilters) {
        Expression value;
        if (stream.skipOperator("-")) {
            Expression operand = unary(false);
            value = frame -> Arithmetic.negative(operand.value(frame));
        } else if (stream.skipOperator("+")) {
            Expression operand = unary(false);
            value = frame -> Arithmetic.positive(operand.value(frame));
        } else {
            value = primaries.primary();
        }
        value = primaries.postfix(value);
        return withFilters ? primaries.filtered(value) : value;
    }
}
