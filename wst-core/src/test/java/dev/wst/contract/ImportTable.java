package dev.wst.contract;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A module's table of imports, held: what each of its packages may see of its own and of other people's packages. */
public abstract class ImportTable {
    private final String root;
    private final JavaClasses module;
    private final Map<String, List<String>> table;
    private final List<String> everywhere;

    /**
     * @param root package of the module
     * @param module its classes, without tests
     * @param table for each package, those that it may import beside itself
     * @param everywhere what all of them may import
     */
    protected ImportTable(String root, JavaClasses module, Map<String, List<String>> table, List<String> everywhere) {
        this.root = root;
        this.module = module;
        this.table = table;
        this.everywhere = everywhere;
    }

    @TestFactory
    Stream<DynamicTest> a_package_imports_what_the_table_allows() {
        return table.keySet().stream().sorted().map(name -> DynamicTest.dynamicTest(name, () -> imports(name)));
    }

    private void imports(String name) {
        String[] allowed = Stream.of(List.of(name), table.get(name), everywhere)
                .flatMap(List::stream)
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(name)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .check(module);
    }

    @Test
    void every_package_is_in_the_table() {
        classes()
                .should()
                .resideInAnyPackage(table.keySet().toArray(String[]::new))
                .check(module);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching(root + ".(**)").should().beFreeOfCycles().check(module);
    }
}
