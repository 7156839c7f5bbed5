// What all kernels share. This text is CUDA C for NVRTC and, where a test defines KERNEL and DYNAMIC_SHARED itself, C++ for a CPU.
// Letters as in Kernels.java: M rows, N output features, K input features, V vocabulary.
// Every whole number is 64 bits wide, so that a launch hands over slots of eight bytes.
#ifndef KERNEL
#define KERNEL extern "C" __global__ void
#define DYNAMIC_SHARED(type, name) extern __shared__ type name[]
#endif

typedef long long Int;
typedef unsigned short Bf16;

#define NONE (-1)

// Elements of a [rows, columns] matrix, one a thread: a row takes `chunks` blocks.
#define EACH_ELEMENT(row, column, columns, chunks)                     \
    Int row = blockIdx.x / (unsigned) (chunks);                        \
    Int column = (Int) (blockIdx.x % (unsigned) (chunks)) * blockDim.x + threadIdx.x; \
    if (column >= (columns)) return;

__device__ inline float minus_infinity() { return __int_as_float((int) 0xff800000); }

// To the nearest, ties to even, as the processor's own conversion; a NaN stays one.
__device__ inline Bf16 rounded(float x) {
    unsigned bits = __float_as_uint(x);
    if ((bits & 0x7fffffffu) > 0x7f800000u) return (Bf16) (bits >> 16 | 0x40u);
    return (Bf16) ((bits + 0x7fffu + (bits >> 16 & 1u)) >> 16);
}

__device__ inline float widened(Bf16 x) { return __uint_as_float((unsigned) x << 16); }

template <class T> __device__ inline T warp_sum(T v) {
    for (int d = 16; d > 0; d /= 2) v += __shfl_xor_sync(0xffffffffu, v, d);
    return v;
}

__device__ inline float warp_max(float v) {
    for (int d = 16; d > 0; d /= 2) v = fmaxf(v, __shfl_xor_sync(0xffffffffu, v, d));
    return v;
}

// The sum over a block of a multiple of 32 threads, the same for every thread; the order of additions is fixed.
template <class T> __device__ inline T block_sum(T v) {
    __shared__ T part[32];
    v = warp_sum(v);
    if (threadIdx.x % 32 == 0) part[threadIdx.x / 32] = v;
    __syncthreads();
    T s = threadIdx.x % 32 < blockDim.x / 32 ? part[threadIdx.x % 32] : T(0);
    s = warp_sum(s);
    __syncthreads();
    return s;
}

__device__ inline float block_max(float v) {
    __shared__ float part[32];
    v = warp_max(v);
    if (threadIdx.x % 32 == 0) part[threadIdx.x / 32] = v;
    __syncthreads();
    float s = threadIdx.x % 32 < blockDim.x / 32 ? part[threadIdx.x % 32] : minus_infinity();
    s = warp_max(s);
    __syncthreads();
    return s;
}
