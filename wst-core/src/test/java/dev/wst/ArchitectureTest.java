package dev.wst;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of imports: what each package may see of this library and of others. */
class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.wst");

    private static final List<String> EVERYWHERE =
            List.of("java..", "org.jspecify..", "com.google.common..", "com.google.errorprone..");

    /** Package to the packages of this library, and of others, that it may import. */
    private static final Map<String, List<String>> TABLE = Map.ofEntries(
            Map.entry("dev.wst", List.of("dev.wst")),
            Map.entry("dev.wst.rl", List.of("dev.wst")),
            Map.entry(
                    "dev.wst.tensor",
                    List.of("dev.wst", "org.nd4j..", "org.bytedeco.javacpp..", "com.sun.jna..", "org.slf4j..")),
            Map.entry("dev.wst.nn", List.of("dev.wst.tensor")),
            Map.entry("dev.wst.weights", List.of("dev.wst", "com.fasterxml.jackson..")),
            Map.entry(
                    "dev.wst.tokenizer",
                    List.of(
                            "dev.wst",
                            "dev.wst.tokenizer.jinja",
                            "dev.wst.weights",
                            "ai.djl..",
                            "com.fasterxml.jackson..")),
            Map.entry("dev.wst.tokenizer.jinja", List.of("dev.wst")),
            Map.entry(
                    "dev.wst.model",
                    List.of("dev.wst", "dev.wst.nn", "dev.wst.tensor", "dev.wst.tokenizer", "dev.wst.weights")),
            Map.entry(
                    "dev.wst.teacher",
                    List.of(
                            "dev.wst",
                            "dev.wst.model",
                            "dev.wst.nn",
                            "dev.wst.tensor",
                            "dev.wst.tokenizer",
                            "dev.wst.weights")),
            Map.entry("dev.wst.critic", List.of("dev.wst", "org.deeplearning4j..", "org.nd4j..")),
            Map.entry(
                    "dev.wst.student",
                    List.of(
                            "dev.wst",
                            "dev.wst.model",
                            "dev.wst.tensor",
                            "dev.wst.tokenizer",
                            "dev.langchain4j..",
                            "io.github.resilience4j..")),
            Map.entry("dev.wst.evaluation", List.of("dev.wst", "org.apache.commons.math3..", "org.slf4j..")),
            Map.entry("dev.wst.metrics", List.of("dev.wst", "com.fasterxml.jackson..", "org.slf4j..")),
            Map.entry(
                    "dev.wst.training",
                    List.of(
                            "dev.wst",
                            "dev.wst.rl",
                            "dev.wst.critic",
                            "dev.wst.evaluation",
                            "dev.wst.metrics",
                            "org.slf4j..")));

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
                .check(CORE);
    }

    @Test
    void every_package_is_in_the_table() {
        classes()
                .should()
                .resideInAnyPackage(TABLE.keySet().toArray(String[]::new))
                .check(CORE);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("dev.wst.(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void no_public_signature_shows_guava_or_nd4j() {
        classes()
                .that()
                .arePublic()
                .should(new ArchCondition<>("keep foreign types out of public signatures") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        shown(type)
                                .map(JavaClass::getPackageName)
                                .filter(p -> p.startsWith("com.google.common") || p.startsWith("org.nd4j"))
                                .distinct()
                                .forEach(p -> events.add(
                                        SimpleConditionEvent.violated(type, type.getName() + " shows " + p)));
                    }
                })
                .check(CORE);
    }

    /** What users see of a type: what it extends, and the types of its members, arguments in generics and throws included. */
    private static Stream<JavaClass> shown(JavaClass type) {
        Stream<JavaType> above = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        Stream<JavaType> fields =
                type.getFields().stream().filter(ArchitectureTest::isShown).map(JavaField::getType);
        Stream<JavaType> code = type.getCodeUnits().stream()
                .filter(ArchitectureTest::isShown)
                .flatMap(unit -> Stream.of(
                                unit.getParameterTypes(),
                                List.of(unit.getReturnType()),
                                unit.getExceptionTypes(),
                                unit.getTypeParameters())
                        .flatMap(List::stream));
        return Stream.of(above, fields, code, type.getTypeParameters().stream())
                .flatMap(all -> all)
                .flatMap(one -> one.getAllInvolvedRawTypes().stream());
    }

    private static boolean isShown(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    @Test
    void nothing_imports_the_training_loop() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.wst.training")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.wst.training")
                .check(CORE);
    }
}
