#include "hepta/core/simd.hpp"
#include "hepta/core/tile.hpp"
#include "kernel.hpp"
#include "trigonometry.hpp"

#include <numbers>

namespace hepta::functions::HEPTA_ISA {
namespace {

using namespace hepta::simd;

constexpr double pi = std::numbers::pi;
constexpr double inverse_root_2 = 0.5 * std::numbers::sqrt2;

/// One register of samples: x[i] is input i.
struct Samples
{
    const double* first;
    const double* c;  // constants
    std::size_t n;

    HEPTA_INLINE Vec operator[](std::size_t input) const
    {
        return load(first + input * tile_lanes);
    }
};

HEPTA_INLINE Vec square(Vec a)
{
    return a * a;
}

template <int n>
HEPTA_INLINE Vec power(Vec a)
{
    if constexpr (n == 1) {
        return a;
    } else {
        const Vec half = square(power<n / 2>(a));
        return n % 2 == 0 ? half : half * a;
    }
}

HEPTA_INLINE Vec ishigami(const Samples& x)
{
    const Vec fourth = square(square(x[2]));
    const Vec first = fma(set(x.c[1]), fourth, set(1.0)) * sin(x[0]);
    return fma(set(x.c[0]), square(sin(x[1])), first);
}

HEPTA_INLINE Vec sobol_g(const Samples& x)
{
    Vec product = set(1.0);
    double at_zero = 1.0;
    for (std::size_t i = 0; i < x.n; ++i) {
        product *= abs(fms(set(4.0), x[i], set(2.0))) + set(x.c[i]);
        at_zero *= 1.0 + x.c[i];
    }
    return product / set(at_zero);
}

HEPTA_INLINE Vec borehole(const Samples& x)
{
    const Vec rw = x[0], r = x[1], tu = x[2], hu = x[3];
    const Vec tl = x[4], hl = x[5], length = x[6], kw = x[7];
    const Vec along_well = set(2.0) * length * tu / (square(rw) * kw);
    const Vec around = log(r / rw) * (set(1.0) + tu / tl);
    return set(2.0 * pi) * tu * (hu - hl) / (around + along_well);
}

HEPTA_INLINE Vec otl_circuit(const Samples& x)
{
    const Vec rb1 = x[0], rb2 = x[1], rf = x[2];
    const Vec rc1 = x[3], rc2 = x[4], beta = x[5];
    const Vec gain = beta * (rc2 + set(9.0));
    const Vec vb1 = set(12.0) * rb2 / (rb1 + rb2);
    const Vec sum = (vb1 + set(0.74)) * gain + set(11.35) * rf +
                    set(0.74) * rf * gain / rc1;
    return sum / (gain + rf);
}

HEPTA_INLINE Vec piston(const Samples& x)
{
    const Vec mass = x[0], area = x[1], v0 = x[2], k = x[3];
    const Vec p0 = x[4], ta = x[5], t0 = x[6];
    const Vec a = p0 * area + set(19.62) * mass - k * v0 / area;
    const Vec q = p0 * v0 * ta / t0;
    const Vec root = sqrt(fma(set(4.0) * k, q, square(a)));
    const Vec volume = area / (set(2.0) * k) * (root - a);
    const Vec stiffness = k + square(area / volume) * q;
    return set(2.0 * pi) * sqrt(mass / stiffness);
}

HEPTA_INLINE Vec wing_weight(const Samples& x)
{
    const Vec area = x[0], fuel = x[1], aspect = x[2], sweep_deg = x[3];
    const Vec q = x[4], taper = x[5], thickness = x[6];
    const Vec load_factor = x[7], gross = x[8], paint = x[9];
    // Logarithms are the cost: powers of a common factor share one,
    //   (A / cos^2)^0.6 (100 tc / cos)^-0.3 = (A / cos / sqrt(100 tc cos))^0.6
    const Vec cosine = cos(set(pi / 180.0) * sweep_deg);
    const Vec slender =
        aspect / (cosine * sqrt(set(100.0) * thickness * cosine));
    const Vec hundredths = power<49>(load_factor * gross) * power<60>(slender);
    const Vec small = power<7>(fuel) * power<12>(q) * power<80>(taper);
    Vec exponent = set(0.758) * log(area);
    exponent = fma(set(0.01), log(hundredths), exponent);
    exponent = fma(set(0.0005), log(small), exponent);
    return fma(set(0.036), exp(exponent), area * paint);
}

HEPTA_INLINE Vec linear(const Samples& x)
{
    Vec sum = set(x.c[0]);
    for (std::size_t i = 0; i < x.n; ++i) {
        sum = fma(set(x.c[i + 1]), x[i], sum);
    }
    return sum;
}

HEPTA_INLINE Vec product(const Samples& x)
{
    Vec result = x[0];
    for (std::size_t i = 1; i < x.n; ++i) {
        result *= x[i];
    }
    return result;
}

HEPTA_INLINE Vec convex_domain(const Samples& x)
{
    const Vec curved = set(0.1) * square(x[0] - x[1]);
    return curved - set(inverse_root_2) * (x[0] + x[1]) + set(2.5);
}

HEPTA_INLINE Vec four_branch(const Samples& x)
{
    const Vec difference = x[0] - x[1];
    const Vec along = set(inverse_root_2) * (x[0] + x[1]);
    const Vec curved = fma(set(0.1), square(difference), set(3.0)) - abs(along);
    return min(curved, set(x.c[0]) - abs(difference));
}

HEPTA_INLINE Vec quadratic_strength(const Samples& x)
{
    return x[0] - square(x[1]);
}

HEPTA_INLINE Vec gayton_hat(const Samples& x)
{
    const Vec b = x[1] - set(5.0);
    const Vec cube = square(b) * b;
    return set(0.5) * square(x[0] - set(2.0)) - set(1.5) * cube - set(3.0);
}

HEPTA_INLINE Vec pipe_crack(const Samples& x)
{
    const double radius = x.c[0], thickness = x.c[1], moment = x.c[2];
    const Vec stress = x[0], angle = x[1];
    const Vec opened = cos(set(0.5) * angle) - set(0.5) * sin(angle);
    const Vec capacity =
        set(4.0 * thickness * radius * radius) * stress * opened;
    return capacity - set(moment);
}

HEPTA_INLINE Vec damped_oscillator(const Samples& x)
{
    const Vec mp = x[0], ms = x[1], kp = x[2], ks = x[3];
    const Vec zp = x[4], zs = x[5], s0 = x[6], fs = x[7];
    const Vec wp = sqrt(kp / mp), ws = sqrt(ks / ms);
    const Vec wa = set(0.5) * (wp + ws), za = set(0.5) * (zp + zs);
    const Vec theta = (wp - ws) / wa;
    const Vec wp3 = square(wp) * wp, ws3 = square(ws) * ws;
    const Vec tuning = zp * zs * fma(set(4.0), square(za), square(theta)) +
                       ms / mp * square(za);
    const Vec driven = (zp * wp3 + zs * ws3) * wp / square(square(wa));
    const Vec mean_square = set(pi / 16.0) * s0 * driven / (ws3 * tuning);
    return fs - set(x.c[0]) * ks * sqrt(mean_square);
}

template <class F>
HEPTA_INLINE void for_tile(const KernelCall& call, F f)
{
    for (std::size_t lane = 0; lane < tile_lanes; lane += width) {
        store(call.out + lane,
              f(Samples{call.inputs + lane, call.constants, call.n_inputs}));
    }
}

}  // namespace

#define HEPTA_CASE(name) \
    case Form::name:     \
        return for_tile(call, [](const Samples& x) { return name(x); });

void evaluate(const KernelCall& call)
{
    switch (call.form) {
        HEPTA_CASE(ishigami)
        HEPTA_CASE(sobol_g)
        HEPTA_CASE(borehole)
        HEPTA_CASE(otl_circuit)
        HEPTA_CASE(piston)
        HEPTA_CASE(wing_weight)
        HEPTA_CASE(linear)
        HEPTA_CASE(product)
        HEPTA_CASE(convex_domain)
        HEPTA_CASE(four_branch)
        HEPTA_CASE(quadratic_strength)
        HEPTA_CASE(gayton_hat)
        HEPTA_CASE(pipe_crack)
        HEPTA_CASE(damped_oscillator)
    }
}

#undef HEPTA_CASE

}  // namespace hepta::functions::HEPTA_ISA
