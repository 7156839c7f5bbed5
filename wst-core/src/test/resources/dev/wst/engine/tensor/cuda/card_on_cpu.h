// A card played by the processor: the driver's, the compiler's and the product library's C functions, as many as are called, over
// kernels compiled by cuda_on_cpu.h. It refuses what a card refuses (addresses that were never allocated, an unknown kernel, a copy
// while launches are recorded, another card's memory) and can be told to be another card, or to fail: once in the nth launch from now,
// for good once a launch failed ("lost_by_failure"), or in every call of a function that a setting names, with that status.
#pragma once
#include <cstring>
#include <map>
#include <sstream>
#include <string>
#include <vector>
#include "cuda_on_cpu.h"

namespace card {

using Function = void (*)(unsigned, unsigned, unsigned, void**);
struct Kernel { const char* name; int arguments; Function run; };
extern const Kernel kernels[];
extern const int kernel_count;

enum Status { ok = 0, invalid_value = 1, out_of_memory = 2, no_device = 100, no_binary = 209, not_found = 500, launch_failed = 719, unsupported_in_capture = 900 };

struct Work {   // a launch, a product or a clearing, with everything it was called with
    const Kernel* kernel = nullptr;
    unsigned blocks = 0, threads = 0, shared = 0;
    std::vector<uint64_t> values;
    struct { int ta, tb, m, n, k, kind, lda, ldb, ldc; float alpha, beta; const void *a, *b; float* c; } product{};
    void* cleared = nullptr;
    size_t bytes = 0;
    int byte = 0;
    void run() {
        if (kernel) {
            std::vector<void*> pointers;
            for (uint64_t& v : values) pointers.push_back(&v);
            kernel->run(blocks, threads, shared, pointers.data());
        } else if (cleared) {
            std::memset(cleared, byte, bytes);
        } else {
            auto& p = product;   // column by column: c' = b' a'
            wst_multiply(p.n, p.m, p.k, p.alpha, p.b, p.ldb, p.tb, p.a, p.lda, p.ta, p.kind, p.beta, p.c, p.ldc);
        }
    }
};

struct State {
    std::map<std::string, long long> settings = defaults();
    std::map<std::string, long long> counts;
    struct Piece { size_t bytes; long long context; };
    std::map<uintptr_t, Piece> blocks;
    long long taken = 0;
    bool lost = false;
    // What the environment variable WST_CARD says, such as "capability=75 cards=2", goes before the rest.
    static std::map<std::string, long long> defaults() {
        std::map<std::string, long long> all{{"cards", 1}, {"capability", 90}, {"driver", 13000}, {"compiler", 13}, {"memory", 1ll << 40}};
        std::istringstream told(std::getenv("WST_CARD") ? std::getenv("WST_CARD") : "");
        for (std::string one; told >> one;) all[one.substr(0, one.find('='))] = std::atoll(one.c_str() + one.find('=') + 1);
        return all;
    }
    bool capturing = false;
    std::vector<Work> recording;
};
inline State& state() { static State s; return s; }
inline thread_local long long current = 0;   // context

// What a function is told to fail with, or the failure that a card does not recover from, or 0.
inline int failure(const char* function) {
    auto told = state().settings.find(function);
    if (told != state().settings.end() && told->second) return (int) told->second;
    return state().lost ? launch_failed : ok;
}
#define MAY_FAIL if (int failure = card::failure(__func__)) return failure

inline bool lies(uintptr_t address, size_t bytes) {
    auto at = state().blocks.upper_bound(address);
    if (at == state().blocks.begin()) return false;
    --at;
    return at->second.context == current && address + bytes <= at->first + at->second.bytes;
}
inline int submit(Work work) {
    if (state().capturing) state().recording.push_back(std::move(work));
    else work.run();
    return ok;
}
}  // namespace card

extern "C" {
void wst_card_set(const char* what, long long value) { card::state().settings[what] = value; }
void wst_card_reset() { card::state().settings = card::State::defaults(); }
long long wst_card_count(const char* what) {
    if (!std::strcmp(what, "blocks")) return (long long) card::state().blocks.size();
    if (!std::strcmp(what, "taken")) return card::state().taken;
    return card::state().counts[what];
}

int cuInit(int) { MAY_FAIL; return card::state().settings["cards"] ? card::ok : card::no_device; }
int cuDriverGetVersion(int* v) { *v = (int) card::state().settings["driver"]; return card::ok; }
int cuGetErrorName(int status, const char** name) {
    switch (status) {
        case card::invalid_value: *name = "CUDA_ERROR_INVALID_VALUE"; break;
        case card::out_of_memory: *name = "CUDA_ERROR_OUT_OF_MEMORY"; break;
        case card::no_device: *name = "CUDA_ERROR_NO_DEVICE"; break;
        case card::no_binary: *name = "CUDA_ERROR_NO_BINARY_FOR_GPU"; break;
        case card::not_found: *name = "CUDA_ERROR_NOT_FOUND"; break;
        case card::launch_failed: *name = "CUDA_ERROR_LAUNCH_FAILED"; break;
        case card::unsupported_in_capture: *name = "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED"; break;
        default: return card::invalid_value;
    }
    return card::ok;
}
int cuDeviceGetCount(int* n) { MAY_FAIL; *n = (int) card::state().settings["cards"]; return card::ok; }
int cuDeviceGet(int* device, int ordinal) { *device = ordinal; return card::ok; }
int cuDeviceGetName(char* name, int length, int device) { std::snprintf(name, length, "CPU as card %d", device); return card::ok; }
int cuDeviceGetAttribute(int* value, int attribute, int) {
    int capability = (int) card::state().settings["capability"];
    *value = attribute == 75 ? capability / 10 : attribute == 76 ? capability % 10 : attribute == 16 ? 4 : 0;
    return card::ok;
}
int cuDeviceTotalMem_v2(long long* bytes, int) { MAY_FAIL; *bytes = card::state().settings["memory"]; return card::ok; }
int cuDevicePrimaryCtxRetain(long long* context, int device) { MAY_FAIL; *context = 1000 + device; card::state().counts["contexts"]++; return card::ok; }
int cuDevicePrimaryCtxRelease_v2(int) {
    if (--card::state().counts["contexts"] == 0) card::state().lost = false;
    return card::ok;
}
int cuCtxSetCurrent(long long context) {
    if (context < 1000) return card::invalid_value;
    card::current = context;
    return card::ok;
}
int cuMemGetInfo_v2(long long* free, long long* total) {
    *total = card::state().settings["memory"];
    *free = *total - card::state().taken;
    return card::ok;
}
int cuMemAlloc_v2(uintptr_t* address, size_t bytes) {
    MAY_FAIL;
    auto& s = card::state();
    if (s.taken + (long long) bytes > s.settings["memory"]) return card::out_of_memory;
    void* block = std::malloc(bytes);
    std::memset(block, 0xff, bytes);   // what was there before is not to be counted on
    *address = reinterpret_cast<uintptr_t>(block);
    s.blocks[*address] = {bytes, card::current};
    s.taken += (long long) bytes;
    s.counts["allocations"]++;
    return card::ok;
}
int cuMemFree_v2(uintptr_t address) {
    auto& s = card::state();
    auto at = s.blocks.find(address);
    if (at == s.blocks.end() || at->second.context != card::current) return card::invalid_value;
    s.taken -= (long long) at->second.bytes;
    s.blocks.erase(at);
    std::free(reinterpret_cast<void*>(address));
    return s.lost ? card::launch_failed : card::ok;
}
int cuMemHostAlloc(uintptr_t* address, size_t bytes, int) { MAY_FAIL; card::state().counts["held"]++; *address = reinterpret_cast<uintptr_t>(std::malloc(bytes)); return card::ok; }
int cuMemFreeHost(uintptr_t address) { card::state().counts["held"]--; std::free(reinterpret_cast<void*>(address)); return card::ok; }
int cuMemsetD8Async(uintptr_t address, signed char value, size_t bytes, long long) {
    MAY_FAIL;
    if (!card::lies(address, bytes)) return card::invalid_value;
    card::Work work;
    work.cleared = reinterpret_cast<void*>(address);
    work.byte = value;
    work.bytes = bytes;
    return card::submit(work);
}
int cuMemcpyHtoDAsync_v2(uintptr_t target, uintptr_t source, size_t bytes, long long) {
    MAY_FAIL;
    if (card::state().capturing) return card::unsupported_in_capture;
    if (!card::lies(target, bytes)) return card::invalid_value;
    card::state().counts["uploads"]++;
    std::memcpy(reinterpret_cast<void*>(target), reinterpret_cast<void*>(source), bytes);
    return card::ok;
}
int cuMemcpyDtoHAsync_v2(uintptr_t target, uintptr_t source, size_t bytes, long long) {
    MAY_FAIL;
    if (card::state().capturing) return card::unsupported_in_capture;
    if (!card::lies(source, bytes)) return card::invalid_value;
    card::state().counts["downloads"]++;
    std::memcpy(reinterpret_cast<void*>(target), reinterpret_cast<void*>(source), bytes);
    return card::ok;
}
int cuModuleLoadData(long long* module, const char* image) {
    MAY_FAIL;
    if (std::strncmp(image, "code on the CPU", 15)) return card::no_binary;
    *module = 1;
    card::state().counts["held"]++;
    return card::ok;
}
int cuModuleUnload(long long) { card::state().counts["held"]--; return card::ok; }
int cuModuleGetFunction(const card::Kernel** function, long long, const char* name) {
    for (int i = 0; i < card::kernel_count; i++)
        if (!std::strcmp(card::kernels[i].name, name)) { *function = &card::kernels[i]; return card::ok; }
    return card::not_found;
}
int cuStreamCreate(long long* stream, int) { MAY_FAIL; card::state().counts["held"]++; *stream = 7; return card::ok; }
int cuStreamDestroy_v2(long long) { card::state().counts["held"]--; return card::ok; }
int cuStreamSynchronize(long long) { MAY_FAIL; return card::state().capturing ? card::unsupported_in_capture : card::ok; }
int cuLaunchKernel(const card::Kernel* kernel, unsigned bx, unsigned by, unsigned bz, unsigned tx, unsigned ty, unsigned tz, unsigned shared, long long, void** p, long long) {
    MAY_FAIL;
    auto& s = card::state();
    if (s.settings["fail_launch"] && --s.settings["fail_launch"] == 0) {
        s.lost = s.settings["lost_by_failure"];
        return card::launch_failed;
    }
    if (bx == 0 || by != 1 || bz != 1 || tx == 0 || tx > 1024 || tx % 32 || ty != 1 || tz != 1) return card::invalid_value;
    card::Work work;
    work.kernel = kernel;
    work.blocks = bx;
    work.threads = tx;
    work.shared = shared;
    for (int i = 0; i < kernel->arguments; i++) {
        uint64_t v;
        std::memcpy(&v, p[i], 8);
        work.values.push_back(v);
    }
    s.counts["launches"]++;
    s.counts[kernel->name]++;
    return card::submit(std::move(work));
}
int cuStreamBeginCapture_v2(long long, int) { MAY_FAIL; card::state().capturing = true; card::state().recording.clear(); return card::ok; }
int cuStreamEndCapture(long long, std::vector<card::Work>** graph) {
    card::state().capturing = false;
    *graph = new std::vector<card::Work>(std::move(card::state().recording));
    card::state().counts["graphs"]++;
    return card::ok;
}
int cuGraphInstantiateWithFlags(std::vector<card::Work>** executable, std::vector<card::Work>* graph, long long) { MAY_FAIL; card::state().counts["executables"]++; *executable = new std::vector<card::Work>(*graph); return card::ok; }
int cuGraphLaunch(std::vector<card::Work>* executable, long long) {
    MAY_FAIL;
    card::state().counts["replays"]++;
    for (card::Work& work : *executable) work.run();
    return card::ok;
}
int cuGraphExecDestroy(std::vector<card::Work>* executable) { delete executable; card::state().counts["executables"]--; return card::failure(__func__); }
int cuGraphDestroy(std::vector<card::Work>* graph) { delete graph; card::state().counts["graphs"]--; return card::ok; }

int nvrtcVersion(int* major, int* minor) { *major = (int) card::state().settings["compiler"]; *minor = 999; return card::ok; }
int nvrtcCreateProgram(long long* program, const char*, const char*, int, void*, void*) { *program = 1; return card::ok; }
int nvrtcCompileProgram(long long, int, const char* const*) { card::state().counts["compilations"]++; return card::state().settings["bad_source"] ? 6 : card::ok; }
int nvrtcGetProgramLogSize(long long, size_t* bytes) { *bytes = 20; return card::ok; }
int nvrtcGetProgramLog(long long, char* log) { std::snprintf(log, 20, "rows.cu(3): error"); return card::ok; }
int nvrtcGetCUBINSize(long long, size_t* bytes) { *bytes = 16; return card::ok; }
int nvrtcGetCUBIN(long long, char* code) { std::snprintf(code, 16, card::state().settings["foreign_code"] ? "code of others" : "code on the CPU"); return card::ok; }
int nvrtcDestroyProgram(long long*) { return card::ok; }

int cublasCreate_v2(long long* handle) { MAY_FAIL; card::state().counts["held"]++; *handle = 3; return card::ok; }
int cublasDestroy_v2(long long) { card::state().counts["held"]--; return card::ok; }
int cublasSetStream_v2(long long, long long) { MAY_FAIL; return card::ok; }
int cublasSetWorkspace_v2(long long, uintptr_t address, size_t bytes) { return card::lies(address, bytes) ? card::ok : 7; }
int cublasGemmEx(long long, int ta, int tb, int m, int n, int k, const float* alpha, uintptr_t a, int type_a, int lda, uintptr_t b, int type_b,
                 int ldb, const float* beta, uintptr_t c, int type_c, int ldc, int compute, int) {
    if (card::failure(__func__)) return 13;
    size_t size = type_a == 14 ? 2 : 4;
    auto extent = [](int rows, int columns, int stride) { return size_t(columns - 1) * stride + rows; };
    int a_rows = ta ? k : m, a_columns = ta ? m : k, b_rows = tb ? n : k, b_columns = tb ? k : n;
    if (m < 1 || n < 1 || k < 1 || type_a != type_b || type_c != 0 || lda < a_rows || ldb < b_rows || ldc < m) return 7;
    if (!card::lies(a, size * extent(a_rows, a_columns, lda)) || !card::lies(b, size * extent(b_rows, b_columns, ldb)) || !card::lies(c, 4 * extent(m, n, ldc))) return 7;
    card::Work work;
    work.product = {ta, tb, m, n, k, type_a == 14 ? 1 : compute == 77 ? 2 : 0, lda, ldb, ldc, *alpha, *beta, reinterpret_cast<void*>(a), reinterpret_cast<void*>(b), reinterpret_cast<float*>(c)};
    card::state().counts["products"]++;
    return card::submit(work);
}
}
