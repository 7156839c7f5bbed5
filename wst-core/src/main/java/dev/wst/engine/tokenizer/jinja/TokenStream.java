package dev.wst.engine.tokenizer.jinja;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tokens of a template's source while they are being parsed. */
final class TokenStream {
    private final List<Token> tokens;
    private final Set<String> names = new HashSet<>();
    private int at;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(at);
    }

    Token ahead() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    int line() {
        return current().line();
    }

    Token next() {
        Token token = current();
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    boolean isOperator(String... any) {
        return current().kind() == Token.Kind.OPERATOR
                && List.of(any).contains(current().value());
    }

    boolean isName(String... any) {
        return current().kind() == Token.Kind.NAME
                && List.of(any).contains(current().value());
    }

    boolean skipOperator(String operator) {
        boolean there = isOperator(operator);
        if (there) {
            next();
        }
        return there;
    }

    boolean skipName(String name) {
        boolean there = isName(name);
        if (there) {
            next();
        }
        return there;
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw unexpected("'" + operator + "'");
        }
    }

    Token expect(Token.Kind kind, String what) {
        if (current().kind() != kind) {
            throw unexpected(what);
        }
        return next();
    }

    String name() {
        return expect(Token.Kind.NAME, "a name").value();
    }

    TemplateException unexpected(String wanted) {
        return TemplateException.syntax(
                line(), "expected " + wanted + ", got " + current().shown());
    }

    /** Names that were mentioned so far; a macro asks which its body mentions. */
    Set<String> names() {
        return names;
    }
}
