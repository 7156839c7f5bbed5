package dev.wst.rewards.judge;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A chat model that replies by a function and remembers what it was asked. */
final class FakeModel implements ChatModel {
    private static final Pattern LINE = Pattern.compile("VERDICT ([0-9a-f]{12}): WORD");

    private final Function<Asked, String> reply;
    private final Set<Capability> capabilities;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** A request, taken apart. */
    record Asked(String system, String user, ChatRequest request) {
        /** The word of the fence, as the line that is asked for names it. */
        String word() {
            Matcher line = LINE.matcher(system);
            if (!line.find()) {
                throw new AssertionError("no line of a verdict is asked for in: " + system);
            }
            return line.group(1);
        }

        /** A reply in the form that is asked for without schema. */
        String line(String verdict) {
            return "Because.\nVERDICT " + word() + ": " + verdict;
        }

        /** What stands in the fence of this name. */
        String exhibit(String name) {
            Matcher body = Pattern.compile(
                            "\\[begin " + name + " ([0-9a-f]{12})]\n(.*?)\n\\[end " + name + " \\1]", Pattern.DOTALL)
                    .matcher(user);
            if (!body.find()) {
                throw new AssertionError("no " + name + " in: " + user);
            }
            return body.group(2);
        }
    }

    private FakeModel(Function<Asked, String> reply, Set<Capability> capabilities) {
        this.reply = reply;
        this.capabilities = capabilities;
    }

    /** A model without schemas. */
    static FakeModel plain(Function<Asked, String> reply) {
        return new FakeModel(reply, Set.of());
    }

    /** A model that takes a schema. */
    static FakeModel schema(Function<Asked, String> reply) {
        return new FakeModel(reply, Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA));
    }

    List<Asked> asked() {
        return asked;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        Asked question = new Asked(
                ((SystemMessage) request.messages().get(0)).text(),
                ((UserMessage) request.messages().get(1)).singleText(),
                request);
        asked.add(question);
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(reply.apply(question)))
                .build();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return capabilities;
    }
}
