package dev.wst.teacher;

import dev.wst.engine.model.LanguageModel;
import dev.wst.engine.nn.Decoder;
import java.nio.file.Path;

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
    public void save(Decoder decoder, LanguageModel model, Path directory, TeacherFile about) {
        MergedModel.write(model, directory);
    }
}
