/* Plain loops for gcc to vectorise. Built on demand; sums may be reordered, as ours are. */
#define LOOPS(name, element)                                                                                             \
    void name##_add(const element *restrict x, const element *restrict y, element *restrict z, long n)                   \
    {                                                                                                                    \
        for (long i = 0; i < n; i++)                                                                                     \
            z[i] = x[i] + y[i];                                                                                          \
    }                                                                                                                    \
    void name##_mul(const element *restrict x, const element *restrict y, element *restrict z, long n)                   \
    {                                                                                                                    \
        for (long i = 0; i < n; i++)                                                                                     \
            z[i] = x[i] * y[i];                                                                                          \
    }                                                                                                                    \
    void name##_axpy(const element *restrict x, const element *restrict y, element *restrict z, long n)                  \
    {                                                                                                                    \
        for (long i = 0; i < n; i++)                                                                                     \
            z[i] += (element)1e-9 * x[i];                                                                                \
    }                                                                                                                    \
    void name##_sum(const element *restrict x, const element *restrict y, element *restrict z, long n)                   \
    {                                                                                                                    \
        element sum = 0;                                                                                                 \
        for (long i = 0; i < n; i++)                                                                                     \
            sum += x[i];                                                                                                 \
        *z = sum;                                                                                                        \
    }                                                                                                                    \
    void name##_dot(const element *restrict x, const element *restrict y, element *restrict z, long n)                   \
    {                                                                                                                    \
        element sum = 0;                                                                                                 \
        for (long i = 0; i < n; i++)                                                                                     \
            sum += x[i] * y[i];                                                                                          \
        *z = sum;                                                                                                        \
    }

LOOPS(f64, double)
LOOPS(f32, float)
