package dev.wst.engine.tensor.cuda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import com.google.common.io.Resources;
import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.wst.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * A card played by the processor: the kernels' own source, compiled by g++ through {@code cuda_on_cpu.h}, over the process's
 * memory. What is launched, and with how much memory, is that of a card; so is what a kernel computes. It checks what a card does
 * not: that every address was allocated, that as many arguments are handed over as a kernel has, and that all memory comes back.
 */
final class CpuDevice implements Device {
    private static final Pattern KERNEL = Pattern.compile("(?m)^KERNEL\\s+(\\w+)\\s*\\(([^)]*)\\)");
    private static final int STAGING = 1 << 16;

    private final NativeLibrary library;
    private final Map<String, Function> functions = new HashMap<>();
    private final Map<String, Integer> argumentCounts;
    private final TreeMap<Long, Memory> memory = new TreeMap<>();
    private final ByteBuffer staging = ByteBuffer.allocateDirect(STAGING).order(ByteOrder.nativeOrder());
    private final Pointer stagingAddress = Native.getDirectBufferPointer(staging);
    private long room = Long.MAX_VALUE;
    private int launches;
    private int products;

    CpuDevice() {
        String source = KernelSource.text();
        argumentCounts = argumentCounts(source);
        library = NativeLibrary.getInstance(compiled(source, argumentCounts).toString());
    }

    private static Map<String, Integer> argumentCounts(String source) {
        Map<String, Integer> counts = new TreeMap<>();
        Matcher matcher = KERNEL.matcher(source);
        while (matcher.find()) {
            counts.put(matcher.group(1), matcher.group(2).split(",").length);
        }
        return counts;
    }

    /** The library of the kernels, compiled once for each text of theirs; the test is skipped where there is no g++. */
    private static Path compiled(String kernels, Map<String, Integer> names) {
        StringBuilder source = new StringBuilder("#include \"cuda_on_cpu.h\"\n")
                .append(kernels)
                .append("\n");
        names.keySet()
                .forEach(name -> source.append("extern \"C\" void ")
                        .append(name)
                        .append("__on_cpu(unsigned blocks, unsigned threads, unsigned shared, void** p) {")
                        .append(" on_cpu::launch([](void** q) { on_cpu::apply(&")
                        .append(name)
                        .append(", q); }, blocks, threads, shared, p); }\n"));
        try {
            String header = Resources.toString(Resources.getResource(CpuDevice.class, "cuda_on_cpu.h"), UTF_8);
            String key = Hashing.sha256()
                    .hashString(header + source, UTF_8)
                    .toString()
                    .substring(0, 16);
            Path directory = Files.createDirectories(
                    Path.of("target", "cuda-on-cpu-" + key).toAbsolutePath());
            Path library = directory.resolve("kernels.so");
            if (!Files.exists(library)) {
                Files.writeString(directory.resolve("cuda_on_cpu.h"), header);
                Files.writeString(directory.resolve("kernels.cpp"), source);
                Path made = directory.resolve("made-" + ProcessHandle.current().pid() + ".so");
                compile(directory, made);
                Files.move(made, library, StandardCopyOption.ATOMIC_MOVE);
            }
            return library;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compile(Path directory, Path made) throws IOException {
        Path log = directory.resolve("log.txt");
        Process compiler;
        try {
            compiler = new ProcessBuilder(
                            "g++",
                            "-std=c++17",
                            "-O2",
                            "-fPIC",
                            "-shared",
                            "-Wall",
                            "-Wno-unknown-pragmas",
                            "kernels.cpp",
                            "-o",
                            made.toString())
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            Assumptions.abort(
                    "g++ is not installed, so the kernels for cards are not run on this CPU: " + e.getMessage());
            throw e;
        }
        try {
            if (compiler.waitFor() != 0) {
                throw new IllegalStateException("g++ refused the kernels:\n" + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs the threads of every block in reverse from now on: where a result changes, two of them race. */
    CpuDevice backwards() {
        library.getFunction("wst_backwards").invokeVoid(new Object[] {1});
        return this;
    }

    void forwards() {
        library.getFunction("wst_backwards").invokeVoid(new Object[] {0});
    }

    /** Plays a card that has only so many bytes left. */
    CpuDevice withRoom(long bytes) {
        room = bytes;
        return this;
    }

    /** Pieces of memory that were not given back. */
    int pieces() {
        return memory.size();
    }

    int launches() {
        return launches;
    }

    int products() {
        return products;
    }

    @Override
    public String description() {
        return "kernels compiled for this CPU";
    }

    @Override
    public long allocate(long bytes) {
        if (bytes > room) {
            throw new DeviceMemoryException(bytes, room);
        }
        Memory block = new Memory(bytes);
        // What was there before is not to be counted on.
        block.setMemory(0, bytes, (byte) 0xff);
        memory.put(Pointer.nativeValue(block), block);
        room -= bytes;
        return Pointer.nativeValue(block);
    }

    @Override
    public void free(long address) {
        Memory block = memory.remove(address);
        if (block == null) {
            throw new IllegalStateException("freed what was not allocated, or twice");
        }
        room += block.size();
        block.close();
    }

    @Override
    public long freeBytes() {
        return room;
    }

    @Override
    public void clear(long address, long bytes) {
        piece(address, bytes).setMemory(0, bytes, (byte) 0);
    }

    @Override
    public ByteBuffer staging() {
        return staging;
    }

    @Override
    public void upload(long address, long bytes) {
        piece(address, bytes).write(0, stagingAddress.getByteArray(0, (int) bytes), 0, (int) bytes);
    }

    @Override
    public void download(long address, long bytes) {
        stagingAddress.write(0, piece(address, bytes).getByteArray(0, (int) bytes), 0, (int) bytes);
    }

    /** Bytes that lie within one allocation. */
    private Pointer piece(long address, long bytes) {
        Map.Entry<Long, Memory> block = memory.floorEntry(address);
        if (block == null
                || bytes < 0
                || address + bytes > block.getKey() + block.getValue().size()) {
            throw new IllegalStateException(bytes + " bytes at " + Long.toHexString(address) + " were not allocated");
        }
        return new Pointer(address);
    }

    @Override
    public void launch(String kernel, long blocks, int threads, int sharedBytes, Arguments arguments) {
        Integer count = argumentCounts.get(kernel);
        if (count == null || count != arguments.count()) {
            throw new IllegalStateException("the kernel " + kernel + " has "
                    + (count == null ? "no source" : count + " arguments, got " + arguments.count()));
        }
        if (blocks < 1 || blocks > Integer.MAX_VALUE || threads % 32 != 0) {
            throw new IllegalStateException(kernel + " was launched with " + blocks + " blocks of " + threads);
        }
        launches++;
        functions
                .computeIfAbsent(kernel, name -> library.getFunction(name + "__on_cpu"))
                .invokeVoid(new Object[] {(int) blocks, threads, sharedBytes, arguments.pointers()});
    }

    @Override
    public void multiply(Product p) {
        products++;
        boolean bf16 = p.precision() == Precision.BF16;
        long size = bf16 ? Short.BYTES : Float.BYTES;
        piece(p.a(), size * extent(p.aTurned() ? p.k() : p.m(), p.aTurned() ? p.m() : p.k(), p.aStride()));
        piece(p.b(), size * extent(p.bTurned() ? p.n() : p.k(), p.bTurned() ? p.k() : p.n(), p.bStride()));
        piece(p.c(), Float.BYTES * extent(p.m(), p.n(), p.cStride()));
        functions.computeIfAbsent("wst_multiply", library::getFunction).invokeVoid(new Object[] {
            p.m(),
            p.n(),
            p.k(),
            p.alpha(),
            p.a(),
            p.aStride(),
            p.aTurned() ? 1 : 0,
            p.b(),
            p.bStride(),
            p.bTurned() ? 1 : 0,
            bf16 ? 1 : 0,
            p.beta(),
            p.c(),
            p.cStride()
        });
    }

    private static long extent(long rows, long columns, long stride) {
        if (stride < columns) {
            throw new IllegalStateException("rows of " + columns + " numbers are only " + stride + " apart");
        }
        return (rows - 1) * stride + columns;
    }

    @Override
    public void synchronize() {}

    @Override
    public void close() {
        memory.values().forEach(Memory::close);
        memory.clear();
    }
}
