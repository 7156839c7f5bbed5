// Attention of packed rows, without scores in memory (arXiv 2205.14135): softmax over keys that come by in tiles, with the largest
// score so far and the sum so far kept. Queries, keys and values of a row lie side by side: [(H + 2 K) D]; H query heads share K
// key-value heads. A warp works on VECTORS vectors at once, and each lane on one of KEYS that stream by.
//
// A tile is some rows of one text, all of which see the same beginning: {first row, rows, prefix from, prefix to, own from}. Row r
// sees rows prefix from .. prefix to - 1 and own from .. r.

#define VECTORS 4
#define KEYS 32
#define PARTS 4   // a head is at most 32 PARTS wide

// Copies `count` vectors of `width` numbers into shared memory, `pitch` apart, zeros after the last. Vector i is head `head + i % step`
// of row `row + i / step`.
__device__ inline void load_vectors(float* target, int pitch, int slots, const float* source, Int stride, int row, int head, int step,
                                    int count, int width, float factor) {
    for (int i = threadIdx.x; i < slots * width; i += blockDim.x) {
        int vector = i / width, d = i % width;
        target[vector * pitch + d] =
            vector < count ? source[(Int) (row + vector / step) * stride + (head + vector % step) * width + d] * factor : 0.0f;
    }
}

KERNEL attend(const float* projected, Int stride, const int* tiles, Int heads, Int key_heads, Int head_width, float scale,
              float* context, Int context_stride, float* log_sum_exp, Bf16* copy) {
    DYNAMIC_SHARED(float, memory);
    int width = (int) head_width, sharing = (int) (heads / key_heads), warps = blockDim.x / 32, queries = warps * VECTORS;
    float* q = memory;
    float* k = q + queries * width;
    float* v = k + KEYS * (width + 1);
    float* p = v + KEYS * width;
    const int* tile = tiles + blockIdx.x / (unsigned) key_heads * 5;
    int kv = (int) (blockIdx.x % (unsigned) key_heads);
    int first = tile[0], end = first + tile[1], count = tile[1] * sharing;
    int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
    load_vectors(q, width, queries, projected, stride, first, kv * sharing, sharing, count, width, scale);
    float most[VECTORS], sum[VECTORS], out[VECTORS][PARTS];
    for (int j = 0; j < VECTORS; j++) {
        most[j] = minus_infinity();
        sum[j] = 0;
        for (int part = 0; part < PARTS; part++) out[j][part] = 0;
    }
    for (int span = 0; span < 2; span++) {
        int from = span == 0 ? tile[2] : tile[4], to = span == 0 ? tile[3] : end;
        for (int start = from; start < to; start += KEYS) {
            int here = min(KEYS, to - start);
            __syncthreads();
            load_vectors(k, width + 1, KEYS, projected, stride, start, (int) heads + kv, 1, here, width, 1.0f);
            load_vectors(v, width, KEYS, projected, stride, start, (int) (heads + key_heads) + kv, 1, here, width, 1.0f);
            __syncthreads();
            float score[VECTORS] = {};
            for (int d = 0; d < width; d++) {
                float kd = k[lane * (width + 1) + d];
                for (int j = 0; j < VECTORS; j++) score[j] += q[(warp * VECTORS + j) * width + d] * kd;
            }
            for (int j = 0; j < VECTORS; j++) {
                int row = first + (warp * VECTORS + j) / sharing;
                bool seen = lane < here && (span == 0 || start + lane <= row);
                float now = fmaxf(most[j], warp_max(seen ? score[j] : minus_infinity()));
                float weight = seen ? expf(score[j] - now) : 0.0f;
                float keep = most[j] == now ? 1.0f : expf(most[j] - now);
                sum[j] = sum[j] * keep + warp_sum(weight);
                most[j] = now;
                p[(warp * VECTORS + j) * KEYS + lane] = weight;
                for (int part = 0; part < PARTS; part++) out[j][part] *= keep;
            }
            __syncwarp();
            for (int i = 0; i < here; i++)
                for (int part = 0; part < PARTS; part++) {
                    int d = lane + 32 * part;
                    float vd = d < width ? v[i * width + d] : 0.0f;
                    for (int j = 0; j < VECTORS; j++) out[j][part] += p[(warp * VECTORS + j) * KEYS + i] * vd;
                }
            __syncwarp();
        }
    }
    for (int j = 0; j < VECTORS; j++) {
        int vector = warp * VECTORS + j;
        if (vector >= count) continue;
        Int row = first + vector / sharing, head = kv * sharing + vector % sharing;
        for (int part = 0; part < PARTS; part++) {
            int d = lane + 32 * part;
            if (d >= width) continue;
            float value = out[j][part] / sum[j];
            context[row * context_stride + head * width + d] = value;
            if (copy != nullptr) copy[(row * heads + head) * width + d] = rounded(value);
        }
        if (lane == 0) log_sum_exp[row * heads + head] = most[j] + logf(sum[j]);
    }
}

// delta[row, head] = sum over d of context d_context: what softmax's slope takes away. One block a row, one warp a head.
KERNEL attention_delta(const float* context, Int context_stride, const float* d_context, Int d_stride, float* delta, Int heads,
                       Int head_width) {
    int lane = threadIdx.x % 32;
    for (Int head = threadIdx.x / 32; head < heads; head += blockDim.x / 32) {
        const float* a = context + blockIdx.x * context_stride + head * head_width;
        const float* b = d_context + blockIdx.x * d_stride + head * head_width;
        float s = 0;
        for (Int d = lane; d < head_width; d += 32) s += a[d] * b[d];
        s = warp_sum(s);
        if (lane == 0) delta[blockIdx.x * heads + head] = s;
    }
}

// Writes the slopes of the queries; tiles as in forward.
KERNEL attend_back_queries(const float* projected, Int stride, const int* tiles, Int heads, Int key_heads, Int head_width, float scale,
                           const float* d_context, Int d_context_stride, const float* log_sum_exp, const float* delta,
                           float* d_projected, Int d_stride) {
    DYNAMIC_SHARED(float, memory);
    int width = (int) head_width, sharing = (int) (heads / key_heads), warps = blockDim.x / 32, queries = warps * VECTORS;
    float* q = memory;
    float* o = q + queries * width;
    float* k = o + queries * width;
    float* v = k + KEYS * (width + 1);
    float* p = v + KEYS * (width + 1);
    const int* tile = tiles + blockIdx.x / (unsigned) key_heads * 5;
    int kv = (int) (blockIdx.x % (unsigned) key_heads);
    int first = tile[0], end = first + tile[1], count = tile[1] * sharing;
    int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
    load_vectors(q, width, queries, projected, stride, first, kv * sharing, sharing, count, width, scale);
    load_vectors(o, width, queries, d_context, d_context_stride, first, kv * sharing, sharing, count, width, 1.0f);
    float lse[VECTORS], shift[VECTORS], out[VECTORS][PARTS];
    for (int j = 0; j < VECTORS; j++) {
        int vector = warp * VECTORS + j;
        Int at = (Int) (first + vector / sharing) * heads + kv * sharing + vector % sharing;
        lse[j] = vector < count ? log_sum_exp[at] : 0.0f;
        shift[j] = vector < count ? delta[at] : 0.0f;
        for (int part = 0; part < PARTS; part++) out[j][part] = 0;
    }
    for (int span = 0; span < 2; span++) {
        int from = span == 0 ? tile[2] : tile[4], to = span == 0 ? tile[3] : end;
        for (int start = from; start < to; start += KEYS) {
            int here = min(KEYS, to - start);
            __syncthreads();
            load_vectors(k, width + 1, KEYS, projected, stride, start, (int) heads + kv, 1, here, width, 1.0f);
            load_vectors(v, width + 1, KEYS, projected, stride, start, (int) (heads + key_heads) + kv, 1, here, width, 1.0f);
            __syncthreads();
            float score[VECTORS] = {}, dp[VECTORS] = {};
            for (int d = 0; d < width; d++) {
                float kd = k[lane * (width + 1) + d], vd = v[lane * (width + 1) + d];
                for (int j = 0; j < VECTORS; j++) {
                    score[j] += q[(warp * VECTORS + j) * width + d] * kd;
                    dp[j] += o[(warp * VECTORS + j) * width + d] * vd;
                }
            }
            for (int j = 0; j < VECTORS; j++) {
                int vector = warp * VECTORS + j, row = first + vector / sharing;
                bool seen = vector < count && lane < here && (span == 0 || start + lane <= row);
                p[vector * KEYS + lane] = seen ? expf(score[j] - lse[j]) * (dp[j] - shift[j]) : 0.0f;
            }
            __syncwarp();
            for (int i = 0; i < here; i++)
                for (int part = 0; part < PARTS; part++) {
                    int d = lane + 32 * part;
                    float kd = d < width ? k[i * (width + 1) + d] : 0.0f;
                    for (int j = 0; j < VECTORS; j++) out[j][part] += p[(warp * VECTORS + j) * KEYS + i] * kd;
                }
            __syncwarp();
        }
    }
    for (int j = 0; j < VECTORS; j++) {
        int vector = warp * VECTORS + j;
        if (vector >= count) continue;
        float* target = d_projected + (Int) (first + vector / sharing) * d_stride + (kv * sharing + vector % sharing) * width;
        for (int part = 0; part < PARTS; part++) {
            int d = lane + 32 * part;
            if (d < width) target[d] = out[j][part] * scale;
        }
    }
}

// Writes the slopes of keys and values. A tile is some rows of one text as keys: {first row, rows, end}: rows up to end - 1 that are
// not before a key see it. Queries stream by, one a lane.
KERNEL attend_back_keys(const float* projected, Int stride, const int* tiles, Int heads, Int key_heads, Int head_width, float scale,
                        const float* d_context, Int d_context_stride, const float* log_sum_exp, const float* delta, float* d_projected,
                        Int d_stride) {
    DYNAMIC_SHARED(float, memory);
    int width = (int) head_width, sharing = (int) (heads / key_heads), warps = blockDim.x / 32, keys = warps * VECTORS;
    float* k = memory;
    float* v = k + keys * width;
    float* q = v + keys * width;
    float* o = q + KEYS * (width + 1);
    float* p = o + KEYS * (width + 1);
    float* ds = p + keys * KEYS;
    const int* tile = tiles + blockIdx.x / (unsigned) key_heads * 3;
    int kv = (int) (blockIdx.x % (unsigned) key_heads);
    int first = tile[0], count = tile[1], seers = (tile[2] - first) * sharing;
    int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
    load_vectors(k, width, keys, projected, stride, first, (int) heads + kv, 1, count, width, 1.0f);
    load_vectors(v, width, keys, projected, stride, first, (int) (heads + key_heads) + kv, 1, count, width, 1.0f);
    float dk[VECTORS][PARTS], dv[VECTORS][PARTS];
    for (int j = 0; j < VECTORS; j++)
        for (int part = 0; part < PARTS; part++) dk[j][part] = dv[j][part] = 0;
    for (int start = 0; start < seers; start += KEYS) {
        int here = min(KEYS, seers - start);
        __syncthreads();
        for (int i = threadIdx.x; i < KEYS * width; i += blockDim.x) {
            int vector = start + i / width, d = i % width;
            Int row = first + vector / sharing;
            int head = kv * sharing + vector % sharing;
            bool there = i / width < here;
            q[i / width * (width + 1) + d] = there ? projected[row * stride + head * width + d] * scale : 0.0f;
            o[i / width * (width + 1) + d] = there ? d_context[row * d_context_stride + head * width + d] : 0.0f;
        }
        __syncthreads();
        float score[VECTORS] = {}, dp[VECTORS] = {};
        for (int d = 0; d < width; d++) {
            float qd = q[lane * (width + 1) + d], od = o[lane * (width + 1) + d];
            for (int j = 0; j < VECTORS; j++) {
                score[j] += k[(warp * VECTORS + j) * width + d] * qd;
                dp[j] += v[(warp * VECTORS + j) * width + d] * od;
            }
        }
        int row = first + (start + lane) / sharing;
        Int at = (Int) row * heads + kv * sharing + (start + lane) % sharing;
        float lse = lane < here ? log_sum_exp[at] : 0.0f, shift = lane < here ? delta[at] : 0.0f;
        for (int j = 0; j < VECTORS; j++) {
            int key = warp * VECTORS + j;
            bool seen = lane < here && key < count && first + key <= row;
            float weight = seen ? expf(score[j] - lse) : 0.0f;
            p[key * KEYS + lane] = weight;
            ds[key * KEYS + lane] = weight * (dp[j] - shift);
        }
        __syncwarp();
        for (int i = 0; i < here; i++)
            for (int part = 0; part < PARTS; part++) {
                int d = lane + 32 * part;
                float qd = d < width ? q[i * (width + 1) + d] : 0.0f, od = d < width ? o[i * (width + 1) + d] : 0.0f;
                for (int j = 0; j < VECTORS; j++) {
                    dk[j][part] += ds[(warp * VECTORS + j) * KEYS + i] * qd;
                    dv[j][part] += p[(warp * VECTORS + j) * KEYS + i] * od;
                }
            }
        __syncwarp();
    }
    for (int j = 0; j < VECTORS; j++) {
        int key = warp * VECTORS + j;
        if (key >= count) continue;
        float* target = d_projected + (Int) (first + key) * d_stride;
        for (int part = 0; part < PARTS; part++) {
            int d = lane + 32 * part;
            if (d >= width) continue;
            target[(heads + kv) * width + d] = dk[j][part];
            target[(heads + key_heads + kv) * width + d] = dv[j][part];
        }
    }
}
