package dev.wst.engine.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.Sets;
import dev.wst.files.AtomicDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The state of something in training in a directory: {@code state.safetensors} with weights and the optimiser's moments,
 * {@code state.json} with its position.
 */
public final class StateFile implements AutoCloseable {
    private static final String TENSORS = "state.safetensors";
    private static final String POSITION = "state.json";
    private static final int FORMAT = 1;

    private final TensorSource tensors;
    private final int updates;
    private final boolean others;

    private StateFile(TensorSource tensors, int updates, boolean others) {
        this.tensors = tensors;
        this.updates = updates;
        this.others = others;
    }

    /**
     * Writes a directory that appears complete or not at all.
     *
     * @param updates optimiser steps made
     * @throws ModelFileException if the directory exists or cannot be written
     */
    public static void write(Path directory, int updates, SafetensorsWriter.Tensors tensors) {
        AtomicDirectory.write(directory, temporary -> {
            SafetensorsWriter.write(temporary.resolve(TENSORS), tensors);
            Files.writeString(
                    temporary.resolve(POSITION),
                    Json.write(Json.object().put("format", FORMAT).put("updates", updates)) + "\n");
        });
    }

    /**
     * Opens such a directory for tensors of these names.
     *
     * @throws ModelFileException if a file is missing or damaged, of another format, or holds other tensors
     */
    public static StateFile open(Path directory, Set<String> names) {
        return open(directory, names, Set.of());
    }

    /**
     * The same, for tensors of other names beside them: all of those or none.
     *
     * @throws ModelFileException as without
     */
    public static StateFile open(Path directory, Set<String> names, Set<String> others) {
        JsonNode json = Json.read(directory.resolve(POSITION));
        if (json.path("format").asInt() != FORMAT || !json.path("updates").isInt()) {
            throw new ModelFileException(directory.resolve(POSITION) + " is not of the format " + FORMAT
                    + " that this version reads: " + json);
        }
        TensorSource tensors = Safetensors.open(directory.resolve(TENSORS));
        boolean hasOthers = !others.isEmpty() && tensors.names().containsAll(others);
        if (!tensors.names().equals(hasOthers ? Sets.union(names, others) : names)) {
            tensors.close();
            throw new ModelFileException(directory + " holds the state of something else: "
                    + tensors.names().size()
                    + " tensors where " + names.size() + " others are in training; was another model, or another choice"
                    + " of what is trained, saved there?");
        }
        return new StateFile(tensors, json.path("updates").asInt(), hasOthers);
    }

    /** Whether the tensors are there that need not be. */
    public boolean hasOthers() {
        return others;
    }

    /** Optimiser steps made. */
    public int updates() {
        return updates;
    }

    /**
     * The numbers of one tensor.
     *
     * @throws ModelFileException if it has another shape
     */
    public float[] read(String name, int rows, int columns) {
        return tensors.read(name, rows, columns);
    }

    @Override
    public void close() {
        tensors.close();
    }
}
