package dev.wst.examples.device;

import com.google.common.base.Throwables;
import dev.wst.Precision;
import dev.wst.WstException;
import dev.wst.engine.model.KernelChoice;
import dev.wst.engine.tensor.BackendException;
import dev.wst.engine.tensor.Kernels;
import dev.wst.rl.Grpo;
import dev.wst.rl.Ppo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Everything that can be checked on a card in a few minutes, one line each; goes on after what fails. */
@Command(
        name = "check-device",
        description = "Checks that a card computes what the processor computes, and learns.",
        footer = {
            "",
            "Needs Java 17, this jar, Linux on x86-64 with an NVIDIA driver, and of CUDA 12 or 13 libnvrtc, libcublas and",
            "libcublasLt: from an installed toolkit, from LD_LIBRARY_PATH (Python's packages of NVIDIA hold them in",
            "site-packages/nvidia/*/lib), from the directory that -Dwst.cuda.libraries=DIR names, or from the class path.",
            "Needs no network and no model. Writes one line for each check, the first two how long a start takes; ends with",
            "exit code 0 if all hold, 1 otherwise. -Dwst.device=N picks a card."
        },
        mixinStandardHelpOptions = true)
public final class CheckDeviceCommand implements Callable<Integer> {
    @Option(names = "--kernels", defaultValue = "cuda", description = "that are checked")
    private String kernels = "cuda";

    @Option(names = "--reference", defaultValue = "onednn", description = "kernels that they are held to")
    private String reference = "onednn";

    @Option(names = "--prompts", defaultValue = "100", description = "texts that are compared")
    private int prompts = 100;

    @Option(names = "--steps", defaultValue = "60", description = "of the learning run; 0 for none")
    private int steps = 60;

    @Override
    public Integer call() {
        List<Check> checks = checks();
        start("first start");
        start("second start");
        int failed = run(checks);
        System.out.println(failed == 0 ? "all checks hold" : failed + " checks failed");
        return failed == 0 ? 0 : 1;
    }

    /** How many of them failed. What nobody foresaw in one is shown whole, and is no reason to leave the others out. */
    static int run(List<Check> checks) {
        int failed = 0;
        for (Check check : checks) {
            long start = System.nanoTime();
            String outcome;
            try {
                outcome = "ok      " + check.name() + ": " + check.run();
            } catch (CheckFailedException | WstException e) {
                failed++;
                outcome = "FAILED  " + check.name() + ": " + e.getMessage();
            } catch (RuntimeException | LinkageError | AssertionError e) {
                failed++;
                outcome = "FAILED  " + check.name() + ": " + Throwables.getStackTraceAsString(e);
            }
            System.out.printf(Locale.ROOT, "%s (%.1f s)%n", outcome, (System.nanoTime() - start) / 1e9);
        }
        return failed;
    }

    /** Until the first result; the first start on a machine compiles the kernels. */
    private void start(String which) {
        long start = System.nanoTime();
        try (Kernels loaded = KernelChoice.named(kernels)) {
            loaded.sumOfSquares(loaded.allocate(1, 1));
            System.out.printf(
                    Locale.ROOT, "%s: %.2f s, %s%n", which, (System.nanoTime() - start) / 1e9, loaded.description());
        }
    }

    /** Nothing is loaded yet, so that the first start is the first. */
    private List<Check> checks() {
        List<Check> checks = new ArrayList<>(List.of(
                new KernelsCheck(kernels, reference),
                new GoldenCheck(kernels, this::hasBf16),
                new SlopesCheck(kernels),
                new StepCheck(kernels, reference, Grpo.defaults().withKlCoefficient(0.04)),
                new StepCheck(
                        kernels,
                        reference,
                        Ppo.defaults().withKlCoefficient(0.05).withEntropyBonus(0.01)),
                new TextsCheck(kernels, reference, this::hasBf16, prompts)));
        if (steps > 0) {
            checks.add(new LearningCheck(kernels, steps));
        }
        return checks;
    }

    private boolean hasBf16() {
        try (Kernels loaded = KernelChoice.named(kernels, Optional.of(Precision.BF16))) {
            return loaded.description().contains(Precision.BF16.name());
        } catch (BackendException e) {
            return false;
        }
    }
}
