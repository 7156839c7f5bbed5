package dev.wst.teacher;

import dev.wst.engine.model.LanguageModel;
import dev.wst.engine.nn.Decoder;
import dev.wst.engine.tensor.Matrix;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which numbers of a model are trained, and how they are kept. */
interface Weights {
    /** Whether the model's own weights stay as they are, so that they may be kept in fewer bits. */
    boolean leaveTheModelFrozen();

    /** A frozen copy for the reference policy, taken before {@link #prepare}; null where switching adapters off does. */
    @Nullable
    Decoder reference(Decoder decoder);

    /** Makes them trainable. */
    void prepare(Decoder decoder);

    /**
     * Writes them to a new directory.
     *
     * @param numbers gives those of a matrix that is trained beside the model, row by row
     * @param about goes with what cannot be used without it
     */
    void save(LanguageModel model, Path directory, Function<Matrix, float[]> numbers, TeacherFile about);
}
