package dev.wst.examples.documentation;

import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.HashMap;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;
import javax.tools.Diagnostic;

/**
 * What each name stands for, in all examples alike: of a name that is given, that or a kind of it; of another, what the first
 * example made it that declares it. A declaration that makes it something else is an error of the compilation.
 */
final class Glossary extends TreePathScanner<Void, Void> {
    private final Trees trees;
    private final Types types;
    private final Map<String, TypeMirror> given = new HashMap<>();
    private final Map<String, TypeMirror> declared = new HashMap<>();

    /**
     * @param task has analysed what will be scanned
     * @param given its fields are given
     */
    Glossary(JavacTask task, Class<?> given) {
        this.trees = Trees.instance(task);
        this.types = task.getTypes();
        for (Element field : ElementFilter.fieldsIn(
                task.getElements().getTypeElement(given.getName()).getEnclosedElements())) {
            this.given.put(field.getSimpleName().toString(), field.asType());
        }
    }

    @Override
    public Void visitVariable(VariableTree variable, Void nothing) {
        String name = variable.getName().toString();
        TypeMirror type = trees.getTypeMirror(getCurrentPath());
        TypeMirror elsewhere = given.containsKey(name) ? given.get(name) : declared.computeIfAbsent(name, n -> type);
        boolean fits =
                given.containsKey(name) ? types.isAssignable(type, elsewhere) : types.isSameType(type, elsewhere);
        if (!fits) {
            trees.printMessage(
                    Diagnostic.Kind.ERROR,
                    name + " is " + type + " here and " + elsewhere + " in other examples",
                    variable,
                    getCurrentPath().getCompilationUnit());
        }
        return super.visitVariable(variable, null);
    }
}
