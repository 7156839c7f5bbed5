package dev.wst.engine.tokenizer.jinja;

import java.util.ArrayList;
import java.util.List;

/**
 * Python's {@code [from:to:step]}.
 *
 * @param from None, or where it begins
 * @param to None, or what it ends before
 * @param step None for 1
 */
record Slicing(Object from, Object to, Object step) {

    int[] indices(int size) {
        long stride = step == None.NONE ? 1 : Values.integer(step, "a slice");
        if (stride == 0) {
            throw TemplateException.failed("slice step cannot be zero");
        }
        long low = stride > 0 ? 0 : -1;
        long high = stride > 0 ? size : size - 1;
        long begin = bound(from, stride > 0 ? low : high, low, high, size);
        long end = bound(to, stride > 0 ? high : low, low, high, size);
        List<Integer> all = new ArrayList<>();
        for (long i = begin; stride > 0 ? i < end : i > end; i += stride) {
            all.add((int) i);
            if (Math.abs(stride) > size) {
                break;
            }
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    private static long bound(Object value, long otherwise, long low, long high, int size) {
        if (value == None.NONE) {
            return otherwise;
        }
        long index = Values.integer(value, "a slice");
        return Math.max(low, Math.min(high, index < 0 ? index + size : index));
    }

    Text of(Text text) {
        TextBuilder out = new TextBuilder();
        for (int i : indices(text.length())) {
            out.append(text.marked()[i]);
        }
        return text.isEscaped() ? out.text().asEscaped() : out.text();
    }

    List<Object> of(List<Object> items) {
        List<Object> out = new ArrayList<>();
        for (int i : indices(items.size())) {
            out.add(items.get(i));
        }
        return out;
    }
}
