"""Charts as matplotlib figures; `save` writes them as SVG or PDF."""
from .comparisons import (chances, condition, ranges, response, runs,
                          structure)
from .fans import fan_chart, learning_fans, sector_multiples
from .performance import convergence, precision, scaling
from .projects import delivered, projects
from .rankings import sobol, tornado
from .risk import (budget_clocks, differences, exceedance, tipping_curves,
                   tipping_violins)
from .stacks import mean_stack
from .style import save
from .technology import technology_stack

__all__ = [
    "budget_clocks", "chances", "condition", "convergence", "delivered",
    "differences", "exceedance", "fan_chart", "learning_fans", "mean_stack",
    "precision", "projects", "ranges", "response", "runs", "save", "scaling",
    "sector_multiples", "sobol", "structure", "technology_stack",
    "tipping_curves", "tipping_violins", "tornado",
]
