package dev.wst.engine.tensor.cuda;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import dev.wst.engine.tensor.BackendException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** CUDA's run-time compiler: the kernels' text in, code for one architecture out. Needs neither a card nor a driver. */
final class Nvrtc {
    private Nvrtc() {}

    static native int nvrtcVersion(int[] major, int[] minor);

    static native int nvrtcCreateProgram(
            long[] program, String source, String name, int headers, Pointer texts, Pointer names);

    static native int nvrtcCompileProgram(long program, int count, Pointer options);

    static native int nvrtcGetProgramLogSize(long program, long[] bytes);

    static native int nvrtcGetProgramLog(long program, byte[] log);

    static native int nvrtcGetCUBINSize(long program, long[] bytes);

    static native int nvrtcGetCUBIN(long program, byte[] code);

    static native int nvrtcDestroyProgram(long[] program);

    /** Binds the functions above; a second call does nothing. */
    static synchronized void load(Path library) {
        try {
            Native.register(Nvrtc.class, NativeLibrary.getInstance(library.toString()));
        } catch (UnsatisfiedLinkError e) {
            throw new BackendException("CUDA's compiler does not load from " + library + ": " + e.getMessage(), e);
        }
    }

    static String version() {
        int[] major = new int[1];
        int[] minor = new int[1];
        nvrtcVersion(major, minor);
        return major[0] + "." + minor[0];
    }

    /**
     * Compiles.
     *
     * @param architecture such as 90 for compute capability 9.0
     * @throws BackendException if the compiler refuses the source or does not know the architecture; its log is in the message
     */
    static byte[] compile(String source, int architecture) {
        long[] program = new long[1];
        check(nvrtcCreateProgram(program, source, "kernels.cu", 0, Pointer.NULL, Pointer.NULL), "taking the source");
        try {
            String[] options = {"--gpu-architecture=sm_" + architecture, "--std=c++17"};
            int status = nvrtcCompileProgram(program[0], options.length, new StringArray(options));
            if (status != 0) {
                throw new BackendException(
                        "CUDA's compiler " + version() + " refused the kernels for compute capability "
                                + architecture / 10 + "." + architecture % 10 + " (status " + status + "); its log:\n"
                                + log(program[0])
                                + "\nA card newer than the compiler needs newer CUDA libraries, one older than compute"
                                + " capability 7.5 libraries of CUDA 12.");
            }
            long[] size = new long[1];
            check(nvrtcGetCUBINSize(program[0], size), "asking for the code's size");
            byte[] code = new byte[Math.toIntExact(size[0])];
            check(nvrtcGetCUBIN(program[0], code), "copying the code");
            return code;
        } finally {
            nvrtcDestroyProgram(program);
        }
    }

    private static String log(long program) {
        long[] size = new long[1];
        nvrtcGetProgramLogSize(program, size);
        byte[] log = new byte[Math.toIntExact(Math.max(1, size[0]))];
        nvrtcGetProgramLog(program, log);
        return Native.toString(log, StandardCharsets.UTF_8.name());
    }

    private static void check(int status, String what) {
        if (status != 0) {
            throw new BackendException("CUDA's compiler: " + what + " failed with status " + status);
        }
    }
}
