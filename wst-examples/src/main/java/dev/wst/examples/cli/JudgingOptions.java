package dev.wst.examples.cli;

import dev.langchain4j.model.chat.ChatModel;
import dev.wst.RewardFunction;
import dev.wst.calls.Accounts;
import dev.wst.calls.CallLimits;
import dev.wst.rewards.judge.Judge;
import dev.wst.rewards.judge.JudgeOptions;
import dev.wst.rewards.judge.Rubric;
import dev.wst.rewards.judge.RubricReward;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The model that judges answers, and by what. */
final class JudgingOptions {
    private static final String KEY = "--judge-key-variable";

    @Option(
            names = "--judge",
            paramLabel = "URL",
            description =
                    "with --reward judge: the OpenAI-compatible URL of the model that grades answers from 1 to 10;"
                            + " its replies are kept with the run's answers and paid from the run's budget")
    private Optional<String> url = Optional.empty();

    @Option(names = "--judge-model", paramLabel = "MODEL", description = "the judge's name at --judge")
    private Optional<String> model = Optional.empty();

    @Option(
            names = KEY,
            paramLabel = "VARIABLE",
            description = "environment variable with the key for --judge; default " + KeyVariable.USUAL)
    private Optional<String> keyVariable = Optional.empty();

    @Option(names = "--judge-tokens", paramLabel = "N", description = "longest reply of the judge; default 512")
    private Optional<Integer> tokens = Optional.empty();

    @Option(names = "--rubric", paramLabel = "FILE", description = "a text: what the judge is to grade answers by")
    private Optional<Path> rubric = Optional.empty();

    @Option(names = "--judge-reference", description = "show the judge each question's reference answer")
    private boolean guided;

    /** A judge and the threads that wait for it. */
    record Open(Judge judge, Rubric rubric, ExecutorService threads) implements AutoCloseable {
        RewardFunction reward(Accounts accounts) {
            return RubricReward.of(judge.with(accounts), rubric);
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }

    /** Refuses options that nobody would hear. */
    void requireAbsent() {
        if (guided || Stream.of(url, model, keyVariable, tokens, rubric).anyMatch(Optional::isPresent)) {
            throw new IllegalArgumentException(
                    "--judge, --judge-... and --rubric are options of --reward judge; give that, or leave them out");
        }
    }

    Open open() {
        if (url.isEmpty() || model.isEmpty() || rubric.isEmpty()) {
            throw new IllegalArgumentException(
                    "--reward judge needs --judge URL, --judge-model MODEL and --rubric FILE, which says what to grade by");
        }
        Rubric criteria = Rubric.of(text(rubric.get()));
        CallLimits limits = JudgeOptions.defaults().limits();
        ChatModel chat = new RemoteModel(
                        url.get(),
                        model.get(),
                        new KeyVariable(KEY, keyVariable),
                        0,
                        tokens.orElse(512),
                        limits.timeout())
                .open();
        ExecutorService threads = Executors.newFixedThreadPool(limits.concurrency());
        return new Open(
                Judge.of(chat, model.get(), threads), guided ? criteria.guidedByReference() : criteria, threads);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("--rubric " + file + " cannot be read: " + e, e);
        }
    }
}
