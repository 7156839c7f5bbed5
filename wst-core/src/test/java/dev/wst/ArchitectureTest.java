package dev.wst;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.wst.contract.ImportTable;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of imports: what each package may see of this library and of others. */
class ArchitectureTest extends ImportTable {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.wst");

    private static final List<String> EVERYWHERE =
            List.of("java..", "org.jspecify..", "com.google.common..", "com.google.errorprone..");

    private static final String TENSOR = "dev.wst.engine.tensor";
    private static final String NATIVES = "dev.wst.engine.tensor.natives";
    private static final String ND4J = "dev.wst.engine.tensor.nd4j";
    private static final String HOST = "dev.wst.engine.tensor.host";

    /** Package to the packages of this library, and of others, that it may import. */
    private static final Map<String, List<String>> TABLE = Map.ofEntries(
            Map.entry("dev.wst", List.of("dev.wst")),
            Map.entry("dev.wst.rl", List.of("dev.wst")),
            Map.entry("dev.wst.budget", List.of("dev.wst", "com.fasterxml.jackson..", "org.slf4j..")),
            Map.entry(
                    "dev.wst.answers",
                    List.of(
                            "dev.wst",
                            "dev.wst.files",
                            "com.fasterxml.jackson..",
                            "com.github.benmanes.caffeine..",
                            "org.slf4j..")),
            Map.entry(
                    "dev.wst.calls",
                    List.of("dev.wst", "dev.wst.answers", "dev.wst.budget", "io.github.resilience4j..", "org.slf4j..")),
            Map.entry("dev.wst.engine.tensor", List.of("dev.wst")),
            Map.entry(NATIVES, List.of("dev.wst", "com.sun.jna..", "org.slf4j..")),
            Map.entry(ND4J, List.of("dev.wst", TENSOR, NATIVES, "org.nd4j..", "org.bytedeco.javacpp..")),
            Map.entry(HOST, List.of("dev.wst", TENSOR, ND4J, "com.sun.jna..", "org.nd4j..")),
            Map.entry(
                    "dev.wst.engine.tensor.onednn",
                    List.of("dev.wst", TENSOR, NATIVES, HOST, "com.sun.jna..", "org.slf4j..")),
            Map.entry("dev.wst.engine.tensor.cuda", List.of("dev.wst", TENSOR, "com.sun.jna..", "org.slf4j..")),
            Map.entry("dev.wst.engine.tensor.portable", List.of("dev.wst", TENSOR, ND4J, "org.nd4j..")),
            Map.entry("dev.wst.engine.dense", List.of("dev.wst", ND4J, "org.deeplearning4j..", "org.nd4j..")),
            Map.entry("dev.wst.engine.nn", List.of(TENSOR, "dev.wst.engine.weights")),
            Map.entry("dev.wst.engine.weights", List.of("dev.wst", "dev.wst.files", "com.fasterxml.jackson..")),
            Map.entry(
                    "dev.wst.engine.tokenizer",
                    List.of(
                            "dev.wst",
                            "dev.wst.engine.tokenizer.jinja",
                            "dev.wst.engine.weights",
                            "ai.djl..",
                            "com.fasterxml.jackson..")),
            Map.entry("dev.wst.engine.tokenizer.jinja", List.of("dev.wst")),
            Map.entry("dev.wst.engine.model", List.of("dev.wst", "dev.wst.engine..", "org.slf4j..")),
            Map.entry(
                    "dev.wst.teacher",
                    List.of("dev.wst", "dev.wst.files", "dev.wst.engine..", "com.fasterxml.jackson..")),
            Map.entry("dev.wst.files", List.of("dev.wst")),
            Map.entry(
                    "dev.wst.checkpoint",
                    List.of("dev.wst", "dev.wst.files", "com.fasterxml.jackson..", "org.slf4j..")),
            Map.entry("dev.wst.critic", List.of("dev.wst", "dev.wst.engine.dense", "dev.wst.engine.weights")),
            Map.entry(
                    "dev.wst.student",
                    List.of(
                            "dev.wst",
                            "dev.wst.answers",
                            "dev.wst.calls",
                            "dev.wst.teacher",
                            "dev.wst.engine.model",
                            "dev.wst.engine.tensor",
                            "dev.wst.engine.tokenizer",
                            "dev.langchain4j..")),
            Map.entry(
                    "dev.wst.serving",
                    List.of(
                            "dev.wst",
                            "dev.wst.evaluation",
                            "dev.wst.student",
                            "dev.wst.teacher",
                            "com.github.benmanes.caffeine..",
                            "dev.langchain4j..",
                            "org.slf4j..")),
            Map.entry("dev.wst.evaluation", List.of("dev.wst", "dev.wst.calls", "org.apache.commons.math3..")),
            Map.entry("dev.wst.search", List.of("dev.wst", "dev.wst.budget", "dev.wst.calls", "dev.wst.evaluation")),
            Map.entry(
                    "dev.wst.metrics",
                    List.of(
                            "dev.wst",
                            "dev.wst.budget",
                            "dev.wst.evaluation",
                            "dev.wst.files",
                            "com.fasterxml.jackson..",
                            "org.slf4j..")),
            Map.entry(
                    "dev.wst.diagnosis",
                    List.of("dev.wst", "dev.wst.evaluation", "dev.wst.metrics", "org.apache.commons.math3..")),
            Map.entry(
                    "dev.wst.report",
                    List.of(
                            "dev.wst",
                            "dev.wst.budget",
                            "dev.wst.diagnosis",
                            "dev.wst.evaluation",
                            "dev.wst.files",
                            "dev.wst.metrics",
                            "com.fasterxml.jackson..")),
            Map.entry("dev.wst.metrics.micrometer", List.of("dev.wst", "dev.wst.serving", "io.micrometer..")),
            Map.entry(
                    "dev.wst.spring",
                    List.of(
                            "dev.wst",
                            "dev.wst.serving",
                            "dev.wst.student",
                            "dev.wst.teacher",
                            "dev.langchain4j..",
                            "org.slf4j..",
                            "org.springframework..")),
            Map.entry(
                    "dev.wst.training",
                    List.of(
                            "dev.wst",
                            "dev.wst.rl",
                            "dev.wst.answers",
                            "dev.wst.budget",
                            "dev.wst.calls",
                            "dev.wst.checkpoint",
                            "dev.wst.critic",
                            "dev.wst.diagnosis",
                            "dev.wst.evaluation",
                            "dev.wst.files",
                            "dev.wst.metrics",
                            "org.slf4j..")));

    ArchitectureTest() {
        super("dev.wst", CORE, TABLE, EVERYWHERE);
    }

    /** The engine is no part of the public face: nobody needs its types to use the library. */
    @Test
    void no_public_signature_outside_the_engine_shows_it() {
        classes()
                .that()
                .arePublic()
                .and()
                .resideOutsideOfPackage("dev.wst.engine..")
                .should(new ArchCondition<>("keep the engine out of public signatures") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        shown(type)
                                .filter(one -> one.getPackageName().startsWith("dev.wst.engine"))
                                .distinct()
                                .forEach(one -> events.add(SimpleConditionEvent.violated(
                                        type, type.getName() + " shows " + one.getName())));
                    }
                })
                .check(CORE);
    }

    @Test
    void the_public_face_is_small() {
        // Public because packages of this library need it: the engine, files, checkpoints.
        Pattern inside = Pattern.compile("dev\\.wst\\.(engine|files|checkpoint)\\b.*");
        List<String> face = CORE.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> !inside.matcher(type.getPackageName()).matches())
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .filter(JavaClass::isTopLevelClass)
                .map(JavaClass::getName)
                .sorted()
                .toList();
        assertThat(face).hasSizeLessThanOrEqualTo(112);
    }

    @Test
    void no_public_signature_shows_guava_or_nd4j() {
        classes()
                .that()
                .arePublic()
                .and()
                .resideOutsideOfPackage("dev.wst.engine..")
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
