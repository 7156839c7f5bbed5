package dev.wst.engine.tokenizer.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The argument list of a call, as it is written in a template.
 *
 * @param spread a sequence of further arguments
 * @param spreadNamed a dict of further arguments
 */
record Call(
        List<Expression> positional,
        Map<String, Expression> named,
        Optional<Expression> spread,
        Optional<Expression> spreadNamed) {
    static final Call EMPTY = new Call(List.of(), Map.of(), Optional.empty(), Optional.empty());

    static Call of(Expression argument) {
        return new Call(List.of(argument), Map.of(), Optional.empty(), Optional.empty());
    }

    static Call parse(TokenStream stream, ExpressionParser expressions) {
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        Optional<Expression> spread = Optional.empty();
        Optional<Expression> spreadNamed = Optional.empty();
        stream.expectOperator("(");
        boolean first = true;
        while (!stream.isOperator(")")) {
            if (!first) {
                stream.expectOperator(",");
                if (stream.isOperator(")")) {
                    break;
                }
            }
            first = false;
            if (spread.isEmpty() && spreadNamed.isEmpty() && stream.skipOperator("*")) {
                spread = Optional.of(expressions.expression());
            } else if (spreadNamed.isEmpty() && stream.skipOperator("**")) {
                spreadNamed = Optional.of(expressions.expression());
            } else if (stream.current().kind() == Token.Kind.NAME
                    && stream.ahead().is(Token.Kind.OPERATOR, "=")) {
                String name = stream.name();
                stream.next();
                named.put(name, expressions.expression());
            } else if (named.isEmpty() && spread.isEmpty() && spreadNamed.isEmpty()) {
                positional.add(expressions.expression());
            } else {
                throw TemplateException.syntax(stream.line(), "invalid syntax for function call expression");
            }
        }
        stream.expectOperator(")");
        return new Call(positional, named, spread, spreadNamed);
    }

    Arguments arguments(Frame frame) {
        List<Object> values = ExpressionParser.values(positional, frame);
        spread.ifPresent(more -> values.addAll(Values.iterate(more.value(frame))));
        Map<String, Object> byName = new LinkedHashMap<>();
        named.forEach((name, value) -> byName.put(name, value.value(frame)));
        spreadNamed.ifPresent(more -> Values.map(more.value(frame), "**")
                .forEach((name, value) -> byName.put(Values.text(name, "**").toString(), value)));
        return new Arguments(values, byName);
    }

    /** @param caller the body of a call block */
    Object run(Frame frame, Object callee, Optional<Function> caller) {
        Arguments arguments = arguments(frame);
        caller.ifPresent(function -> arguments.named().put("caller", function));
        frame.budget().spend(1);
        if (callee instanceof Function function) {
            return function.call(frame, arguments);
        }
        if (callee instanceof Loop loop) {
            return loop.again(frame, arguments);
        }
        if (callee instanceof Undefined undefined) {
            throw undefined.error();
        }
        throw TemplateException.failed("'" + Values.typeName(callee) + "' object is not callable");
    }
}
