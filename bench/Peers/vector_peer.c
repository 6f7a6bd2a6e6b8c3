/* Loops around the vector functions of libmvec and SLEEF: these take and give vectors in registers, which P/Invoke cannot. Built on demand. */
#include <immintrin.h>

#define LOOPS(name, isa, element, vector, load, store, count)                                                        \
    __attribute__((target(isa), visibility("default"))) void name##_1(                                               \
        vector (*f)(vector), const element *x, const element *y, element *z, long n)                                 \
    {                                                                                                                \
        for (long i = 0; i + count <= n; i += count)                                                                 \
            store(z + i, f(load(x + i)));                                                                            \
    }                                                                                                                \
    __attribute__((target(isa), visibility("default"))) void name##_2(                                               \
        vector (*f)(vector, vector), const element *x, const element *y, element *z, long n)                         \
    {                                                                                                                \
        for (long i = 0; i + count <= n; i += count)                                                                 \
            store(z + i, f(load(x + i), load(y + i)));                                                               \
    }

LOOPS(f64_64, "avx512f", double, __m512d, _mm512_loadu_pd, _mm512_storeu_pd, 8)
LOOPS(f32_64, "avx512f", float, __m512, _mm512_loadu_ps, _mm512_storeu_ps, 16)
LOOPS(f64_32, "avx2,fma", double, __m256d, _mm256_loadu_pd, _mm256_storeu_pd, 4)
LOOPS(f32_32, "avx2,fma", float, __m256, _mm256_loadu_ps, _mm256_storeu_ps, 8)
