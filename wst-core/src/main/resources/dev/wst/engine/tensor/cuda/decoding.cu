// One more token of every text: its place in the cache, its attention over what is there, and the draw of the next one. Nothing here
// depends on the number of tokens written so far but through memory, so that a recorded step can be repeated.
//
// places [rows, 3]: where the prompt's rows begin in the prompts' cache, how many they are, and where the text's own rows begin in
// the cache of texts. A row of either cache is [keys K D, values K D]. written [1]: tokens of each text that the cache holds.

// Turns queries and keys by their position; keys and values go to the text's next row of the cache. One block a row.
KERNEL append_to_cache(float* projected, Int stride, const int* places, const int* written, const float* cos_sin, Int table_stride,
                       float* cache, Int cache_stride, Int heads, Int key_heads, Int half) {
    const int* place = places + blockIdx.x * 3;
    Int position = place[1] + *written;
    float* row = projected + blockIdx.x * stride;
    float* own = cache + (Int) (place[2] + *written) * cache_stride;
    const float* turn = cos_sin + position * table_stride;
    for (Int pair = threadIdx.x; pair < (heads + key_heads) * half; pair += blockDim.x) {
        Int head = pair / half, i = pair % half;
        float cosine = turn[i], sine = turn[half + i];
        float a = row[head * 2 * half + i], b = row[head * 2 * half + half + i];
        float* target = head < heads ? row + head * 2 * half : own + (head - heads) * 2 * half;
        target[i] = a * cosine - b * sine;
        target[half + i] = b * cosine + a * sine;
    }
    for (Int i = threadIdx.x; i < key_heads * 2 * half; i += blockDim.x)
        own[key_heads * 2 * half + i] = row[(heads + key_heads) * 2 * half + i];
}

KERNEL advance(int* written) {
    if (threadIdx.x == 0) *written += 1;
}

#define SHARERS 8   // most query heads of a key-value head

// Attention of one token a row over its prompt and its text so far, the new token included. One block a row and key-value head; its
// warps take tiles of keys in turn and put together what they found.
KERNEL attend_cached(const float* projected, Int stride, const int* places, const int* written, const float* prompts, const float* cache,
                     Int cache_stride, Int heads, Int key_heads, Int head_width, float scale, float* context, Int context_stride, Bf16* copy) {
    DYNAMIC_SHARED(float, memory);
    int width = (int) head_width, sharing = (int) (heads / key_heads), warps = blockDim.x / 32;
    int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
    float* q = memory;
    float* p = q + SHARERS * width + warp * SHARERS * KEYS;
    float* tiles = q + SHARERS * width + warps * SHARERS * KEYS;
    float* k = tiles + warp * KEYS * (width + 1);
    __shared__ float found_most[32][SHARERS];
    __shared__ float found_sum[32][SHARERS];
    Int row = blockIdx.x / (unsigned) key_heads;
    int kv = (int) (blockIdx.x % (unsigned) key_heads);
    const int* place = places + row * 3;
    for (int i = threadIdx.x; i < SHARERS * width; i += blockDim.x)
        q[i] = i / width < sharing ? projected[row * stride + kv * sharing * width + i] * scale : 0.0f;
    __syncthreads();
    float most[SHARERS], sum[SHARERS], out[SHARERS][PARTS];
    for (int j = 0; j < SHARERS; j++) {
        most[j] = minus_infinity();
        sum[j] = 0;
        for (int part = 0; part < PARTS; part++) out[j][part] = 0;
    }
    int prompt = place[1], own = *written + 1, promptTiles = (prompt + KEYS - 1) / KEYS, allTiles = promptTiles + (own + KEYS - 1) / KEYS;
    for (int t = warp; t < allTiles; t += warps) {
        bool shared = t < promptTiles;
        int start = (shared ? t : t - promptTiles) * KEYS, here = min(KEYS, (shared ? prompt : own) - start);
        const float* rows = (shared ? prompts + (Int) (place[0] + start) * cache_stride : cache + (Int) (place[2] + start) * cache_stride) + kv * width;
        const float* values = rows + key_heads * width;
        for (int i = lane; i < KEYS * width; i += 32) {
            int key = i / width, d = i % width;
            k[key * (width + 1) + d] = key < here ? rows[key * cache_stride + d] : 0.0f;
        }
        __syncwarp();
        float score[SHARERS] = {};
        for (int d = 0; d < width; d++) {
            float kd = k[lane * (width + 1) + d];
            for (int j = 0; j < SHARERS; j++)
                if (j < sharing) score[j] += q[j * width + d] * kd;
        }
        for (int j = 0; j < SHARERS; j++) {
            if (j >= sharing) break;
            float now = fmaxf(most[j], warp_max(lane < here ? score[j] : minus_infinity()));
            float weight = lane < here ? expf(score[j] - now) : 0.0f;
            float keep = most[j] == now ? 1.0f : expf(most[j] - now);
            sum[j] = sum[j] * keep + warp_sum(weight);
            most[j] = now;
            p[j * KEYS + lane] = weight;
            for (int part = 0; part < PARTS; part++) out[j][part] *= keep;
        }
        __syncwarp();
        for (int i = 0; i < here; i++)
            for (int part = 0; part < PARTS; part++) {
                int d = lane + 32 * part;
                float vd = d < width ? values[i * cache_stride + d] : 0.0f;
                for (int j = 0; j < SHARERS; j++)
                    if (j < sharing) out[j][part] += p[j * KEYS + i] * vd;
            }
        __syncwarp();
    }
    for (int j = 0; j < SHARERS; j++)
        if (lane == 0) {
            found_most[warp][j] = most[j];
            found_sum[warp][j] = sum[j];
        }
    __syncthreads();   // from here on the tiles' memory holds what each warp found: [warps, sharing, width]
    for (int j = 0; j < SHARERS; j++)
        for (int part = 0; part < PARTS; part++) {
            int d = lane + 32 * part;
            if (j < sharing && d < width) tiles[(warp * sharing + j) * width + d] = out[j][part];
        }
    __syncthreads();
    for (int i = threadIdx.x; i < sharing * width; i += blockDim.x) {
        int j = i / width, d = i % width;
        float top = minus_infinity(), total = 0, value = 0;
        for (int w = 0; w < warps; w++) top = fmaxf(top, found_most[w][j]);
        for (int w = 0; w < warps; w++) {
            float factor = found_sum[w][j] == 0 ? 0.0f : expf(found_most[w][j] - top);
            total += found_sum[w][j] * factor;
            value += tiles[(w * sharing + j) * width + d] * factor;
        }
        Int column = (Int) (kv * sharing + j) * width + d;
        context[row * context_stride + column] = value / total;
        if (copy != nullptr) copy[row * heads * width + column] = rounded(value / total);
    }
}

// ---- the draw ----

typedef unsigned long long Mass;   // a share of probability, counted in units of 2^-44 of the likeliest token's: sums are exact

__device__ inline Mass mass(float z, float most) {
    return (Mass) (expf(z - most) * 17592186044416.0f);
}

// Number `draw` of the sequence that a seed begins: java.util.SplittableRandom's, in 0 .. 2^53 - 1.
__device__ inline Mass random_bits(Mass seed, Mass draw) {
    Mass z = seed + (draw + 1) * 0x9E3779B97F4A7C15ull;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return (z ^ (z >> 31)) >> 11;
}

// What the filters leave: tokens likelier than `mass`, and of those exactly as likely the first `ties` by number.
struct Threshold { Mass mass; Mass above; Int count_above; Int ties; };

// The smallest set of likeliest tokens that has `count` tokens, or a share of `share`, whichever is asked for by being above zero.
// Sixteen digits of a mass, four bits each, from the highest down; all threads of the block take part.
__device__ inline Threshold threshold(const float* z, Int columns, float most, Int count, Mass share) {
    __shared__ Mass masses[16];
    __shared__ Int counts[16];
    __shared__ Threshold found;
    if (threadIdx.x == 0) found = {0, 0, 0, 0};
    for (int shift = 44; shift >= 0; shift -= 4) {
        if (threadIdx.x < 16) {
            masses[threadIdx.x] = 0;
            counts[threadIdx.x] = 0;
        }
        __syncthreads();
        Mass prefix = found.mass;
        for (Int c = threadIdx.x; c < columns; c += blockDim.x) {
            Mass m = mass(z[c], most);
            if (m >> (shift + 4) == prefix >> (shift + 4)) {
                int digit = (int) (m >> shift & 15);
                atomicAdd(&masses[digit], m);
                atomicAdd((Mass*) &counts[digit], (Mass) 1);
            }
        }
        __syncthreads();
        if (threadIdx.x == 0) {
            int digit = 15;
            while (digit > 0 && (count > 0 ? found.count_above + counts[digit] < count : found.above + masses[digit] < share)) {
                found.above += masses[digit];
                found.count_above += counts[digit];
                digit--;
            }
            found.mass |= (Mass) digit << shift;
            if (shift == 0) found.ties = counts[digit];
        }
        __syncthreads();
    }
    Threshold result = found;
    __syncthreads();
    if (count > 0) {
        result.ties = min(result.ties, count - result.count_above);
    } else if (result.mass > 0 && share > result.above) {
        Mass needed = (share - result.above + result.mass - 1) / result.mass;
        if (needed < (Mass) result.ties) result.ties = (Int) needed;
    }
    return result;
}

// The sum of `v` over all threads before this one, and over all.
template <class T> __device__ inline T sum_before(T v, T* total) {
    __shared__ T part[33];
    int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    T s = v;
    for (int d = 1; d < 32; d *= 2) {
        T other = __shfl_up_sync(0xffffffffu, s, d);
        if (lane >= d) s += other;
    }
    if (lane == 31) part[warp] = s;
    __syncthreads();
    if (threadIdx.x == 0) {
        T before = 0;
        for (unsigned w = 0; w < blockDim.x / 32; w++) {
            T here = part[w];
            part[w] = before;
            before += here;
        }
        part[32] = before;
    }
    __syncthreads();
    T result = part[warp] + s - v;
    *total = part[32];
    __syncthreads();
    return result;
}

// Draws a token for each row by the row's own random numbers, after top-k, top-p and min-p in that order; the likeliest where that is asked
// for. The token is -1 where the logits are no numbers. One block a row.
KERNEL draw(const float* logits, Int stride, Int columns, const Int* seeds, const int* written, Int greedy, Int top_k,
            float top_p, float min_p, int* tokens, float* log_probabilities) {
    const float* z = logits + blockIdx.x * stride;
    __shared__ int chosen;
    __shared__ int broken;
    if (threadIdx.x == 0) {
        chosen = -1;
        broken = 0;
    }
    __syncthreads();
    float most = minus_infinity();
    for (Int c = threadIdx.x; c < columns; c += blockDim.x) {
        if (!(z[c] < __int_as_float(0x7f800000))) broken = 1;
        most = fmaxf(most, z[c]);
    }
    most = block_max(most);
    if (broken || most == minus_infinity()) {
        if (threadIdx.x == 0) {
            tokens[blockIdx.x] = -1;
            log_probabilities[blockIdx.x] = 0;
        }
        return;
    }
    // Every thread has a run of neighbouring tokens, so that tokens are walked by their number.
    Int run = (columns + blockDim.x - 1) / blockDim.x, from = min(columns, run * (Int) threadIdx.x), to = min(columns, from + run);
    Mass own = 0, total, all;
    for (Int c = from; c < to; c++) own += mass(z[c], most);
    sum_before(own, &all);
    Threshold kept = {0, 0, 0, columns};
    if (top_k > 0 && top_k < columns) kept = threshold(z, columns, most, top_k, 0);
    if (top_p < 1) {
        Mass left = kept.mass == 0 ? all : kept.above + kept.mass * (Mass) kept.ties;
        Threshold nucleus = threshold(z, columns, most, 0, max((Mass) 1, (Mass) ((double) left * (double) top_p)));
        if (nucleus.mass > kept.mass || (nucleus.mass == kept.mass && nucleus.ties < kept.ties)) kept = nucleus;
    }
    Mass floor = (Mass) (min_p * 17592186044416.0f);
    if (floor > kept.mass) kept = {floor - 1, 0, 0, 0};
    Int ties = 0, everyTie, before;
    for (Int c = from; c < to; c++) ties += mass(z[c], most) == kept.mass;
    before = sum_before(ties, &everyTie);
    Mass mine = 0;
    Int tie = before;
    for (Int c = from; c < to; c++) {
        Mass m = mass(z[c], most);
        if (m > kept.mass || (m == kept.mass && tie++ < kept.ties)) mine += m;
    }
    Mass start = sum_before(mine, &total);
    if (!greedy) {
        Mass point = __umul64hi(random_bits((Mass) seeds[blockIdx.x], (Mass) *written) << 11, total);
        if (mine > 0 && start <= point && point < start + mine) {
            tie = before;
            for (Int c = from; c < to; c++) {
                Mass m = mass(z[c], most);
                if (!(m > kept.mass || (m == kept.mass && tie++ < kept.ties))) continue;
                if (point < start + m) {
                    chosen = (int) c;
                    break;
                }
                start += m;
            }
        }
    } else {
        Int first = columns;
        for (Int c = from; c < to && first == columns; c++)
            if (z[c] == most) first = c;
        Int likeliest;   // threads have ascending runs, so the lowest number is the first thread's that has one
        Int earlier = sum_before((Int) (first < columns), &likeliest);
        if (first < columns && earlier == 0) chosen = (int) first;
    }
    __syncthreads();
    if (threadIdx.x == 0) {
        tokens[blockIdx.x] = chosen;
        log_probabilities[blockIdx.x] = (float) ((double) (z[chosen] - most) - log((double) all * 5.684341886080802e-14));
    }
}
