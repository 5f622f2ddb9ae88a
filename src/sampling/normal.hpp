/// \file
/// The standard normal in both directions, branch-free but for rare tails,
/// for kernels only.
#pragma once

#include "hepta/core/simd.hpp"
#include "hepta/core/tile.hpp"

namespace hepta::sampling::HEPTA_ISA {

using namespace hepta::simd;

/// Registers that go through a function together, so that the latency of one
/// hides behind the others.
inline constexpr std::size_t batch = 4;

/// Polynomial with coefficients from the highest power down. Even and odd
/// powers apart: half the latency of Horner's rule.
template <std::size_t n, std::size_t m>
HEPTA_INLINE void polynomial(const double (&c)[n],
                             const Vec (&x)[m],
                             Vec (&result)[m])
{
    Vec square[m], p[m], q[m];
    for (std::size_t j = 0; j < m; ++j) {
        square[j] = x[j] * x[j];
        p[j] = set(c[0]);
        q[j] = set(c[1]);
    }
#pragma GCC unroll 16
    for (std::size_t i = 2; i + 1 < n; i += 2) {
        for (std::size_t j = 0; j < m; ++j) {
            p[j] = fma(p[j], square[j], set(c[i]));
            q[j] = fma(q[j], square[j], set(c[i + 1]));
        }
    }
    for (std::size_t j = 0; j < m; ++j) {
        result[j] = n % 2 == 0
                        ? fma(p[j], x[j], q[j])
                        : fma(p[j], square[j], fma(q[j], x[j], set(c[n - 1])));
    }
}

template <std::size_t n>
HEPTA_INLINE Vec polynomial(const double (&c)[n], Vec x)
{
    const Vec in[1] = {x};
    Vec out[1];
    polynomial(c, in, out);
    return out[0];
}

/// -ln(v) for normal v in (0, 1], to an absolute error of 1e-16 max(1, -ln v).
///
/// ln v = k ln 2 + f - s (f - R(s^2)), f = 2^-k v - 1 in [sqrt(1/2), sqrt(2)) -
/// 1, s = f / (2 + f); R as in FreeBSD's e_log.c (fdlibm, Sun Microsystems).
/// The log of SLEEF keeps digits that are not needed here, for twice the time.
HEPTA_INLINE Vec minus_log(Vec v)
{
    static constexpr double r[] = {1.479819860511658591e-01,
                                   1.531383769920937332e-01,
                                   1.818357216161805012e-01,
                                   2.222219843214978396e-01,
                                   2.857142874366239149e-01,
                                   3.999999999940941908e-01,
                                   6.666666666666735130e-01};
    const Int sqrt_half = set_int(0x3fe6a09e667f3bcd);
    const Int offset = bits(v) - sqrt_half;
    const Int exponent = shift_right<52>(offset + set_int(0x3ff0000000000000));
    const Int mantissa = offset & set_int(0x000fffffffffffff);
    const Vec k = to_double(exponent) - set(1023.0);
    const Vec f = from_bits(mantissa + sqrt_half) - set(1.0);
    const Vec s = f / (set(2.0) + f);
    const Vec s2 = s * s;
    const Vec rest = fnma(s2, polynomial(r, s2), f);
    return fnma(k, set(0.693147180559945309417), fms(s, rest, f));
}

/// Score z with Phi(z) = u, for u in [2^-53, 1 - 2^-53].
///
/// sqrt(2) erfinv(2 u - 1), with erfinv(x) = x p(w), w = -ln(1 - x^2).
/// Source: Giles (2012), Approximating the erfinv function, GPU Computing
/// Gems Jade Edition, 109-116, double precision. z(u) = -z(1 - u) to the bit.
/// \note relative error below 1e-15; w > 6.25 in one draw of a thousand
HEPTA_INLINE void scores_of(const double* u, double* z)
{
    static constexpr double centre[] = {
        -3.6444120640178196996e-21, -1.685059138182016589e-19,
        1.2858480715256400167e-18,  1.115787767802518096e-17,
        -1.333171662854620906e-16,  2.0972767875968561637e-17,
        6.6376381343583238325e-15,  -4.0545662729752068639e-14,
        -8.1519341976054721522e-14, 2.6335093153082322977e-12,
        -1.2975133253453532498e-11, -5.4154120542946279317e-11,
        1.051212273321532285e-09,   -4.1126339803469836976e-09,
        -2.9070369957882005086e-08, 4.2347877827932403518e-07,
        -1.3654692000834678645e-06, -1.3882523362786468719e-05,
        0.0001867342080340571352,   -0.00074070253416626697512,
        -0.0060336708714301490533,  0.24015818242558961693,
        1.6536545626831027356};
    static constexpr double tail[] = {2.2137376921775787049e-09,
                                      9.0756561938885390979e-08,
                                      -2.7517406297064545428e-07,
                                      1.8239629214389227755e-08,
                                      1.5027403968909827627e-06,
                                      -4.013867526981545969e-06,
                                      2.9234449089955446044e-06,
                                      1.2475304481671778723e-05,
                                      -4.7318229009055733981e-05,
                                      6.8284851459573175448e-05,
                                      2.4031110387097893999e-05,
                                      -0.0003550375203628474796,
                                      0.00095328937973738049703,
                                      -0.0016882755560235047313,
                                      0.0024914420961078508066,
                                      -0.0037512085075692412107,
                                      0.005370914553590063617,
                                      1.0052589676941592334,
                                      3.0838856104922207635};
    static constexpr double far_tail[] = {-2.7109920616438573243e-11,
                                          -2.5556418169965252055e-10,
                                          1.5076572693500548083e-09,
                                          -3.7894654401267369937e-09,
                                          7.6157012080783393804e-09,
                                          -1.4960026627149240478e-08,
                                          2.9147953450901080826e-08,
                                          -6.7711997758452339498e-08,
                                          2.2900482228026654717e-07,
                                          -9.9298272942317002539e-07,
                                          4.5260625972231537039e-06,
                                          -1.9681778105531670567e-05,
                                          7.5995277030017761139e-05,
                                          -0.00021503011930044477347,
                                          -0.00013871931833623122026,
                                          1.0103004648645343977,
                                          4.8499064014085844221};
    Vec w[batch], from_centre[batch], p[batch];
    Mask central = set(0.0) == set(0.0);
    for (std::size_t j = 0; j < batch; ++j) {
        const Vec v = load(u + j * width);
        w[j] = minus_log(set(4.0) * v * (set(1.0) - v));
        from_centre[j] = w[j] - set(3.125);
        central = central & (w[j] < set(6.25));
    }
    polynomial(centre, from_centre, p);
    if (!all(central)) {
        for (std::size_t j = 0; j < batch; ++j) {
            const Vec root = sqrt(w[j]);
            const Vec near_one = polynomial(tail, root - set(3.25));
            const Vec nearest_one = polynomial(far_tail, root - set(5.0));
            p[j] = select(w[j] < set(6.25),
                          p[j],
                          select(w[j] < set(16.0), near_one, nearest_one));
        }
    }
    for (std::size_t j = 0; j < batch; ++j) {
        const Vec x = fma(set(2.0), load(u + j * width), set(-1.0));
        store(z + j * width, (x * set(1.4142135623730950488)) * p[j]);
    }
}

/// Phi(z), kept within [2^-53, 1 - 2^-53], the range of uniform draws.
///
/// Phi(-a) = exp(-a^2 / 2) q(t) / (a + 5), with q the Chebyshev interpolant of
/// degree 17 (relative error 1e-16) in t = (2.203125 a - 4.984375) / (a + 5),
/// which goes from -1 to 1 for a = 0 to 8.3: the form of Shepherd & Laframboise
/// (1981), Mathematics of Computation 36 (153), 249-253.
/// \note relative error below 1e-15 for z < 0
HEPTA_INLINE void probabilities_of(const double* z, double* u)
{
    static constexpr double q[] = {1.4543969677674443771e-11,
                                   -1.4135989500361007531e-10,
                                   -5.0824785555912477869e-10,
                                   3.171751199292583757e-9,
                                   1.2668731982782901636e-8,
                                   -6.8144190325326001917e-8,
                                   -2.6977527449974216564e-7,
                                   1.8392422766304429061e-6,
                                   3.9807773157999471493e-6,
                                   -0.00005769937629865935992,
                                   0.000081133166849765322742,
                                   0.0013723758601099667605,
                                   -0.011564964505159331525,
                                   0.052423360042264960277,
                                   -0.16711010321119191831,
                                   0.40401166698162987434,
                                   -0.75986496518755501236,
                                   1.1111049204220792588};
    Vec bell[batch], reciprocal[batch], t[batch], ratio[batch];
    for (std::size_t j = 0; j < batch; ++j) {
        const Vec a = min(abs(load(z + j * width)), set(8.3));
        reciprocal[j] = set(1.0) / (a + set(5.0));
        t[j] = fms(set(2.203125), a, set(4.984375)) * reciprocal[j];
        // exp(-(s + ds) / 2) with s + ds = a^2 exactly.
        const Vec s = a * a;
        const Vec ds = fms(a, a, s);
        const Vec e = exp(set(-0.5) * s);
        bell[j] = fnma(set(0.5) * ds, e, e);
    }
    polynomial(q, t, ratio);
    for (std::size_t j = 0; j < batch; ++j) {
        const Vec below =
            max(bell[j] * (ratio[j] * reciprocal[j]), set(0x1p-53));
        store(u + j * width,
              select(load(z + j * width) < set(0.0), below, set(1.0) - below));
    }
}

}  // namespace hepta::sampling::HEPTA_ISA
