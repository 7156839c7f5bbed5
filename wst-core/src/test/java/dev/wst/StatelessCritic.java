package dev.wst;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A critic for tests that neither save nor restore one, and which holds nothing. */
public abstract class StatelessCritic implements ValueFunction {
    @Override
    public void saveState(Path directory) {
        try {
            Files.createDirectory(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void restoreState(Path directory) {}

    @Override
    public void close() {}
}
