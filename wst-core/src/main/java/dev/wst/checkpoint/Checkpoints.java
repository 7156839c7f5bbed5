package dev.wst.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.files.AtomicDirectory;
import dev.wst.files.Deletion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run, {@code step-000120} and so on in one folder. Each is there whole or not at all, with the hashes of its
 * files in SHA256SUMS. The newest ones are kept, and that of the best validation.
 */
public final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String MANIFEST = "manifest.json";
    private static final String PREFIX = "step-";

    private final Path folder;
    private final int kept;

    /**
     * @param folder is created with the first checkpoint
     * @param kept how many of the newest stay
     */
    public Checkpoints(Path folder, int kept) {
        this.folder = folder;
        this.kept = kept;
    }

    /**
     * Writes a checkpoint over one of the same step, and deletes those that need not stay.
     *
     * @param best the step of the best validation so far, whose checkpoint stays
     * @param teacher writes the teacher's state into a new directory
     * @param critic writes the critic's
     * @throws EnvironmentException if it cannot be written; older ones are then as before
     */
    public void write(
            Checkpoint checkpoint, OptionalInt best, Consumer<Path> teacher, Optional<Consumer<Path>> critic) {
        Path place = place(checkpoint.state().step());
        delete(place);
        AtomicDirectory.write(place, fresh -> {
            teacher.accept(fresh.resolve(SavedCheckpoint.TEACHER));
            critic.ifPresent(save -> save.accept(fresh.resolve(SavedCheckpoint.CRITIC)));
            MAPPER.writerWithDefaultPrettyPrinter()
                    .writeValue(fresh.resolve(MANIFEST).toFile(), checkpoint.json());
            FileHashes.write(fresh);
        });
        deleteOld(best);
    }

    private Path place(int step) {
        return folder.resolve(String.format(Locale.ROOT, "%s%06d", PREFIX, step));
    }

    private void deleteOld(OptionalInt best) {
        List<SavedCheckpoint> all = readable();
        for (int i = kept; i < all.size(); i++) {
            int step = all.get(i).checkpoint().state().step();
            if (best.isEmpty() || best.getAsInt() != step) {
                delete(all.get(i).path());
            }
        }
    }

    /** Newest first; their files may be damaged. */
    private List<SavedCheckpoint> readable() {
        List<SavedCheckpoint> all = new ArrayList<>();
        for (Path path : paths()) {
            try {
                all.add(read(path));
            } catch (InvalidInputException e) {
                LOG.warn("a checkpoint that cannot be used stays where it is: {}", e.getMessage());
            }
        }
        return all;
    }

    /** Those with a validation; earlier ones win over later ones that are as good. */
    private static Stream<SavedCheckpoint> bestFirst(List<SavedCheckpoint> all) {
        return all.stream()
                .filter(one -> one.checkpoint().validation().isPresent())
                .sorted(Comparator.<SavedCheckpoint>comparingDouble(
                                one -> -one.checkpoint().validation().getAsDouble())
                        .thenComparing(one -> one.checkpoint().state().step()));
    }

    /**
     * The one of the best validation; if that is damaged or was never written, the one with the highest validation of those that are
     * intact.
     *
     * @param step of the best validation
     */
    public Optional<SavedCheckpoint> best(int step) {
        return intactAt(step)
                .or(() -> bestFirst(readable())
                        .flatMap(one -> intact(one.path()).stream())
                        .findFirst());
    }

    private Optional<SavedCheckpoint> intactAt(int step) {
        return Optional.of(place(step)).filter(Files::isDirectory).flatMap(Checkpoints::intact);
    }

    /**
     * The newest one whose files are as they were written and which will do. Those that are damaged are named in the log and left
     * alone.
     */
    public Optional<SavedCheckpoint> newest(Predicate<Checkpoint> willDo) {
        return paths().stream()
                .flatMap(path -> intact(path).stream())
                .filter(one -> willDo.test(one.checkpoint()))
                .findFirst();
    }

    private static Optional<SavedCheckpoint> intact(Path path) {
        try {
            FileHashes.check(path);
            return Optional.of(read(path));
        } catch (IOException | InvalidInputException e) {
            LOG.warn("a checkpoint cannot be used, another one is taken: {}", reason(e));
            return Optional.empty();
        }
    }

    private static String reason(Exception e) {
        return e instanceof InvalidInputException ? String.valueOf(e.getMessage()) : e.toString();
    }

    /** Whether none was ever written. */
    public boolean isEmpty() {
        return paths().isEmpty();
    }

    private static SavedCheckpoint read(Path path) {
        Path manifest = path.resolve(MANIFEST);
        try {
            return new SavedCheckpoint(path, Checkpoint.read(MAPPER.readTree(manifest.toFile()), manifest));
        } catch (IOException e) {
            throw new InvalidInputException(manifest + " cannot be read: " + e, e);
        }
    }

    /** Newest first; what a killed process left unfinished is not among them. */
    private List<Path> paths() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                    .sorted(Comparator.comparing(Path::toString).reversed())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | UncheckedIOException e) {
            throw new EnvironmentException(folder + " cannot be read: " + e, e);
        }
    }

    /** Deletes what killed processes left unfinished. */
    public void deleteUnfinished() {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> unfinished = all.filter(
                            path -> path.getFileName().toString().startsWith("." + PREFIX))
                    .toList();
            for (Path path : unfinished) {
                Deletion.of(path);
            }
        } catch (NoSuchFileException e) {
            // There is no folder before the first checkpoint.
        } catch (IOException | UncheckedIOException e) {
            throw new EnvironmentException(folder + " cannot be read: " + e, e);
        }
    }

    /** Away from its name first: a process killed while it deletes must not leave half a checkpoint. */
    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        Path away = directory.resolveSibling("." + directory.getFileName() + "-" + UUID.randomUUID());
        try {
            Files.move(directory, away, StandardCopyOption.ATOMIC_MOVE);
            Deletion.of(away);
        } catch (IOException | UncheckedIOException e) {
            throw new EnvironmentException(directory + " cannot be deleted: " + e, e);
        }
    }
}
