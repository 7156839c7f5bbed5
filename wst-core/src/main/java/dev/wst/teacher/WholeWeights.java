package dev.wst.teacher;

import dev.wst.engine.model.LanguageModel;
import dev.wst.engine.nn.Decoder;
import dev.wst.engine.tensor.Matrix;
import java.nio.file.Path;
import java.util.function.Function;

/** Every weight of the model. */
record WholeWeights() implements Weights {
    @Override
    public boolean leaveTheModelFrozen() {
        return false;
    }

    @Override
    public Decoder reference(Decoder decoder) {
        return decoder.copy();
    }

    @Override
    public void prepare(Decoder decoder) {
        decoder.trainWhole();
    }

    @Override
    public void save(LanguageModel model, Path directory, Function<Matrix, float[]> numbers, TeacherFile about) {
        MergedModel.write(model, directory);
    }
}
