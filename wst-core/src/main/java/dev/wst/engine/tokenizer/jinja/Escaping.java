package dev.wst.engine.tokenizer.jinja;

/** HTML's escapes, as markupsafe writes them. */
final class Escaping {
    private Escaping() {}

    /** Text that is escaped already stays as it is. */
    static Text escape(Text text) {
        return text.isEscaped() ? text : always(text);
    }

    static Text always(Text text) {
        return text.plain()
                .map(point -> switch (point) {
                    case '&' -> "&amp;";
                    case '<' -> "&lt;";
                    case '>' -> "&gt;";
                    case '\'' -> "&#39;";
                    case '"' -> "&#34;";
                    default -> Character.toString(point);
                })
                .asEscaped();
    }
}
