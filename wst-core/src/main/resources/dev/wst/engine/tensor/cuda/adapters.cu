// Low-rank adapters of one linear layer for a few rows, both products in one launch.

// y += factor x down' up', the columns of y in up to three parts, each with an `up` [outputs, rank] of its own; down holds the parts'
// matrices one below the other, [parts rank, inputs]. One block a row.
KERNEL adapt(const float* x, Int x_stride, const float* down, Int inputs, float factor, Int rank, Int parts, const float* up0, Int from0,
             Int outputs0, const float* up1, Int from1, Int outputs1, const float* up2, Int from2, Int outputs2, float* y, Int y_stride) {
    DYNAMIC_SHARED(float, hidden);   // [parts rank]
    const float* in = x + blockIdx.x * x_stride;
    int warp = threadIdx.x / 32, lane = threadIdx.x % 32, warps = blockDim.x / 32;
    for (Int r = warp; r < parts * rank; r += warps) {
        const float* row = down + r * inputs;
        float s = 0;
        for (Int c = lane; c < inputs; c += 32) s += in[c] * row[c];
        s = warp_sum(s);
        if (lane == 0) hidden[r] = factor * s;
    }
    __syncthreads();
    for (Int part = 0; part < parts; part++) {
        const float* up = part == 0 ? up0 : part == 1 ? up1 : up2;
        Int outputs = part == 0 ? outputs0 : part == 1 ? outputs1 : outputs2;
        float* out = y + blockIdx.x * y_stride + (part == 0 ? from0 : part == 1 ? from1 : from2);
        const float* h = hidden + part * rank;
        for (Int n = threadIdx.x; n < outputs; n += blockDim.x) {
            float s = 0;
            for (Int r = 0; r < rank; r++) s += h[r] * up[n * rank + r];
            out[n] += s;
        }
    }
}
