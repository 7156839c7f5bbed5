package dev.wst.engine.tokenizer.jinja;

/**
 * The value of a name or attribute that is not defined: empty where it is printed or gone through, an error where it is used.
 *
 * @param what goes into the error
 */
record Undefined(String what) {
    TemplateException error() {
        return TemplateException.failed(what);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Undefined;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
