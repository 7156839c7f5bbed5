// A subset of CUDA C as C++: the kernels' own text, compiled for a CPU and run block by block, the threads of a block as fibres.
//
// There are threadIdx, blockIdx, blockDim, gridDim; __shared__ in a function, DYNAMIC_SHARED(type, name); __syncthreads, __syncwarp;
// shuffles of values up to 8 bytes; atomicAdd, atomicMax; the mathematics of <cmath>. A barrier that not all threads of a block
// reach, and a shuffle that not all living lanes of a warp reach, end the process with a message. Shared memory begins as NaN.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>
#include <vector>
#include <ucontext.h>
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#endif

#define KERNEL static void   // found by the table of kernels only: a name may be one of the C library's
#define DYNAMIC_SHARED(type, name) type* name = reinterpret_cast<type*>(on_cpu::block().dynamic.data())
#define __device__
#define __forceinline__ inline
#define __restrict__ __restrict
#define __shared__ static
#define __launch_bounds__(...)

struct dim3 { unsigned x = 1, y = 1, z = 1; };

namespace on_cpu {

[[noreturn]] inline void fail(const char* what) { std::fprintf(stderr, "kernel on the CPU: %s\n", what); std::abort(); }

// Switching from one stack to another. The system's own way asks the kernel for the signal mask each time, and under address sanitizer
// clears what that knows of the whole stack; this one tells the sanitizer which stack is next. What runs on a fibre when it ends for
// good leaves no frame that the sanitizer guards, since the next thread begins there.
#if defined(__SANITIZE_ADDRESS__)
#define LEAVES_NO_GUARDS __attribute__((no_sanitize("address")))
#else
#define LEAVES_NO_GUARDS
#endif
#if defined(__x86_64__)
struct Context {
    void* stack = nullptr;
    const void* bottom = nullptr;   // of the memory that the stack lies in, and its bytes
    size_t size = 0;
};
extern "C" void wst_switch_stack(void** from, void* to);
asm(R"(
.text
.globl wst_switch_stack
.type wst_switch_stack,@function
wst_switch_stack:
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
)");
inline void begin(Context& c, char* stack, size_t size, void (*body)()) {
    auto top = reinterpret_cast<uintptr_t>(stack + size) & ~uintptr_t(15);
    auto* slots = reinterpret_cast<void**>(top) - 8;   // six registers, the way in, and where it must never return to
    std::fill(slots, slots + 8, nullptr);
    slots[6] = reinterpret_cast<void*>(body);
    c = {slots, stack, size};
}
#if defined(__SANITIZE_ADDRESS__)
LEAVES_NO_GUARDS inline void change(Context& from, Context& to) {
    void* saved = nullptr;
    __sanitizer_start_switch_fiber(&saved, to.bottom, to.size);
    wst_switch_stack(&from.stack, to.stack);
    __sanitizer_finish_switch_fiber(saved, nullptr, nullptr);
}
inline void arrive(Context& from) { __sanitizer_finish_switch_fiber(nullptr, &from.bottom, &from.size); }
#else
inline void change(Context& from, Context& to) { wst_switch_stack(&from.stack, to.stack); }
inline void arrive(Context&) {}
#endif
#else
struct Context { ucontext_t context; };
inline void begin(Context& c, char* stack, size_t size, void (*body)()) {
    getcontext(&c.context);
    c.context.uc_stack.ss_sp = stack;
    c.context.uc_stack.ss_size = size;
    c.context.uc_link = nullptr;
    makecontext(&c.context, body, 0);
}
inline void change(Context& from, Context& to) { swapcontext(&from.context, &to.context); }
inline void arrive(Context&) {}
#endif

enum class State { ready, barrier, warp, done };
struct Fibre { Context context; std::unique_ptr<char[]> stack; dim3 thread; State state; unsigned exchanges = 0; };
struct Block {
    dim3 grid, size, index;
    std::vector<Fibre> fibres;
    std::vector<uint64_t> lanes;   // for shuffles, two slots a thread: nobody is ahead of its warp by more than one
    std::vector<char> dynamic;
    Context scheduler;
    size_t current = 0;
    void (*kernel)(void**) = nullptr;
    void** arguments = nullptr;
};
inline Block the_block;      // one card, one block at a time
inline bool in_reverse = false;   // the last thread first: a result that changes shows a race
inline std::mutex one_launch;
inline Block& block() { return the_block; }

inline void wait_for(State what) {
    Block& b = block();
    Fibre& f = b.fibres[b.current];
    f.state = what;
    change(f.context, b.scheduler);
}
LEAVES_NO_GUARDS inline void body() {
    Block& b = block();
    arrive(b.scheduler);
    b.kernel(b.arguments);
    b.fibres[b.current].state = State::done;
    change(b.fibres[b.current].context, b.scheduler);
}

// The warp that begins with thread w goes on when all its living lanes wait for it.
inline bool release_warp(Block& b, size_t w) {
    size_t waiting = 0, living = 0, end = std::min(b.fibres.size(), w + 32);
    for (size_t t = w; t < end; t++) {
        living += b.fibres[t].state != State::done;
        waiting += b.fibres[t].state == State::warp;
    }
    if (!waiting || waiting != living) return false;
    for (size_t t = w; t < end; t++)
        if (b.fibres[t].state == State::warp) b.fibres[t].state = State::ready;
    return true;
}

inline void run_block() {
    Block& b = block();
    const size_t n = b.fibres.size(), stack = 64 << 10;
    for (size_t t = 0; t < n; t++) {
        Fibre& f = b.fibres[t];
        f.thread = {unsigned(t % b.size.x), unsigned(t / b.size.x % b.size.y), unsigned(t / b.size.x / b.size.y)};
        if (!f.stack) f.stack.reset(new char[stack]);
        begin(f.context, f.stack.get(), stack, body);
        f.state = State::ready;
        f.exchanges = 0;
    }
    for (;;) {
        bool moved = false;
        // A warp goes on alone as far as it can: what relies on the pace of the others without a barrier is found out.
        const size_t warps = (n + 31) / 32;
        for (size_t i = 0; i < warps; i++) {
            size_t w = 32 * (in_reverse ? warps - 1 - i : i), end = std::min(n, w + 32);
            do {
                for (size_t lane = w; lane < end; lane++) {
                    size_t t = in_reverse ? end - 1 - (lane - w) : lane;
                    if (b.fibres[t].state == State::ready) {
                        b.current = t;
                        moved = true;
                        change(b.scheduler, b.fibres[t].context);
                    }
                }
            } while (release_warp(b, w));
        }
        size_t done = 0, barrier = 0;
        for (Fibre& f : b.fibres) {
            done += f.state == State::done;
            barrier += f.state == State::barrier;
        }
        if (done == n) return;
        if (barrier == n) {   // CUDA asks all threads of a block to arrive
            for (Fibre& f : b.fibres) f.state = State::ready;
        } else if (!moved) {
            fail(barrier ? "a barrier that not all threads of the block reach" : "a shuffle that not all lanes of the warp reach");
        }
    }
}

template <class... A, size_t... I> void apply(void (*k)(A...), void** p, std::index_sequence<I...>) {
    k(*static_cast<std::remove_reference_t<A>*>(p[I])...);
}
template <class... A> void apply(void (*k)(A...), void** p) { apply(k, p, std::index_sequence_for<A...>{}); }
template <class... A> constexpr int arguments(void (*)(A...)) { return int(sizeof...(A)); }

inline void launch(void (*kernel)(void**), unsigned blocks, unsigned threads, unsigned shared, void** arguments) {
    std::lock_guard<std::mutex> alone(one_launch);
    Block& b = block();
    if (blocks == 0 || threads == 0 || threads > 1024) fail("no block, or a block of none or of more than 1,024 threads");
    if (shared > 48 << 10) fail("more than 48 KB of shared memory, which a kernel must ask for");
    b.grid = {blocks, 1, 1};
    b.size = {threads, 1, 1};
    b.kernel = kernel;
    b.arguments = arguments;
    b.fibres.resize(threads);
    b.lanes.assign(2 * threads, 0);
    for (unsigned x = 0; x < blocks; x++) {
        b.index = {x, 0, 0};
        b.dynamic.assign(shared + 16, char(0xff));
        run_block();
    }
}

template <class T> T exchange(T value, int from) {   // from: a lane of the same warp; outside it the value stays
    static_assert(sizeof(T) <= 8, "shuffles carry 8 bytes at most");
    Block& b = block();
    size_t me = b.current, first = me / 32 * 32;
    uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof value);
    uint64_t* lanes = &b.lanes[(b.fibres[me].exchanges++ & 1) * b.fibres.size()];
    lanes[me] = bits;
    wait_for(State::warp);
    T result = value;
    if (from >= 0 && from < 32 && first + size_t(from) < b.fibres.size()) std::memcpy(&result, &lanes[first + from], sizeof result);
    return result;
}
inline int lane() { return int(block().current % 32); }

// The library of matrix products: c [m, n] row by row = alpha a b + beta c, where a is [m, k], or [k, m] if turned, b likewise.
// kind: 0 for FP32, 1 for BF16, 2 for FP32 of which the first ten places are multiplied (TF32).
inline float number(const void* p, long long i, int kind) {
    if (kind == 0) return static_cast<const float*>(p)[i];
    uint32_t bits;
    if (kind == 1) {
        bits = uint32_t(static_cast<const uint16_t*>(p)[i]) << 16;
    } else {
        std::memcpy(&bits, static_cast<const float*>(p) + i, 4);
        bits = (bits + 0x1000) & ~0x1fffu;
    }
    float f;
    std::memcpy(&f, &bits, 4);
    return f;
}
}  // namespace on_cpu

#define threadIdx (on_cpu::block().fibres[on_cpu::block().current].thread)
#define blockIdx (on_cpu::block().index)
#define blockDim (on_cpu::block().size)
#define gridDim (on_cpu::block().grid)
inline void __syncthreads() { on_cpu::wait_for(on_cpu::State::barrier); }
inline void __syncwarp(unsigned = 0xffffffffu) { on_cpu::wait_for(on_cpu::State::warp); }
template <class T> T __shfl_sync(unsigned, T v, int from) { return on_cpu::exchange(v, from & 31); }
template <class T> T __shfl_xor_sync(unsigned, T v, int mask) { return on_cpu::exchange(v, on_cpu::lane() ^ mask); }
template <class T> T __shfl_down_sync(unsigned, T v, unsigned by) { int l = on_cpu::lane(); return on_cpu::exchange(v, l + int(by) < 32 ? l + int(by) : l); }
template <class T> T __shfl_up_sync(unsigned, T v, unsigned by) { int l = on_cpu::lane(); return on_cpu::exchange(v, l >= int(by) ? l - int(by) : l); }
template <class T> T atomicAdd(T* at, T v) { T old = *at; *at = old + v; return old; }
template <class T> T atomicMax(T* at, T v) { T old = *at; *at = std::max(old, v); return old; }
inline float __int_as_float(int x) { float f; std::memcpy(&f, &x, 4); return f; }
inline int __float_as_int(float x) { int i; std::memcpy(&i, &x, 4); return i; }
inline float __uint_as_float(unsigned x) { float f; std::memcpy(&f, &x, 4); return f; }
inline unsigned __float_as_uint(float x) { unsigned i; std::memcpy(&i, &x, 4); return i; }
inline unsigned long long __umul64hi(unsigned long long a, unsigned long long b) { return (unsigned long long) ((unsigned __int128) a * b >> 64); }
using std::max;
using std::min;

extern "C" void wst_backwards(int on) { on_cpu::in_reverse = on != 0; }

extern "C" void wst_multiply(long long m, long long n, long long k, float alpha, const void* a, long long lda, int a_turned,
                                    const void* b, long long ldb, int b_turned, int kind, float beta, float* c, long long ldc) {
    std::vector<float> sums(n), all(size_t(k) * n);   // b as [k, n]
    for (long long p = 0; p < k; p++)
        for (long long j = 0; j < n; j++) all[size_t(p) * n + j] = on_cpu::number(b, b_turned ? j * ldb + p : p * ldb + j, kind);
    for (long long i = 0; i < m; i++) {
        std::fill(sums.begin(), sums.end(), 0.0f);
        for (long long p = 0; p < k; p++) {
            float factor = on_cpu::number(a, a_turned ? p * lda + i : i * lda + p, kind);
            const float* from = &all[size_t(p) * n];
            for (long long j = 0; j < n; j++) sums[j] += factor * from[j];
        }
        for (long long j = 0; j < n; j++) c[i * ldc + j] = alpha * sums[j] + (beta == 0 ? 0 : beta * c[i * ldc + j]);
    }
}
