// Moves, adds and fills rows.

KERNEL fill(float* x, Int columns, Int stride, Int chunks, float value) {
    EACH_ELEMENT(r, c, columns, chunks)
    x[r * stride + c] = value;
}

KERNEL scale(float* x, Int columns, Int stride, Int chunks, float factor) {
    EACH_ELEMENT(r, c, columns, chunks)
    x[r * stride + c] *= factor;
}

KERNEL copy_rows(const float* x, Int x_stride, float* y, Int y_stride, Int columns, Int chunks) {
    EACH_ELEMENT(r, c, columns, chunks)
    y[r * y_stride + c] = x[r * x_stride + c];
}

KERNEL add_rows(const float* x, Int x_stride, float* y, Int y_stride, Int columns, Int chunks) {
    EACH_ELEMENT(r, c, columns, chunks)
    y[r * y_stride + c] += x[r * x_stride + c];
}

KERNEL add_row(const float* row, float* y, Int y_stride, Int columns, Int chunks) {
    EACH_ELEMENT(r, c, columns, chunks)
    y[r * y_stride + c] += row[c];
}

// row[c] += sum over m of x[m, c]; one thread a column, so the order of additions is that of the rows.
KERNEL sum_rows(const float* x, Int stride, float* row, Int rows, Int columns) {
    Int c = (Int) blockIdx.x * blockDim.x + threadIdx.x;
    if (c >= columns) return;
    float s = 0;
    for (Int r = 0; r < rows; r++) s += x[r * stride + c];
    row[c] += s;
}

KERNEL gather_rows(const float* x, Int x_stride, const int* index, float* y, Int y_stride, Int columns, Int chunks) {
    EACH_ELEMENT(r, c, columns, chunks)
    int from = index[r];
    y[r * y_stride + c] = from < 0 ? 0.0f : x[from * x_stride + c];
}

KERNEL place_rows(const float* x, Int x_stride, const int* index, float* y, Int y_stride, Int columns, Int chunks) {
    EACH_ELEMENT(r, c, columns, chunks)
    int to = index[r];
    if (to >= 0) y[to * y_stride + c] = x[r * x_stride + c];
}

// y[target[i]] += the sum of x[source[j]] for j in first[i] .. first[i + 1] - 1: every row of y has one block that writes it.
KERNEL scatter_add_rows(const float* x, Int x_stride, const int* target, const int* first, const int* source, float* y,
                        Int y_stride, Int columns, Int chunks) {
    EACH_ELEMENT(i, c, columns, chunks)
    float s = y[target[i] * y_stride + c];
    for (int j = first[i]; j < first[i + 1]; j++) s += x[source[j] * x_stride + c];
    y[target[i] * y_stride + c] = s;
}

// Where element i of a batch [n0, n1, n2] of [rows, columns] lies, strides counted in numbers.
struct Place {
    Int i0, i1, i2, row, column;
    __device__ Place(Int i, Int n1, Int n2, Int rows, Int columns) {
        column = i % columns; i /= columns;
        row = i % rows; i /= rows;
        i2 = i % n2; i /= n2;
        i1 = i % n1;
        i0 = i / n1;
    }
    __device__ Int at(Int s0, Int s1, Int s2, Int sr, Int sc) const {
        return i0 * s0 + i1 * s1 + i2 * s2 + row * sr + column * sc;
    }
};

KERNEL copy_block(const float* x, Int x0, Int x1, Int x2, Int xr, Int xc, float* y, Int y0, Int y1, Int y2, Int yr, Int yc,
                  Int n1, Int n2, Int rows, Int columns, Int count) {
    Int i = (Int) blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= count) return;
    Place p(i, n1, n2, rows, columns);
    y[p.at(y0, y1, y2, yr, yc)] = x[p.at(x0, x1, x2, xr, xc)];
}

// y = x in BF16, dense: what the products take.
KERNEL round_rows(const float* x, Int x_stride, Bf16* y, Int columns, Int chunks) {
    EACH_ELEMENT(r, c, columns, chunks)
    y[r * columns + c] = rounded(x[r * x_stride + c]);
}
