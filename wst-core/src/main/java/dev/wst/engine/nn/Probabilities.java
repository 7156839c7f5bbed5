package dev.wst.engine.nn;

import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.weights.DecoderConfig;
import java.util.ArrayList;
import java.util.List;

/** The probabilities of one layer's attention, by group of a {@link PackedBatch}. */
final class Probabilities {
    private final Workspace workspace;
    private final DecoderConfig config;
    private final List<Buffer> prompts = new ArrayList<>();
    private final List<Buffer> continuations = new ArrayList<>();

    Probabilities(Workspace workspace, DecoderConfig config) {
        this.workspace = workspace;
        this.config = config;
    }

    /** [K * P * Q, P], where the prompt of group number {@code index} looks at itself. */
    Matrix ofPrompt(int index, PackedBatch.Group group) {
        int p = group.promptLength();
        return get(prompts, index).of(p * config.heads(), p);
    }

    /** [K * G * T * Q, P + T], where the continuations of group number {@code index} look at it and at themselves. */
    Matrix ofContinuations(int index, PackedBatch.Group group) {
        int t = group.longest();
        return get(continuations, index).of(group.count() * t * config.heads(), group.promptLength() + t);
    }

    private Buffer get(List<Buffer> buffers, int index) {
        while (buffers.size() <= index) {
            buffers.add(workspace.buffer("attention"));
        }
        return buffers.get(index);
    }
}
