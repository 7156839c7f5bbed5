// Log-probability and entropy of chosen tokens, and the slope back to the logits. One block a row.

KERNEL token_scores(const float* logits, Int stride, const int* targets, double* log_sum_exp, double* log_probability,
                    double* entropy, Int columns) {
    const float* z = logits + blockIdx.x * stride;
    float most = minus_infinity();
    for (Int c = threadIdx.x; c < columns; c += blockDim.x) most = fmaxf(most, z[c]);
    most = block_max(most);
    double sum = 0, dot = 0;
    for (Int c = threadIdx.x; c < columns; c += blockDim.x) {
        float shifted = z[c] - most;
        double e = expf(shifted);
        sum += e;
        dot += e * shifted;
    }
    sum = block_sum(sum);
    dot = block_sum(dot);
    if (threadIdx.x == 0) {
        double lse = (double) most + log(sum);
        log_sum_exp[blockIdx.x] = lse;
        log_probability[blockIdx.x] = (double) z[targets[blockIdx.x]] - lse;
        entropy[blockIdx.x] = log(sum) - dot / sum;   // H = lse - sum p z, z counted from its maximum
    }
}

// dz = a (onehot(target) - p) - b p (log p + H), in place.
KERNEL token_scores_back(float* logits, Int stride, const int* targets, const double* log_sum_exp, const double* entropy,
                         const double* log_probability_slope, const double* entropy_slope, Int columns, Int chunks) {
    EACH_ELEMENT(r, c, columns, chunks)
    float lse = (float) log_sum_exp[r], a = (float) log_probability_slope[r], b = (float) entropy_slope[r];
    float* z = logits + r * stride + c;
    float log_p = *z - lse;
    float slope = -expf(log_p) * (a + b * (log_p + (float) entropy[r]));
    *z = c == targets[r] ? slope + a : slope;
}
