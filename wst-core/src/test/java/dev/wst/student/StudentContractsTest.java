package dev.wst.student;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.wst.Answer;
import dev.wst.Sampling;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.contract.StudentClientContract;
import dev.wst.engine.model.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The students that ship. */
class StudentContractsTest {
    @Nested
    class AnyChatModel extends StudentClientContract {
        @Override
        protected StudentClient student() {
            return LangChain4jStudent.of(new ChatModel() {
                @Override
                public ChatResponse doChat(ChatRequest request) {
                    return ChatResponse.builder()
                            .aiMessage(AiMessage.from("42"))
                            .build();
                }
            });
        }
    }

    @Nested
    class Asynchronous extends StudentClientContract {
        @Override
        protected StudentClient student() {
            return StudentClient.async(advice -> CompletableFuture.supplyAsync(() -> Answer.of("42")));
        }
    }

    @Nested
    class OnTheEngine extends StudentClientContract {
        @TempDir
        private Path directory;

        private TransformerChatModel model;

        @BeforeEach
        void open() throws IOException {
            model = TransformerChatModel.open(
                    TinyModel.in(Files.createDirectory(directory.resolve("model"))), Sampling.greedy(4));
        }

        @AfterEach
        void close() {
            model.close();
        }

        @Override
        protected StudentClient student() {
            return LangChain4jStudent.of(model);
        }

        @Override
        protected Task task() {
            return Task.of("t", "w5 w7");
        }
    }
}
