package dev.wst.examples.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** One line of JSON on standard output. */
final class Line {
    private final ObjectNode json = new ObjectMapper().createObjectNode();

    Line(String bench) {
        json.put("bench", bench).put("cores", Runtime.getRuntime().availableProcessors());
    }

    Line put(String name, double value) {
        json.put(name, rounded(value));
        return this;
    }

    Line put(String name, String value) {
        json.put(name, value);
        return this;
    }

    Line put(String name, Map<String, Double> values) {
        ObjectNode inner = json.putObject(name);
        values.forEach((key, value) -> inner.put(key, rounded(value)));
        return this;
    }

    /** To three decimals, or to three digits where those would tell nothing. */
    private static double rounded(double value) {
        return Math.abs(value) < 0.1 && Double.isFinite(value)
                ? new BigDecimal(value).round(new MathContext(3)).doubleValue()
                : Math.round(value * 1000) / 1000.0;
    }

    void print() {
        peakMemory();
        System.out.println(json);
    }

    /** What the operating system counted at most, where it tells. */
    private void peakMemory() {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return;
        }
        try {
            Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .findFirst()
                    .ifPresent(line -> put("peak_gb", Double.parseDouble(line.replaceAll("[^0-9]", "")) / (1 << 20)));
        } catch (IOException e) {
            put("peak_gb", "unknown: " + e.getMessage());
        }
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
