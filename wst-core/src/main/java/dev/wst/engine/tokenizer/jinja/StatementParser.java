package dev.wst.engine.tokenizer.jinja;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads tags, and the text around them. */
final class StatementParser {
    private static final Set<String> UNSUPPORTED =
            Set.of("autoescape", "block", "debug", "do", "extends", "from", "import", "include", "pluralize", "trans");

    private final TokenStream stream;
    private final ExpressionParser expressions;
    private final PrimaryParser primaries;
    private int loops;

    StatementParser(TokenStream stream) {
        this.stream = stream;
        this.expressions = new ExpressionParser(stream);
        this.primaries = new PrimaryParser(stream, expressions);
    }

    Statement template() {
        Statement all = body();
        if (stream.current().kind() != Token.Kind.END) {
            throw unknown(stream.current());
        }
        return all;
    }

    /** Everything up to one of these tags, or to the end of the template; the tag's name is the next token then. */
    private Statement body(String... ends) {
        List<Statement> parts = new ArrayList<>();
        while (true) {
            Token token = stream.current();
            switch (token.kind()) {
                case DATA -> {
                    stream.next();
                    Text text = Text.of(token.value());
                    parts.add((frame, out) -> write(text, frame, out));
                }
                case OUTPUT_BEGIN -> {
                    stream.next();
                    Expression value = expressions.tuple(true);
                    stream.expect(Token.Kind.OUTPUT_END, "}}");
                    parts.add(at(token.line(), (frame, out) -> write(Printing.str(value.value(frame)), frame, out)));
                }
                case TAG_BEGIN -> {
                    stream.next();
                    if (stream.isName(ends)) {
                        return sequence(parts);
                    }
                    parts.add(at(token.line(), tag()));
                }
                default -> {
                    if (ends.length > 0) {
                        throw stream.unexpected("the tag " + ends[ends.length - 1]);
                    }
                    return sequence(parts);
                }
            }
        }
    }

    private static Statement.Next write(Text text, Frame frame, TextBuilder out) {
        frame.budget().spend(text.length());
        out.append(text);
        return Statement.Next.STATEMENT;
    }

    private static Statement at(int line, Statement statement) {
        return (frame, out) -> {
            frame.budget().reach(line);
            return statement.run(frame, out);
        };
    }

    private static Statement sequence(List<Statement> parts) {
        return (frame, out) -> {
            for (Statement part : parts) {
                Statement.Next next = part.run(frame, out);
                if (next != Statement.Next.STATEMENT) {
                    return next;
                }
            }
            return Statement.Next.STATEMENT;
        };
    }

    /** The body up to an end tag, which is read, too. */
    private Statement bodyTo(String end) {
        endTag();
        Statement body = body(end);
        stream.next();
        endTag();
        return body;
    }

    /** A body that a loop around it does not reach into. */
    private Statement apart(String end) {
        int outer = loops;
        loops = 0;
        Statement body = bodyTo(end);
        loops = outer;
        return body;
    }

    private void endTag() {
        stream.expect(Token.Kind.TAG_END, "%}");
    }

    private TemplateException unknown(Token token) {
        return UNSUPPORTED.contains(token.value())
                ? TemplateException.unsupported("the tag " + token.value()).at(token.line())
                : TemplateException.syntax(token.line(), "unknown tag " + token.shown());
    }

    private Statement tag() {
        Token tag = stream.expect(Token.Kind.NAME, "a tag's name");
        return switch (tag.value()) {
            case "for" -> loop();
            case "if" -> condition();
            case "set" -> assignment();
            case "macro" -> macro();
            case "call" -> callBlock();
            case "with" -> with();
            case "filter" -> filterBlock();
            case "generation" -> {
                Statement body = apart("endgeneration");
                yield (frame, out) -> body.run(frame.inner(), out);
            }
            case "print" -> {
                List<Expression> values = new ArrayList<>();
                do {
                    values.add(expressions.expression());
                } while (stream.skipOperator(","));
                endTag();
                yield (frame, out) -> {
                    values.forEach(value -> write(Printing.str(value.value(frame)), frame, out));
                    return Statement.Next.STATEMENT;
                };
            }
            case "break" -> leave(tag, Statement.Next.LOOP_END);
            case "continue" -> leave(tag, Statement.Next.ITERATION);
            default -> throw unknown(tag);
        };
    }

    private Statement leave(Token tag, Statement.Next next) {
        endTag();
        if (loops == 0) {
            throw TemplateException.syntax(tag.line(), tag.shown() + " outside of a loop");
        }
        return (frame, out) -> next;
    }

    private Statement condition() {
        List<Expression> conditions = new ArrayList<>();
        List<Statement> bodies = new ArrayList<>();
        Statement otherwise = sequence(List.of());
        while (true) {
            conditions.add(expressions.tuple(false));
            endTag();
            bodies.add(body("elif", "else", "endif"));
            String end = stream.name();
            if (end.equals("else")) {
                otherwise = bodyTo("endif");
                break;
            }
            if (end.equals("endif")) {
                endTag();
                break;
            }
        }
        Statement last = otherwise;
        return (frame, out) -> {
            for (int i = 0; i < bodies.size(); i++) {
                if (Values.isTrue(conditions.get(i).value(frame))) {
                    return bodies.get(i).run(frame, out);
                }
            }
            return last.run(frame, out);
        };
    }

    private Statement loop() {
        Target target = Target.parse(stream);
        if (!stream.skipName("in")) {
            throw stream.unexpected("'in'");
        }
        Expression items = expressions.tuple(false);
        Optional<Expression> test = stream.skipName("if") ? Optional.of(expressions.expression()) : Optional.empty();
        boolean recursive = stream.skipName("recursive");
        endTag();
        loops++;
        Statement body = body("else", "endfor");
        loops--;
        Statement otherwise = sequence(List.of());
        if (stream.next().value().equals("else")) {
            otherwise = bodyTo("endfor");
        } else {
            endTag();
        }
        ForLoop loop = new ForLoop(target, test, body, otherwise, recursive);
        return (frame, out) -> {
            loop.run(frame, items.value(frame), 0, out);
            return Statement.Next.STATEMENT;
        };
    }

    private Statement assignment() {
        Target target = Target.parse(stream);
        if (stream.skipOperator("=")) {
            Expression value = expressions.tuple(true);
            endTag();
            return (frame, out) -> {
                target.assign(frame, value.value(frame));
                return Statement.Next.STATEMENT;
            };
        }
        Expression filtered = filters();
        Statement body = apart("endset");
        return (frame, out) -> {
            target.assign(frame, filtered.value(written(body, frame)));
            return Statement.Next.STATEMENT;
        };
    }

    /** A frame in which {@link #filters} finds what a block wrote. */
    private static Frame written(Statement body, Frame frame) {
        TextBuilder out = new TextBuilder();
        body.run(frame.inner(), out);
        Frame holder = frame.inner();
        holder.set("{body}", out.text());
        return holder;
    }

    /** Filters after a tag's name, on what the block will write. */
    private Expression filters() {
        Expression value = frame -> frame.get("{body}");
        while (stream.skipOperator("|")) {
            value = primaries.filter(value);
        }
        return value;
    }

    private Statement filterBlock() {
        Expression value = primaries.filter(frame -> frame.get("{body}"));
        while (stream.skipOperator("|")) {
            value = primaries.filter(value);
        }
        Expression filtered = value;
        Statement body = apart("endfilter");
        return (frame, out) -> write(Printing.str(filtered.value(written(body, frame))), frame, out);
    }

    private Statement with() {
        List<Target> targets = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (stream.current().kind() != Token.Kind.TAG_END) {
            if (!targets.isEmpty()) {
                stream.expectOperator(",");
            }
            targets.add(Target.parse(stream));
            stream.expectOperator("=");
            values.add(expressions.expression());
        }
        Statement body = bodyTo("endwith");
        return (frame, out) -> {
            Frame inner = frame.inner();
            for (int i = 0; i < targets.size(); i++) {
                targets.get(i).assign(inner, values.get(i).value(frame));
            }
            return body.run(inner, out);
        };
    }

    private Statement macro() {
        String name = stream.name();
        Macro macro = signature(name, "endmacro");
        return (frame, out) -> {
            frame.set(name, macro.in(frame));
            return Statement.Next.STATEMENT;
        };
    }

    private Macro signature(String name, String end) {
        List<String> parameters = new ArrayList<>();
        List<Expression> defaults = new ArrayList<>();
        parameters(parameters, defaults);
        return new Macro(name, parameters, defaults, mentioning(end));
    }

    private void parameters(List<String> parameters, List<Expression> defaults) {
        stream.expectOperator("(");
        while (!stream.isOperator(")")) {
            if (!parameters.isEmpty()) {
                stream.expectOperator(",");
            }
            parameters.add(stream.name());
            if (stream.skipOperator("=")) {
                defaults.add(expressions.expression());
            } else if (!defaults.isEmpty()) {
                throw TemplateException.syntax(stream.line(), "non-default argument follows default argument");
            }
        }
        stream.expectOperator(")");
    }

    private Macro.Body mentioning(String end) {
        Set<String> before = new HashSet<>(stream.names());
        stream.names().clear();
        Statement body = apart(end);
        Set<String> used = new HashSet<>(stream.names());
        stream.names().addAll(before);
        return new Macro.Body(body, used);
    }

    private Statement callBlock() {
        List<String> parameters = new ArrayList<>();
        List<Expression> defaults = new ArrayList<>();
        if (stream.isOperator("(")) {
            parameters(parameters, defaults);
        }
        Expression callee = primaries.callee();
        Call call = Call.parse(stream, expressions);
        Macro body = new Macro("caller", parameters, defaults, mentioning("endcall"));
        return (frame, out) ->
                write(Printing.str(call.run(frame, callee.value(frame), Optional.of(body.in(frame)))), frame, out);
    }
}
