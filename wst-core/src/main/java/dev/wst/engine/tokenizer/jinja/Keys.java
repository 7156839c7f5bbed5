package dev.wst.engine.tokenizer.jinja;

import java.util.ArrayList;
import java.util.List;

/**
 * What filters look at in each element: the element, or an attribute such as {@code function.name}.
 *
 * @param path empty for the element itself
 * @param otherwise where the attribute is undefined; None for nothing
 * @param caseMatters whether texts keep their case
 */
record Keys(List<Object> path, Object otherwise, boolean caseMatters) {

    static Keys of(Object attribute, Object otherwise, boolean caseMatters) {
        List<Object> path = new ArrayList<>();
        if (attribute instanceof Text text) {
            for (String part : text.toString().split("\\.", -1)) {
                path.add(part.matches("\\d{1,9}") ? (Object) Long.parseLong(part) : Text.of(part));
            }
        } else if (attribute != None.NONE) {
            path.add(attribute);
        }
        return new Keys(path, otherwise, caseMatters);
    }

    Object of(Object item) {
        Object value = item;
        for (Object part : path) {
            value = Attributes.brackets(value, part);
            if (value instanceof Undefined && otherwise != None.NONE) {
                value = otherwise;
            }
        }
        return !caseMatters && value instanceof Text text ? Casing.lower(text) : value;
    }
}
