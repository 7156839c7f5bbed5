// Products that the library of matrix products has no call for: batches with strides of any kind.

#define TILE 32

// c = alpha a b (+ c) (+ mask) over a batch [n0, n1, n2]; c [m, n], a [m, k], b [k, n]. 256 threads, four rows of a tile each.
KERNEL multiply_blocks(const float* a, Int a0, Int a1, Int a2, Int am, Int ak, const float* b, Int b0, Int b1, Int b2, Int bk, Int bn,
                       float* c, Int c0, Int c1, Int c2, Int cm, Int cn, const float* mask, Int m0, Int m1, Int m2, Int mm, Int mn,
                       Int n1, Int n2, Int m, Int n, Int k, float alpha, Int accumulate) {
    __shared__ float left[TILE][TILE + 1];
    __shared__ float right[TILE][TILE + 1];
    Int across = (n + TILE - 1) / TILE, down = (m + TILE - 1) / TILE;
    Int block = blockIdx.x;
    Int column = block % across * TILE; block /= across;
    Int row = block % down * TILE; block /= down;
    Int i2 = block % n2; block /= n2;
    Int i1 = block % n1, i0 = block / n1;
    a += i0 * a0 + i1 * a1 + i2 * a2;
    b += i0 * b0 + i1 * b1 + i2 * b2;
    c += i0 * c0 + i1 * c1 + i2 * c2;
    int x = threadIdx.x % TILE, y = threadIdx.x / TILE;
    float sum[4] = {0, 0, 0, 0};
    for (Int from = 0; from < k; from += TILE) {
        for (int j = 0; j < 4; j++) {
            // Neighbouring threads read neighbouring numbers where the operand lies that way.
            int p = y + 8 * j, q = x;
            int ai = ak == 1 ? p : q, aj = ak == 1 ? q : p;
            left[ai][aj] = row + ai < m && from + aj < k ? a[(row + ai) * am + (from + aj) * ak] : 0.0f;
            int bi = bn == 1 ? p : q, bj = bn == 1 ? q : p;
            right[bi][bj] = from + bi < k && column + bj < n ? b[(from + bi) * bk + (column + bj) * bn] : 0.0f;
        }
        __syncthreads();
        for (int i = 0; i < TILE; i++)
            for (int j = 0; j < 4; j++) sum[j] += left[y + 8 * j][i] * right[i][x];
        __syncthreads();
    }
    for (int j = 0; j < 4; j++) {
        Int r = row + y + 8 * j, s = column + x;
        if (r >= m || s >= n) continue;
        float* out = c + r * cm + s * cn;
        float value = alpha * sum[j] + (accumulate ? *out : 0.0f);
        if (mask != nullptr) value += mask[i0 * m0 + i1 * m1 + i2 * m2 + r * mm + s * mn];
        *out = value;
    }
}
