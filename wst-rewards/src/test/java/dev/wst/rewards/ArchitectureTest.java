package dev.wst.rewards;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of imports of this module: the root package of core, and one door per foreign library. */
class ArchitectureTest {
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
            "dev.wst.calls");

    /** Package to the packages of this module, and of others, that it may import beside the root of core. */
    private static final Map<String, List<String>> TABLE = Map.ofEntries(
            Map.entry("dev.wst.rewards", List.of()),
            Map.entry("dev.wst.rewards.data", List.of("com.fasterxml.jackson..")),
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
                            "dev.langchain4j..",
                            "com.fasterxml.jackson..",
                            "com.github.benmanes.caffeine..")),
            Map.entry(
                    "dev.wst.rewards.preference",
                    List.of(
                            "dev.wst.rewards.data",
                            "dev.wst.rewards.text",
                            "dev.langchain4j..",
                            "com.fasterxml.jackson..",
                            "org.deeplearning4j..",
                            "org.nd4j..")),
            Map.entry(
                    "dev.wst.rewards.guard",
                    List.of("dev.wst.rewards", "dev.wst.rewards.math", "dev.wst.rewards.math.comparing")),
            Map.entry("dev.wst.rewards.code", List.of("com.fasterxml.jackson..")));

    static Stream<Arguments> table() {
        return TABLE.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("table")
    void a_package_imports_what_the_table_allows(String name, List<String> allowed) {
        String[] all = Stream.of(List.of(name), allowed, EVERYWHERE)
                .flatMap(List::stream)
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(name)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(all)
                .allowEmptyShould(true)
                .check(REWARDS);
    }

    @Test
    void every_package_is_in_the_table() {
        classes()
                .should()
                .resideInAnyPackage(TABLE.keySet().toArray(String[]::new))
                .check(REWARDS);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("dev.wst.rewards.(**)").should().beFreeOfCycles().check(REWARDS);
    }
}
