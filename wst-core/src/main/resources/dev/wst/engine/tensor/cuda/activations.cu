// Norm, rotary embedding, SwiGLU and softmax, forward beside backward.

// y = gain x / sqrt(mean(x^2) + epsilon), and its copy in BF16 where one is asked for; one block a row.
KERNEL rms_norm(const float* x, Int x_stride, const float* gain, float epsilon, float* y, Int y_stride, Int columns,
                Bf16* copy) {
    const float* row = x + blockIdx.x * x_stride;
    float* out = y + blockIdx.x * y_stride;
    float square = 0;
    for (Int c = threadIdx.x; c < columns; c += blockDim.x) square += row[c] * row[c];
    float factor = 1.0f / sqrtf(block_sum(square) / (float) columns + epsilon);
    for (Int c = threadIdx.x; c < columns; c += blockDim.x) {
        float value = row[c] * factor * gain[c];
        out[c] = value;
        if (copy != nullptr) copy[blockIdx.x * columns + c] = rounded(value);
    }
}

// dx += r (dn - n mean(dn n)) with n = x r, dn = dy gain; factors[row] = r where asked for.
KERNEL rms_norm_back(const float* x, Int x_stride, const float* gain, float epsilon, const float* dy, Int dy_stride, float* dx,
                     Int dx_stride, Int columns, float* factors) {
    const float* row = x + blockIdx.x * x_stride;
    const float* slope = dy + blockIdx.x * dy_stride;
    float* out = dx + blockIdx.x * dx_stride;
    float square = 0, dot = 0;
    for (Int c = threadIdx.x; c < columns; c += blockDim.x) {
        square += row[c] * row[c];
        dot += slope[c] * gain[c] * row[c];
    }
    float factor = 1.0f / sqrtf(block_sum(square) / (float) columns + epsilon);
    float shared = block_sum(dot) * factor * factor / (float) columns;
    for (Int c = threadIdx.x; c < columns; c += blockDim.x) out[c] += factor * (slope[c] * gain[c] - row[c] * shared);
    if (factors != nullptr && threadIdx.x == 0) factors[blockIdx.x] = factor;
}

// d_gain[c] += sum over rows of dy x r; one thread a column.
KERNEL rms_gain_back(const float* x, Int x_stride, const float* dy, Int dy_stride, const float* factors, float* d_gain, Int rows,
                     Int columns) {
    Int c = (Int) blockIdx.x * blockDim.x + threadIdx.x;
    if (c >= columns) return;
    float s = 0;
    for (Int r = 0; r < rows; r++) s += dy[r * dy_stride + c] * factors[r] * x[r * x_stride + c];
    d_gain[c] += s;
}

KERNEL swi_glu(const float* gate, Int gate_stride, const float* up, Int up_stride, float* y, Int y_stride, Int columns, Int chunks,
               Bf16* copy) {
    EACH_ELEMENT(r, c, columns, chunks)
    float g = gate[r * gate_stride + c];
    float value = g / (1.0f + expf(-g)) * up[r * up_stride + c];
    y[r * y_stride + c] = value;
    if (copy != nullptr) copy[r * columns + c] = rounded(value);
}

KERNEL swi_glu_back(const float* gate, Int gate_stride, const float* up, Int up_stride, const float* dy, Int dy_stride, float* d_gate,
                    Int d_gate_stride, float* d_up, Int d_up_stride, Int columns, Int chunks) {
    EACH_ELEMENT(r, c, columns, chunks)
    float g = gate[r * gate_stride + c], u = up[r * up_stride + c], d = dy[r * dy_stride + c];
    float s = 1.0f / (1.0f + expf(-g));
    d_gate[r * d_gate_stride + c] = d * u * s * (1.0f + g * (1.0f - s));
    d_up[r * d_up_stride + c] = d * g * s;
}

KERNEL softmax(const float* x, Int x_stride, float* y, Int y_stride, Int columns) {
    const float* row = x + blockIdx.x * x_stride;
    float* out = y + blockIdx.x * y_stride;
    float most = minus_infinity();
    for (Int c = threadIdx.x; c < columns; c += blockDim.x) most = fmaxf(most, row[c]);
    most = block_max(most);
    float sum = 0;
    for (Int c = threadIdx.x; c < columns; c += blockDim.x) sum += expf(row[c] - most);
    float factor = 1.0f / block_sum(sum);
    for (Int c = threadIdx.x; c < columns; c += blockDim.x) out[c] = expf(row[c] - most) * factor;
}

KERNEL softmax_back(const float* p, Int p_stride, const float* dp, Int dp_stride, float* dx, Int dx_stride, Int columns) {
    const float* row = p + blockIdx.x * p_stride;
    const float* slope = dp + blockIdx.x * dp_stride;
    float* out = dx + blockIdx.x * dx_stride;
    float dot = 0;
    for (Int c = threadIdx.x; c < columns; c += blockDim.x) dot += row[c] * slope[c];
    dot = block_sum(dot);
    for (Int c = threadIdx.x; c < columns; c += blockDim.x) out[c] = row[c] * (slope[c] - dot);
}

// Each head's halves turn by the row's position; sign is -1 on the way back. One thread a pair of numbers.
KERNEL rope(float* x, Int stride, const float* cos_sin, Int table_stride, const int* positions, Int half, float sign, Int pairs,
            Int chunks) {
    EACH_ELEMENT(r, pair, pairs, chunks)
    Int i = pair % half, base = pair / half * 2 * half;
    const float* turn = cos_sin + positions[r] * table_stride;
    float* head = x + r * stride + base;
    float cosine = turn[i], sine = sign * turn[half + i];
    float a = head[i], b = head[half + i];
    head[i] = a * cosine - b * sine;
    head[half + i] = b * cosine + a * sine;
}
