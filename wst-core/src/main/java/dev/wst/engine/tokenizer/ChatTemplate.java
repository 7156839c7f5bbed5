package dev.wst.engine.tokenizer;

import dev.wst.engine.tokenizer.jinja.Template;
import dev.wst.engine.tokenizer.jinja.TemplateException;
import dev.wst.engine.tokenizer.jinja.Text;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's own way of writing a chat as text, rendered as transformers does: with {@code messages}, the special tokens,
 * {@code add_generation_prompt}, and neither tools nor documents.
 */
public final class ChatTemplate {
    /** Llama 3's own day where it is not told one. A fixed day: a prompt does not change overnight. */
    private static final LocalDateTime DAY = LocalDateTime.of(2024, 7, 26, 0, 0);

    private final Template template;
    private final Map<String, String> specialTokens;
    private final LocalDateTime now;

    /**
     * A template for which it is always 26 July 2024, so that a prompt depends on its messages alone.
     *
     * @param specialTokens what it calls bos_token, eos_token and so on
     * @throws TokenizerException if it is no template, or uses what is not supported here
     */
    public ChatTemplate(String template, Map<String, String> specialTokens) {
        this(template, specialTokens, DAY);
    }

    /**
     * A template.
     *
     * @param specialTokens what it calls bos_token, eos_token and so on
     * @param now what its {@code strftime_now} tells
     * @throws TokenizerException if it is no template, or uses what is not supported here
     */
    public ChatTemplate(String template, Map<String, String> specialTokens, LocalDateTime now) {
        this.specialTokens = Map.copyOf(specialTokens);
        this.now = now;
        try {
            this.template = Template.parse(template);
        } catch (TemplateException e) {
            throw failure(e, "");
        }
    }

    /**
     * The chat as text, ending where the assistant is to write.
     *
     * @throws TokenizerException if the template refuses it, fails on it, or uses what is not supported here
     */
    public String render(List<Message> messages) {
        return renderMarked(messages).toString();
    }

    /** The chat as text that knows which of its characters come from the messages. */
    Text renderMarked(List<Message> messages) {
        Map<String, Object> values = new HashMap<>();
        specialTokens.forEach((name, token) -> values.put(name, Text.of(token)));
        values.put("messages", messages.stream().map(ChatTemplate::value).toList());
        values.put("tools", null);
        values.put("documents", null);
        values.put("add_generation_prompt", true);
        try {
            return template.render(values, now);
        } catch (TemplateException e) {
            throw failure(
                    e, " the roles " + messages.stream().map(Message::role).toList());
        }
    }

    private static Map<String, Text> value(Message message) {
        Map<String, Text> value = new LinkedHashMap<>();
        value.put("role", Text.of(message.role()));
        value.put("content", Text.foreign(message.content()));
        return value;
    }

    private static TokenizerException failure(TemplateException e, String roles) {
        String what = switch (e.kind()) {
            case SYNTAX -> "the chat template is no Jinja that can be read: ";
            case UNSUPPORTED -> "the chat template uses what is not supported here: ";
            case FAILED -> "the chat template fails on" + roles + ": ";
            case REFUSED -> "the chat template refuses" + roles + ": ";
        };
        return new TokenizerException(what + e.getMessage(), e);
    }
}
