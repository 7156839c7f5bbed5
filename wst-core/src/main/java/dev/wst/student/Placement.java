package dev.wst.student;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;

/** Where the student finds the instruction. An empty instruction leaves the question alone. */
public enum Placement {
    /** As the system message. */
    SYSTEM {
        @Override
        List<ChatMessage> messages(String instruction, String question) {
            return List.of(SystemMessage.from(instruction), UserMessage.from(question));
        }
    },
    /** In the user's message, before the question. */
    BEFORE_QUESTION {
        @Override
        List<ChatMessage> messages(String instruction, String question) {
            return List.of(UserMessage.from(instruction + "\n\n" + question));
        }
    },
    /** In the user's message, after the question. */
    AFTER_QUESTION {
        @Override
        List<ChatMessage> messages(String instruction, String question) {
            return List.of(UserMessage.from(question + "\n\n" + instruction));
        }
    };

    /** The messages of one turn. */
    abstract List<ChatMessage> messages(String instruction, String question);
}
