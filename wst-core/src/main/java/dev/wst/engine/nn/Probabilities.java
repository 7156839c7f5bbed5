package dev.wst.engine.nn;

import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.weights.DecoderConfig;
import java.util.ArrayList;
import java.util.List;

/** The probabilities of one layer's attention, by group of a {@link PackedBatch}. */
final class Probabilities {
    private final Arena arena;
    private final DecoderConfig config;
    private final List<Place> prompts = new ArrayList<>();
    private final List<Place> continuations = new ArrayList<>();

    Probabilities(Arena arena, DecoderConfig config) {
        this.arena = arena;
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

    private Place get(List<Place> buffers, int index) {
        while (buffers.size() <= index) {
            buffers.add(arena.place("attention"));
        }
        return buffers.get(index);
    }
}
