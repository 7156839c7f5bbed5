package dev.wst.engine.tensor.cuda;

import com.google.common.base.Splitter;
import dev.wst.engine.tensor.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The libraries of one CUDA version, found in a directory.
 *
 * @param major 12 or 13
 * @param directory where the compiler was found; the others may lie elsewhere
 */
record CudaLibraries(int major, Path directory, Path compiler, Path productsLight, Path products) {
    /** A directory to be looked at before all others. */
    static final String PROPERTY = "wst.cuda.libraries";

    private static final Logger LOG = LoggerFactory.getLogger(CudaLibraries.class);

    private static final int OLDEST = 12;
    private static final int NEWEST = 13;

    /**
     * Looks in the directory that the property names, on {@code LD_LIBRARY_PATH}, under {@code CUDA_HOME} and where CUDA is
     * usually installed.
     *
     * @param driverMajor the newest version that the driver serves
     * @throws BackendException if there are none, or only newer ones
     */
    static CudaLibraries find(int driverMajor, List<Path> directories) {
        if (driverMajor < OLDEST) {
            throw new BackendException("the driver serves CUDA " + driverMajor
                    + " and older, but the kernels need CUDA " + OLDEST + " or " + NEWEST + "; update the driver");
        }
        for (int major = Math.min(NEWEST, driverMajor); major >= OLDEST; major--) {
            Optional<CudaLibraries> found = of(major, directories);
            if (found.isPresent()) {
                return found.get();
            }
        }
        for (int major = NEWEST; major > driverMajor; major--) {
            Optional<CudaLibraries> newer = of(major, directories);
            if (newer.isPresent()) {
                throw new BackendException("the driver serves CUDA " + driverMajor + " and older, but the libraries in "
                        + newer.get().directory + " are of CUDA " + major
                        + "; update the driver, or add libraries of CUDA " + driverMajor);
            }
        }
        throw new BackendException(
                "no libnvrtc and libcublas of CUDA " + OLDEST + " or " + NEWEST + " in " + directories
                        + "; install the CUDA toolkit, or name the directory that has them with -D" + PROPERTY
                        + "=DIR (pip's packages nvidia-cuda-nvrtc and nvidia-cublas bring them too)");
    }

    private static Optional<CudaLibraries> of(int major, List<Path> directories) {
        Optional<Path> compiler = file("libnvrtc.so." + major, directories);
        Optional<Path> light = file("libcublasLt.so." + major, directories);
        Optional<Path> products = file("libcublas.so." + major, directories);
        if (compiler.isEmpty() || light.isEmpty() || products.isEmpty()) {
            return Optional.empty();
        }
        Path directory = Optional.ofNullable(compiler.get().getParent()).orElse(Path.of("."));
        return Optional.of(new CudaLibraries(major, directory, compiler.get(), light.get(), products.get()));
    }

    /** A library by its name. */
    static Optional<Path> file(String name, List<Path> directories) {
        return directories.stream()
                .map(directory -> directory.resolve(name))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Where to look on this machine, in order. */
    static List<Path> directories() {
        Set<Path> found = new LinkedHashSet<>();
        add(found, System.getProperty(PROPERTY));
        add(found, System.getenv("LD_LIBRARY_PATH"));
        for (String home : new String[] {System.getenv("CUDA_HOME"), System.getenv("CUDA_PATH")}) {
            if (home != null && !home.isEmpty()) {
                found.add(Path.of(home, "lib64"));
            }
        }
        found.addAll(toolkits());
        found.add(Path.of("/usr/lib/x86_64-linux-gnu"));
        found.add(Path.of("/usr/lib/aarch64-linux-gnu"));
        found.add(Path.of("/usr/lib64"));
        return new ArrayList<>(found);
    }

    private static void add(Set<Path> found, @Nullable String path) {
        if (path != null) {
            Splitter.on(':').omitEmptyStrings().split(path).forEach(directory -> found.add(Path.of(directory)));
        }
    }

    /** Installed toolkits, the newest first. */
    private static List<Path> toolkits() {
        Path local = Path.of("/usr/local");
        if (!Files.isDirectory(local)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(local)) {
            return entries.filter(entry -> String.valueOf(entry.getFileName()).startsWith("cuda"))
                    .sorted((a, b) -> b.compareTo(a))
                    .map(entry -> entry.resolve("lib64"))
                    .toList();
        } catch (IOException e) {
            LOG.debug("no toolkits are looked for in {}: {}", local, e.toString());
            return List.of();
        }
    }
}
