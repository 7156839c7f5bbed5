package dev.wst.engine.tensor.onednn;

/** What a primitive does to its arguments before it computes, and to its result before storing it. */
final class OneDnnAttributes implements AutoCloseable {
    private final long operations;
    private final long attributes;

    OneDnnAttributes() {
        long[] handle = new long[1];
        OneDnn.check(OneDnn.dnnl_post_ops_create(handle), "post-operations");
        operations = handle[0];
        OneDnn.check(OneDnn.dnnl_primitive_attr_create(handle), "attributes");
        attributes = handle[0];
    }

    /** Adds what the target holds. */
    void sum() {
        OneDnn.check(OneDnn.dnnl_post_ops_append_sum(operations, 1, 0, OneDnn.F32), "sum");
    }

    /** Multiplies by a constant. */
    void multiply(float factor) {
        OneDnn.check(
                OneDnn.dnnl_post_ops_append_eltwise(operations, OneDnn.ELTWISE_LINEAR, factor, 0), "multiplication");
    }

    /** Takes an argument's numbers times scales, one for each place along the dimensions of the mask's bits. */
    void scale(int argument, int mask) {
        OneDnn.check(OneDnn.dnnl_primitive_attr_set_scales_mask(attributes, argument, mask), "scales");
    }

    /** The attributes with the operations so far. */
    long handle() {
        OneDnn.check(OneDnn.dnnl_primitive_attr_set_post_ops(attributes, operations), "attributes");
        return attributes;
    }

    @Override
    public void close() {
        OneDnn.dnnl_primitive_attr_destroy(attributes);
        OneDnn.dnnl_post_ops_destroy(operations);
    }
}
