package dev.wst.engine.tokenizer.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads literals and names, and what may follow them: dots, brackets, calls, filters and tests. */
final class PrimaryParser {
    private final TokenStream stream;
    private final ExpressionParser expressions;

    PrimaryParser(TokenStream stream, ExpressionParser expressions) {
        this.stream = stream;
        this.expressions = expressions;
    }

    Expression primary() {
        Token token = stream.current();
        switch (token.kind()) {
            case NAME -> {
                stream.next();
                return name(token.value());
            }
            case STRING -> {
                StringBuilder all = new StringBuilder();
                while (stream.current().kind() == Token.Kind.STRING) {
                    all.append(stream.next().value());
                }
                return constant(Text.of(all.toString()));
            }
            case INTEGER -> {
                stream.next();
                return constant(Literals.integer(token.value(), token.line()));
            }
            case FLOAT -> {
                stream.next();
                return constant(Double.parseDouble(token.value()));
            }
            default -> {
                if (stream.skipOperator("(")) {
                    return parentheses();
                }
                if (stream.skipOperator("[")) {
                    List<Expression> items = items("]");
                    return frame -> ExpressionParser.values(items, frame);
                }
                if (stream.skipOperator("{")) {
                    return dict();
                }
                throw stream.unexpected("an expression");
            }
        }
    }

    private static Expression constant(Object value) {
        return frame -> value;
    }

    private Expression name(String name) {
        return switch (name) {
            case "true", "True" -> constant(true);
            case "false", "False" -> constant(false);
            case "none", "None" -> constant(None.NONE);
            default -> {
                stream.names().add(name);
                yield frame -> frame.get(name);
            }
        };
    }

    private Expression parentheses() {
        if (stream.skipOperator(")")) {
            return frame -> Tuple.of();
        }
        Expression inside = expressions.tuple(true);
        stream.expectOperator(")");
        return inside;
    }

    private List<Expression> items(String end) {
        List<Expression> items = new ArrayList<>();
        while (!stream.isOperator(end)) {
            if (!items.isEmpty()) {
                stream.expectOperator(",");
                if (stream.isOperator(end)) {
                    break;
                }
            }
            items.add(expressions.expression());
        }
        stream.expectOperator(end);
        return items;
    }

    private Expression dict() {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!stream.isOperator("}")) {
            if (!keys.isEmpty()) {
                stream.expectOperator(",");
                if (stream.isOperator("}")) {
                    break;
                }
            }
            keys.add(expressions.expression());
            stream.expectOperator(":");
            values.add(expressions.expression());
        }
        stream.expectOperator("}");
        return frame -> {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                map.put(Values.key(keys.get(i).value(frame)), values.get(i).value(frame));
            }
            return map;
        };
    }

    Expression postfix(Expression first) {
        Expression value = first;
        while (true) {
            if (stream.skipOperator(".")) {
                value = dot(value);
            } else if (stream.skipOperator("[")) {
                value = brackets(value);
            } else if (stream.isOperator("(")) {
                value = call(value);
            } else {
                return value;
            }
        }
    }

    /** What a call block calls, up to the call's parentheses. */
    Expression callee() {
        Expression value = primary();
        while (!stream.isOperator("(")) {
            if (stream.skipOperator(".")) {
                value = dot(value);
            } else if (stream.skipOperator("[")) {
                value = brackets(value);
            } else {
                throw stream.unexpected("a call");
            }
        }
        return value;
    }

    Expression filtered(Expression first) {
        Expression value = first;
        while (true) {
            if (stream.skipOperator("|")) {
                value = filter(value);
            } else if (stream.isName("is")) {
                value = test(value);
            } else if (stream.isOperator("(")) {
                value = call(value);
            } else {
                return value;
            }
        }
    }

    private Expression dot(Expression value) {
        if (stream.current().kind() == Token.Kind.INTEGER) {
            Object index = Literals.integer(stream.current().value(), stream.line());
            stream.next();
            return frame -> Attributes.brackets(value.value(frame), index);
        }
        String name = stream.name();
        return frame -> Attributes.dot(value.value(frame), name);
    }

    private Expression brackets(Expression value) {
        List<Expression> keys = new ArrayList<>();
        while (!stream.isOperator("]")) {
            if (!keys.isEmpty()) {
                stream.expectOperator(",");
            }
            keys.add(key());
        }
        stream.expectOperator("]");
        if (keys.size() == 1) {
            Expression key = keys.get(0);
            return frame -> {
                Object found = Attributes.brackets(value.value(frame), key.value(frame));
                frame.budget().spendOn(found);
                return found;
            };
        }
        return frame -> Attributes.brackets(value.value(frame), new Tuple(ExpressionParser.values(keys, frame)));
    }

    private Expression key() {
        Expression from = constant(None.NONE);
        if (!stream.isOperator(":")) {
            from = expressions.expression();
            if (!stream.isOperator(":")) {
                return from;
            }
        }
        stream.expectOperator(":");
        Expression to = bound();
        Expression step = stream.skipOperator(":") ? bound() : constant(None.NONE);
        Expression begin = from;
        return frame -> new Slicing(begin.value(frame), to.value(frame), step.value(frame));
    }

    private Expression bound() {
        return stream.isOperator(":", "]", ",") ? constant(None.NONE) : expressions.expression();
    }

    /** What follows a bar; empty arguments without parentheses. */
    Expression filter(Expression value) {
        String name = stream.name();
        if (stream.isOperator(".")) {
            throw TemplateException.unsupported("a filter with a dot in its name")
                    .at(stream.line());
        }
        Call call = stream.isOperator("(") ? Call.parse(stream, expressions) : Call.EMPTY;
        return frame -> Filters.apply(frame, name, value.value(frame), call.arguments(frame));
    }

    private Expression test(Expression value) {
        stream.next();
        boolean wanted = !stream.skipName("not");
        String name = stream.name();
        Call call = Call.EMPTY;
        if (stream.isOperator("(")) {
            call = Call.parse(stream, expressions);
        } else if (takesArgument()) {
            if (stream.isName("is")) {
                throw TemplateException.syntax(stream.line(), "tests cannot be chained with is");
            }
            call = Call.of(postfix(primary()));
        }
        Call given = call;
        return frame -> {
            Object tested = value.value(frame);
            frame.budget().spendOn(tested);
            return Tests.test(name, tested, given.arguments(frame)) == wanted;
        };
    }

    private boolean takesArgument() {
        return switch (stream.current().kind()) {
            case NAME -> !stream.isName("else", "or", "and");
            case STRING, INTEGER, FLOAT -> true;
            default -> stream.isOperator("[", "{");
        };
    }

    private Expression call(Expression callee) {
        Call call = Call.parse(stream, expressions);
        return frame -> call.run(frame, callee.value(frame), Optional.empty());
    }
}
