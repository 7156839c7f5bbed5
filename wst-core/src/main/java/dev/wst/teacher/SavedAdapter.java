package dev.wst.teacher;

import dev.wst.engine.nn.LoraConfig;
import dev.wst.engine.nn.NamedMatrix;
import dev.wst.engine.weights.ModelFileException;
import dev.wst.engine.weights.PeftAdapter;
import dev.wst.engine.weights.PeftFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** An adapter's file as the matrices of a decoder. */
final class SavedAdapter {
    private SavedAdapter() {}

    static LoraConfig config(PeftFile file) {
        PeftAdapter uniform = file.uniform();
        return new LoraConfig(uniform.rank(), uniform.alpha(), uniform.targets());
    }

    /**
     * The numbers of each matrix, in order.
     *
     * @throws ModelFileException if the file holds none for a matrix, or others besides
     */
    static List<float[]> read(PeftFile file, List<NamedMatrix> matrices) {
        requireNone(file.left(matrices.stream().map(NamedMatrix::name).collect(Collectors.toSet())), file.origin());
        List<float[]> values = new ArrayList<>();
        for (NamedMatrix matrix : matrices) {
            values.add(file.read(
                    matrix.name(), matrix.value().rows(), matrix.value().columns()));
        }
        return values;
    }

    static void write(List<float[]> values, List<NamedMatrix> matrices) {
        for (int i = 0; i < matrices.size(); i++) {
            matrices.get(i).value().write(values.get(i));
        }
    }

    private static void requireNone(Set<String> left, String origin) {
        if (!left.isEmpty()) {
            throw new ModelFileException(
                    origin + " holds " + left.size() + " tensors for which this model has no place ("
                            + left.stream().limit(3).collect(Collectors.joining(", "))
                            + (left.size() > 3 ? " and others" : "") + "); was it trained on another model?");
        }
    }
}
