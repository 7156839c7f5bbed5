package dev.wst.engine.tokenizer.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tag {@code {% for target in sequence if test %}}.
 *
 * @param test which elements take part
 * @param otherwise what is written where none does
 */
record ForLoop(Target target, Optional<Expression> test, Statement body, Statement otherwise, boolean recursive) {

    void run(Frame frame, Object iterated, int depth, TextBuilder out) {
        List<Object> items = chosen(frame, Values.iterate(iterated));
        if (items.isEmpty()) {
            otherwise.run(frame.inner(), out);
            return;
        }
        Loop loop = new Loop(items, depth, recursive ? again(frame, depth) : null);
        for (Object item : items) {
            frame.budget().spend(1);
            loop.advance();
            Frame inner = frame.inner();
            inner.set("loop", loop);
            target.assign(inner, item);
            if (body.run(inner, out) == Statement.Next.LOOP_END) {
                break;
            }
        }
    }

    private List<Object> chosen(Frame frame, List<Object> items) {
        if (test.isEmpty()) {
            return items;
        }
        List<Object> chosen = new ArrayList<>();
        for (Object item : items) {
            frame.budget().spend(1);
            Frame inner = frame.inner();
            target.assign(inner, item);
            if (Values.isTrue(test.get().value(inner))) {
                chosen.add(item);
            }
        }
        return chosen;
    }

    private Function again(Frame frame, int depth) {
        return (caller, arguments) -> {
            TextBuilder out = new TextBuilder();
            frame.budget().enter();
            run(frame, arguments.bind("loop", "iterable").get("iterable"), depth + 1, out);
            frame.budget().leave();
            return out.text();
        };
    }
}
