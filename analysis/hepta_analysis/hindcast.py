"""Forecasts of the past: Wright's law with the noise of the model, asked in each
year what it would have said of those that followed.

A cost moves by ln c(t) - ln c(t-1) = -w (ln x(t) - ln x(t-1)) + n(t), with
n(t) = u(t) + r u(t-1) and independent Gaussian u: Lafond et al. (2018), Technological
Forecasting & Social Change 128; Way et al. (2022), Joule 6. The spread of n is s, as
in `noise_sd` of a component. Where what happened lies in its forecast is a
probability; over many forecasts these are uniform if forecasts mean what they say.
Forecasts overlap, so how far from uniform they may be is found by simulation.
"""
from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

RHO = 0.19  # Way et al.; `learning_noise_rho` of configs/components.toml


@dataclass(frozen=True)
class Series:
    """What is forecast, and what it follows; logarithms, a year apart."""

    name: str
    years: npt.NDArray[np.int_]
    log_cost: Array
    log_experience: Array


def read_experience(path: Path) -> dict[str, Series]:
    """Series of a CSV with the columns series, year, cost, experience."""
    rows: dict[str, list[list[float]]] = {}
    for name, *numbers in _rows(path):
        rows.setdefault(name, []).append([float(x) for x in numbers])
    found = {}
    for name, values in rows.items():
        year, cost, experience = np.array(values).T
        if np.any(np.diff(year) != 1.0) or np.any(np.diff(experience) <= 0.0):
            raise ValueError(f"{path}: {name} has gaps or shrinks")
        found[name] = Series(name, year.astype(int), np.log(cost),
                             np.log(experience))
    return found


def read_shares(path: Path) -> dict[str, Series]:
    """Shares of a CSV with the columns year, ..., total, as odds that fall: a
    logistic take-over is Wright's law with experience that grows e-fold a year."""
    header, *rows = _rows(path, header=True)
    table = np.array(rows, dtype=float)
    year, total = table[:, 0], table[:, -1]
    return {name: Series(name, year.astype(int),
                         np.log((total - column) / column), year - year[0])
            for name, column in zip(header[1:-1], table.T[1:-1])}


def _rows(path: Path, header: bool = False) -> list[list[str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines()
             if line and not line.startswith("#")]
    return [line.split(",") for line in lines[0 if header else 1:]]


def normal_cdf(z: Array) -> Array:
    """To 1e-7."""
    return np.asarray(np.interp(z, _NORMAL[0], _NORMAL[1]))


_Z = np.linspace(-8.0, 8.0, 16001)
_NORMAL = (_Z, np.array([0.5 * math.erfc(-z / math.sqrt(2.0)) for z in _Z]))


def student_cdf(t: Array, degrees: int) -> Array:
    """Student's distribution by its finite series (Abramowitz & Stegun 26.7.3,
    26.7.4)."""
    angle = np.arctan(t / math.sqrt(degrees))
    sine, cosine = np.sin(angle), np.cos(angle)
    odd = degrees % 2
    term = cosine if odd else np.ones_like(angle)
    total = np.zeros_like(angle) if degrees == 1 else term.copy()
    for k in range(2 + odd, degrees - 1, 2):
        term = term * cosine**2 * (k - 1) / k
        total = total + term
    inside = (2.0 / math.pi) * (angle + sine * total) if odd else sine * total
    return np.asarray(0.5 * (1.0 + inside))


def noise_variance(weights: Array, rho: float) -> float:
    """Variance of sum weights n(t) for n of variance 1 with the correlation
    rho / (1 + rho²) between neighbours."""
    neighbours = 2.0 * rho / (1.0 + rho**2) * float(weights[1:] @ weights[:-1])
    return float(weights @ weights) + neighbours


@dataclass(frozen=True)
class Window:
    """A forecast from the year at `start`, `horizon` years ahead."""

    start: int
    horizon: int


def windows(n: int, least: int, most: int) -> list[Window]:
    """All forecasts of up to `most` years from years with at least `least`
    changes before them, in a series of n."""
    return [Window(s, h) for s in range(least, n - 1)
            for h in range(1, min(most, n - 1 - s) + 1)]


Places = Callable[[Array], Array]


def fitted(series: Series, chosen: list[Window], rho: float = RHO) -> Places:
    """From log costs [..., year] to the place of what happened in each forecast
    [..., window]: rate and noise are fitted to the changes up to the start, both
    their errors are in the forecast."""
    dx = np.diff(series.log_experience)
    forecasts = []
    for w in chosen:
        past = dx[:w.start]
        ahead = float(dx[w.start:w.start + w.horizon].sum())
        weights = np.concatenate([-ahead * past / float(past @ past),
                                  np.ones(w.horizon)])
        forecasts.append((w, past, ahead,
                          math.sqrt(noise_variance(weights, rho))))

    def places(log_cost: Array) -> Array:
        dy = np.diff(log_cost)
        out = []
        for w, past, ahead, spread in forecasts:
            before = dy[..., :w.start]
            rate = before @ past / float(past @ past)
            rest = before - rate[..., None] * past
            sd = np.sqrt((rest**2).sum(axis=-1) / (w.start - 1))
            off = (log_cost[..., w.start + w.horizon] - log_cost[..., w.start]
                   - rate * ahead)
            out.append(student_cdf(off / (sd * spread), w.start - 1))
        return np.stack(out, axis=-1)

    return places


@dataclass(frozen=True)
class Prior:
    """Learning rate and noise of a component: low, central and high of triangles."""

    learning_rate: tuple[float, float, float]
    noise_sd: tuple[float, float, float]
    persistence: float  # of the noise from year to year; 1 is a random walk


def of_model(series: Series, chosen: list[Window], prior: Prior,
             rho: float = RHO, noise: float = 1.0) -> Places:
    """The same of the model as its inputs have it, nothing fitted, the floor below
    the cost left out; the noise times `noise`."""
    rates = -np.log2(1.0 - _triangle(prior.learning_rate, 41))
    sds = noise * _triangle(prior.noise_sd, 9)
    dx = np.diff(series.log_experience)
    spread = {}
    for h in {w.horizon for w in chosen}:
        weights = prior.persistence ** np.arange(h)[::-1]
        # n(t) = u(t) + r u(t-1), and nothing before the start
        of_u = weights + rho * np.append(weights[1:], 0.0)
        spread[h] = math.sqrt(float(of_u @ of_u) / (1.0 + rho**2))

    def places(log_cost: Array) -> Array:
        out = []
        for w in chosen:
            ahead = float(dx[w.start:w.start + w.horizon].sum())
            moved = (log_cost[..., w.start + w.horizon]
                     - log_cost[..., w.start])
            z = ((moved[..., None, None] + rates[:, None] * ahead)
                 / (sds * spread[w.horizon]))
            out.append(normal_cdf(z).mean(axis=(-1, -2)))
        return np.stack(out, axis=-1)

    return places


def _triangle(corners: tuple[float, float, float], n: int) -> Array:
    """n values of equal probability of a triangular distribution."""
    low, mode, high = corners
    p = (np.arange(n) + 0.5) / n
    turn = (mode - low) / (high - low)
    return np.where(p < turn, low + np.sqrt(p * (high - low) * (mode - low)),
                    high - np.sqrt((1 - p) * (high - low) * (high - mode)))


def simulate(series: Series, n: int, rng: np.random.Generator, rate: Array,
             sd: Array, persistence: float = 1.0, rho: float = RHO) -> Array:
    """n histories of log cost along the experience of `series`; the noise of the
    first year is that of a long history if it is stationary."""
    years = len(series.log_experience)
    early = 0 if persistence == 1.0 else 60
    u = rng.standard_normal((n, early + years)) / math.sqrt(1.0 + rho**2)
    noise = np.zeros((n, early + years))
    for t in range(1, early + years):
        noise[:, t] = (persistence * noise[:, t - 1] + u[:, t]
                       + rho * u[:, t - 1])
    x = series.log_experience - series.log_experience[0]
    return np.asarray(-rate[:, None] * x + sd[:, None] * noise[:, early:])


def histories_of_fit(series: Series, n: int, rng: np.random.Generator,
                     rho: float = RHO) -> Array:
    """With the rate and the noise of the whole series."""
    dx, dy = np.diff(series.log_experience), np.diff(series.log_cost)
    rate = -float(dy @ dx) / float(dx @ dx)
    sd = math.sqrt(float(((dy + rate * dx)**2).sum()) / (len(dx) - 1))
    return simulate(series, n, rng, np.full(n, rate), np.full(n, sd), rho=rho)


def histories_of_model(series: Series, n: int, rng: np.random.Generator,
                       prior: Prior, rho: float = RHO) -> Array:
    """With learning rates and noises of the inputs."""
    def drawn(corners: tuple[float, float, float]) -> Array:
        low, mode, high = corners
        return rng.triangular(low, mode, high, n)

    rate = -np.log2(1.0 - drawn(prior.learning_rate))
    return simulate(series, n, rng, rate, drawn(prior.noise_sd),
                    prior.persistence, rho)


def uniform_distance(places: Array) -> Array:
    """Kolmogorov's distance of [..., window] from the uniform distribution."""
    ordered = np.sort(places, axis=-1)
    n = ordered.shape[-1]
    above = np.arange(1, n + 1) / n - ordered
    return np.asarray(np.maximum(above, 1.0 / n - above).max(axis=-1))


def coverage(places: Array, inside: float = 0.9) -> Array:
    """Part of [..., window] within the middle `inside`."""
    edge = 0.5 * (1.0 - inside)
    inner = (places >= edge) & (places <= 1.0 - edge)
    return np.asarray(inner.mean(axis=-1))


@dataclass(frozen=True)
class Verdict:
    """Places of what happened, and what they would be if the forecasts' own model
    were true: p of a distance at least as large, 5 to 95 % of the coverage."""

    places: Array
    coverage: float
    distance: float
    p_value: float
    expected_coverage: tuple[float, float]

    def row(self) -> str:
        low, high = (100.0 * c for c in self.expected_coverage)
        return (f"{len(self.places)} | {100.0 * self.coverage:.0f} % "
                f"({low:.0f}–{high:.0f} %) | {self.distance:.2f} | "
                f"{self.p_value:.2f}")


def judge(places_of: Places, what_happened: Array, histories: Array) -> Verdict:
    """Hold what happened against histories of the forecasts' model."""
    places = places_of(what_happened)
    of_model_itself = places_of(histories)
    distance = float(uniform_distance(places))
    as_far = uniform_distance(of_model_itself) >= distance
    low, high = np.quantile(coverage(of_model_itself), [0.05, 0.95])
    return Verdict(places, float(coverage(places)), distance,
                   (1.0 + float(as_far.sum())) / (1.0 + len(as_far)),
                   (float(low), float(high)))


def band(places_of_cost: Places, series: Series, at: Window, p: float,
         index: int, reach: float = 5.0) -> float:
    """The log cost at probability p of the forecast `at`, the index-th of those of
    `places_of_cost`, by bisection."""
    cost: Any = series.log_cost.copy()
    low, high = (series.log_cost[at.start] + d for d in (-reach, reach))
    for _ in range(50):
        middle = 0.5 * (low + high)
        cost[at.start + at.horizon] = middle
        if float(places_of_cost(cost)[index]) < p:
            low = middle
        else:
            high = middle
    return float(np.exp(0.5 * (low + high)))
