package dev.wst.tokenizer;

import com.google.common.base.Throwables;
import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A model's own way of writing a chat as text, in the Jinja that Hugging Face uses. */
public final class ChatTemplate {
    /** White space between the start of a line and a block: jinjava's own lstrip_blocks removes it within lines, too. */
    private static final Pattern INDENTATION = Pattern.compile("^[ \\t]+(?=\\{[%#](?!\\+))", Pattern.MULTILINE);

    private final Jinjava jinjava;
    private final String template;
    private final Map<String, String> specialTokens;

    /**
     * A template.
     *
     * @param specialTokens what it calls bos_token and eos_token
     */
    public ChatTemplate(String template, Map<String, String> specialTokens) {
        this.template = INDENTATION.matcher(template).replaceAll("");
        this.specialTokens = Map.copyOf(specialTokens);
        this.jinjava = new Jinjava(JinjavaConfig.newBuilder()
                .withTrimBlocks(true)
                // Otherwise a message that contains {{ }} would be run as a template itself.
                .withNestedInterpretationEnabled(false)
                .withLegacyOverrides(LegacyOverrides.newBuilder()
                        .withParseWhitespaceControlStrictly(true)
                        .withUseTrimmingForNotesAndExpressions(true)
                        .withUseSnakeCasePropertyNaming(true)
                        .withKeepNullableLoopValues(true)
                        .build())
                .build());
        jinjava.getGlobalContext()
                .registerFunction(new ELFunctionDefinition(
                        "", "raise_exception", ChatTemplate.class, "raiseException", String.class));
    }

    /** Called by templates that refuse a chat. */
    public static Object raiseException(String message) {
        throw new IllegalArgumentException(message);
    }

    /**
     * The chat as text, ending where the assistant is to write.
     *
     * @throws TokenizerException if the template refuses it
     */
    public String render(List<Message> messages) {
        Map<String, Object> values = new LinkedHashMap<>(specialTokens);
        values.put(
                "messages",
                messages.stream()
                        .map(message -> Map.of("role", message.role(), "content", message.content()))
                        .toList());
        values.put("add_generation_prompt", true);
        RenderResult result = jinjava.renderForResult(template, values);
        if (!result.getErrors().isEmpty()) {
            TemplateError error = result.getErrors().get(0);
            Throwable cause = error.getException();
            throw new TokenizerException(
                    "the chat template refuses the roles "
                            + messages.stream().map(Message::role).toList() + ": "
                            + (cause == null
                                    ? error.getMessage()
                                    : Throwables.getRootCause(cause).getMessage()),
                    cause);
        }
        return result.getOutput();
    }
}
