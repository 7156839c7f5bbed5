package dev.wst.calls;

import com.google.common.base.Suppliers;
import dev.wst.Advice;
import dev.wst.ModelCall;
import java.util.function.Supplier;

/** A question of a batch. The call that it is, which is looked up, bounded, paid and kept, is made once. */
final class Asked {
    private final Advice advice;
    private final Supplier<ModelCall> call;

    /** @param call throws what keeps a student from saying it; it is then made again by whoever asks next */
    Asked(Advice advice, Supplier<ModelCall> call) {
        this.advice = advice;
        this.call = Suppliers.memoize(call::get);
    }

    Advice advice() {
        return advice;
    }

    ModelCall call() {
        return call.get();
    }

    /** Which of several answers to the same call. */
    int sample() {
        return advice.situation().sample();
    }
}
