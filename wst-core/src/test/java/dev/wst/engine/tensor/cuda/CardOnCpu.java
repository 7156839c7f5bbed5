package dev.wst.engine.tensor.cuda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import com.google.common.io.Resources;
import com.sun.jna.NativeLibrary;
import dev.wst.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * A card played by the processor: libraries of the names that the driver, the compiler and the products have, made by g++ from
 * {@code card_on_cpu.h} and the kernels' own source. Tests are skipped where there is no g++.
 */
public final class CardOnCpu {
    private static final Pattern KERNEL = Pattern.compile("(?m)^KERNEL\\s+(\\w+)\\s*\\(([^)]*)\\)");
    private static final String LIBRARY = "libcuda.so.1";
    private static final List<String> OTHER_NAMES = List.of("libnvrtc.so.13", "libcublasLt.so.13", "libcublas.so.13");

    private final Path directory;
    private final NativeLibrary library;

    public CardOnCpu() {
        this(List.of("-O3"));
    }

    private CardOnCpu(List<String> options) {
        directory = compiled(options);
        library = NativeLibrary.getInstance(directory.resolve(LIBRARY).toString());
    }

    /** Ends the process where a kernel reads or writes beside its memory; the process must have been started with libasan. */
    static CardOnCpu sanitized() {
        return new CardOnCpu(List.of("-O1", "-g", "-fsanitize=address"));
    }

    /** Of all kernels. */
    static Set<String> kernelNames() {
        return counts(KernelSource.text()).keySet();
    }

    /** Where the libraries are. */
    public Path directory() {
        return directory;
    }

    /** The kernels on this card. */
    public CudaKernels kernels(Precision precision) {
        return CudaKernels.on(open(), Optional.of(precision));
    }

    Card open() {
        return open("0");
    }

    Card open(String number) {
        return Card.open(List.of(directory), new KernelCache(directory.resolve("cache")), number);
    }

    /**
     * Changes the card: cards, capability, driver, compiler, memory; bad_source, foreign_code; fail_launch (the nth from now),
     * lost_by_failure (whether nothing works after it); or the name of one of its functions, which then gives this status.
     */
    public CardOnCpu with(String setting, long value) {
        library.getFunction("wst_card_set").invokeVoid(new Object[] {setting, value});
        return this;
    }

    /** Makes the card sound again; what was taken of it stays taken. */
    public void reset() {
        library.getFunction("wst_card_reset").invokeVoid(new Object[0]);
        backwards(false);
    }

    /** Runs the threads of every block in reverse: where a result changes, two of them race. */
    public void backwards(boolean on) {
        library.getFunction("wst_backwards").invokeVoid(new Object[] {on ? 1 : 0});
    }

    /**
     * How many there were: launches, those of a kernel by its name, products, uploads, downloads, allocations, compilations, replays. How many there are: blocks,
     * contexts, graphs, executables, held (streams, modules and the like); taken, in bytes.
     */
    public long count(String what) {
        return library.getFunction("wst_card_count").invokeLong(new Object[] {what});
    }

    private static Path compiled(List<String> options) {
        String source = source();
        try {
            String header = resource("cuda_on_cpu.h");
            String card = resource("card_on_cpu.h");
            String key = Hashing.sha256()
                    .hashString(header + card + source + options, UTF_8)
                    .toString()
                    .substring(0, 16);
            Path directory = Path.of("target", "card-on-cpu-" + key).toAbsolutePath();
            if (!Files.exists(directory)) {
                Files.createDirectories(directory.getParent());
                Path beside = Files.createTempDirectory(directory.getParent(), "card-on-cpu-");
                Files.writeString(beside.resolve("cuda_on_cpu.h"), header);
                Files.writeString(beside.resolve("card_on_cpu.h"), card);
                Files.writeString(beside.resolve("card.cpp"), source);
                compile(beside, options);
                for (String name : OTHER_NAMES) {
                    Files.createSymbolicLink(beside.resolve(name), Path.of(LIBRARY));
                }
                moveUnlessThere(beside, directory);
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another process may have compiled the same meanwhile. */
    private static void moveUnlessThere(Path made, Path place) throws IOException {
        try {
            Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.exists(place.resolve(LIBRARY))) {
                throw e;
            }
        }
    }

    /** The kernels, and a table of them by name. */
    private static String source() {
        String kernels = KernelSource.text();
        Map<String, Integer> counts = counts(kernels);
        StringBuilder table = new StringBuilder();
        counts.forEach((name, count) -> table.append(String.format(
                "{\"%1$s\", %2$d, [](unsigned b, unsigned t, unsigned s, void** p) { on_cpu::launch([](void** q) {"
                        + " on_cpu::apply(&%1$s, q); }, b, t, s, p); }},%n",
                name, count)));
        return "#include \"card_on_cpu.h\"\n" + kernels + "\nnamespace card {\nconst Kernel kernels[] = {\n" + table
                + "};\nconst int kernel_count = " + counts.size() + ";\n}\n";
    }

    /** How many arguments each kernel takes. */
    private static Map<String, Integer> counts(String kernels) {
        Map<String, Integer> counts = new TreeMap<>();
        Matcher matcher = KERNEL.matcher(kernels);
        while (matcher.find()) {
            counts.put(matcher.group(1), matcher.group(2).split(",", -1).length);
        }
        return counts;
    }

    private static String resource(String name) throws IOException {
        return Resources.toString(Resources.getResource(CardOnCpu.class, name), UTF_8);
    }

    private static void compile(Path directory, List<String> options) throws IOException {
        Path log = directory.resolve("log.txt");
        try {
            List<String> command = new ArrayList<>(List.of(
                    "g++",
                    "-std=c++17",
                    "-fno-strict-aliasing",
                    "-fPIC",
                    "-shared",
                    "-Wall",
                    "card.cpp",
                    "-o",
                    LIBRARY));
            command.addAll(options);
            Process compiler = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (compiler.waitFor() != 0) {
                throw new IllegalStateException("g++ refused the kernels:\n" + Files.readString(log));
            }
        } catch (IOException e) {
            Assumptions.abort(
                    "the kernels for cards are not run on this CPU, since g++ does not start: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
