"""Reading, plotting and reporting results of hepta."""
from . import charts, tables
from .errors import ResultError
from .result import Result, open_result, units_of

__all__ = ["Result", "ResultError", "charts", "open_result", "tables",
           "units_of"]
__version__ = "0.1.0"
