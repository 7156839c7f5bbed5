package dev.wst.examples.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a process's memory is for, in GB. */
final class Memory {
    private static final double GB = 1 << 30;

    private Memory() {}

    /**
     * By part. The engine's memory only grows while a model is open, so what it holds at the end is the most it held.
     *
     * @param engine bytes by part
     */
    static Map<String, Double> byPart(Map<String, Long> engine) {
        Map<String, Double> parts = new LinkedHashMap<>();
        engine.forEach((part, bytes) -> parts.put(part, bytes / GB));
        long heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        parts.put("java_heap", heap / GB);
        return parts;
    }
}
