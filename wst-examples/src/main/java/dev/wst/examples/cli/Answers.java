package dev.wst.examples.cli;

import dev.wst.answers.AnswerStore;
import dev.wst.calls.Accounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A store of answers that a command line names, or none. */
record Answers(Optional<AnswerStore> store) implements AutoCloseable {

    static Answers open(Optional<Path> file) {
        file.map(Path::getFileName)
                .filter(Path.of("answers.sqlite")::equals)
                .filter(name -> !Files.exists(file.get()))
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            file.get() + " does not exist: no run has kept its answers there");
                });
        return new Answers(file.map(AnswerStore::open));
    }

    /** Where calls are kept then. */
    Accounts accounts() {
        return store.map(Accounts.none()::withAnswers).orElse(Accounts.none());
    }

    @Override
    public void close() {
        store.ifPresent(AnswerStore::close);
    }
}
