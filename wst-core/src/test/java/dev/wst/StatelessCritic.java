package dev.wst;

import java.nio.file.Path;

/** A critic for tests that neither save nor restore one, and which holds nothing. */
public abstract class StatelessCritic implements ValueFunction {
    @Override
    public void saveState(Path directory) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void restoreState(Path directory) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
