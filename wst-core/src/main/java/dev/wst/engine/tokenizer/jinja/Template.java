package dev.wst.engine.tokenizer.jinja;

import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;

/**
 * A chat template that was read.
 *
 * <pre>{@code
 * Text greetings = Template.parse("{% for name in names %}Hello {{ name }}. {% endfor %}")
 *         .render(Map.of("names", List.of("Ada", "Alan")), LocalDateTime.now());
 * }</pre>
 */
public final class Template {
    private final Statement body;

    private Template(Statement body) {
        this.body = body;
    }

    /**
     * Reads a template.
     *
     * @throws TemplateException if it is none, or uses a tag that is not supported
     */
    public static Template parse(String source) {
        try {
            return new Template(new StatementParser(new TokenStream(Lexer.tokens(source))).template());
        } catch (StackOverflowError e) {
            throw TemplateException.failed("the template is nested too deeply to be read");
        }
    }

    /**
     * What the template makes of some values.
     *
     * @param values texts, numbers, lists and maps, and null for None; a {@link Text} says itself where it comes from, and
     *     a String is taken for a message's
     * @param now what {@code strftime_now} tells
     * @throws TemplateException if it cannot be rendered, or refuses what it was given
     */
    public Text render(Map<String, ?> values, LocalDateTime now) {
        Map<String, Object> names = new HashMap<>(Globals.all(now));
        values.forEach((name, value) -> names.put(name, Values.of(value)));
        Budget budget = new Budget();
        TextBuilder out = new TextBuilder();
        try {
            body.run(Frame.root(names, budget).inner(), out);
        } catch (TemplateException e) {
            throw e.at(budget.line());
        } catch (StackOverflowError e) {
            throw TemplateException.failed("calls are nested too deeply").at(budget.line());
        }
        return out.text();
    }
}
