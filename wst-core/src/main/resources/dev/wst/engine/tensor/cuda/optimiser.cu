// The optimiser: the norm of a gradient, and AdamW.

// The squares of a row added up, one block a row.
KERNEL row_squares(const float* x, Int stride, double* sums, Int columns) {
    const float* row = x + blockIdx.x * stride;
    double s = 0;
    for (Int c = threadIdx.x; c < columns; c += blockDim.x) s += (double) row[c] * row[c];
    s = block_sum(s);
    if (threadIdx.x == 0) sums[blockIdx.x] = s;
}

// Adds up `count` numbers into the first of them, in a fixed order. One block.
KERNEL add_up(double* sums, Int count) {
    double s = 0;
    for (Int i = threadIdx.x; i < count; i += blockDim.x) s += sums[i];
    s = block_sum(s);
    if (threadIdx.x == 0) sums[0] = s;
}

// rate and root hold the corrections for bias: rate / (1 - b1^t), 1 / sqrt(1 - b2^t); keep is 1 - rate decay.
KERNEL adam_w(float* weight, Int weight_stride, const float* gradient, Int gradient_stride, float* first, Int first_stride, float* second,
              Int second_stride, float b1, float b2, float clip, float rate, float root, float epsilon, float keep, Int columns,
              Int chunks) {
    EACH_ELEMENT(r, c, columns, chunks)
    float slope = gradient[r * gradient_stride + c] * clip;
    float* m = first + r * first_stride + c;
    float* v = second + r * second_stride + c;
    float* w = weight + r * weight_stride + c;
    *m = b1 * *m + (1.0f - b1) * slope;
    *v = b2 * *v + (1.0f - b2) * slope * slope;
    *w = *w * keep - rate * *m / (sqrtf(*v) * root + epsilon);
}
