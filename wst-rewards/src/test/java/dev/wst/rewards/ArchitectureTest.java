package dev.wst.rewards;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.wst.contract.ImportTable;
import java.util.List;
import java.util.Map;

/** The table of imports of this module: the root package of core, and one door per foreign library. */
class ArchitectureTest extends ImportTable {
    private static final JavaClasses REWARDS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.wst.rewards");

    private static final List<String> EVERYWHERE = List.of(
            "java..",
            "org.jspecify..",
            "com.google.common..",
            "com.google.errorprone..",
            "org.slf4j..",
            "dev.wst",
            "dev.wst.answers",
            "dev.wst.budget",
            "dev.wst.calls");

    /** Package to the packages of this module, and of others, that it may import beside the root of core. */
    private static final Map<String, List<String>> TABLE = Map.ofEntries(
            Map.entry("dev.wst.rewards", List.of("com.fasterxml.jackson..")),
            Map.entry("dev.wst.rewards.data", List.of("com.fasterxml.jackson..", "dev.langchain4j..")),
            Map.entry(
                    "dev.wst.rewards.math",
                    List.of(
                            "dev.wst.rewards.math.algebra",
                            "dev.wst.rewards.math.reading",
                            "dev.wst.rewards.math.comparing",
                            "dev.wst.rewards.math.finding")),
            Map.entry(
                    "dev.wst.rewards.math.finding",
                    List.of(
                            "dev.wst.rewards.math.algebra",
                            "dev.wst.rewards.math.reading",
                            "dev.wst.rewards.math.comparing")),
            Map.entry(
                    "dev.wst.rewards.math.comparing",
                    List.of("dev.wst.rewards.math.algebra", "dev.wst.rewards.math.reading")),
            Map.entry("dev.wst.rewards.math.reading", List.of("dev.wst.rewards.math.algebra")),
            Map.entry("dev.wst.rewards.math.algebra", List.of()),
            Map.entry(
                    "dev.wst.rewards.text",
                    List.of(
                            "dev.wst.rewards.guard",
                            "dev.wst.student",
                            "org.apache.commons.text..",
                            "com.google.re2j..",
                            "com.networknt..",
                            "com.fasterxml.jackson..",
                            "dev.langchain4j..")),
            Map.entry(
                    "dev.wst.rewards.judge",
                    List.of(
                            "dev.wst.rewards",
                            "dev.wst.rewards.guard",
                            "dev.wst.student",
                            "dev.langchain4j..",
                            "com.fasterxml.jackson..",
                            "com.github.benmanes.caffeine..")),
            Map.entry(
                    "dev.wst.rewards.preference",
                    List.of(
                            "dev.wst.rewards.data",
                            "dev.wst.rewards.text",
                            "dev.wst.student",
                            "dev.wst.engine.dense",
                            "dev.langchain4j..",
                            "com.fasterxml.jackson..")),
            Map.entry(
                    "dev.wst.rewards.guard",
                    List.of("dev.wst.rewards", "dev.wst.rewards.math", "dev.wst.rewards.math.comparing")),
            Map.entry("dev.wst.rewards.code", List.of("dev.wst.rewards", "com.fasterxml.jackson..")));

    ArchitectureTest() {
        super("dev.wst.rewards", REWARDS, TABLE, EVERYWHERE);
    }
}
