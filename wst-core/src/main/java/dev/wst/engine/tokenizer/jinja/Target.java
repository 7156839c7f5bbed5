package dev.wst.engine.tokenizer.jinja;

import java.util.ArrayList;
import java.util.List;

/** The left side of an assignment: a name, several of them, or a namespace's attribute. */
@FunctionalInterface
interface Target {
    void assign(Frame frame, Object value);

    static Target parse(TokenStream stream) {
        List<Target> targets = new ArrayList<>();
        boolean comma = false;
        do {
            if (!targets.isEmpty() && (stream.isName("in") || stream.isOperator("=", ")"))) {
                break;
            }
            targets.add(single(stream));
            comma |= stream.isOperator(",");
        } while (stream.skipOperator(","));
        return comma ? several(targets) : targets.get(0);
    }

    private static Target single(TokenStream stream) {
        if (stream.skipOperator("(")) {
            Target inside = parse(stream);
            stream.expectOperator(")");
            return inside;
        }
        int line = stream.line();
        String name = stream.name();
        if (stream.skipOperator(".")) {
            stream.names().add(name);
            String attribute = stream.name();
            return (frame, value) -> {
                if (!(frame.get(name) instanceof Namespace namespace)) {
                    throw TemplateException.failed("cannot assign attribute on non-namespace object");
                }
                namespace.values.put(attribute, value);
            };
        }
        if (List.of("true", "false", "none", "True", "False", "None").contains(name)) {
            throw TemplateException.syntax(line, "can't assign to " + name);
        }
        return (frame, value) -> frame.set(name, value);
    }

    private static Target several(List<Target> targets) {
        return (frame, value) -> {
            List<Object> items = Values.iterate(value);
            if (items.size() != targets.size()) {
                throw TemplateException.failed("expected " + targets.size() + " values to unpack, got " + items.size());
            }
            for (int i = 0; i < items.size(); i++) {
                targets.get(i).assign(frame, items.get(i));
            }
        };
    }
}
