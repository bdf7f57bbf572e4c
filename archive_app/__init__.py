"""A desktop archive for oral history."""

__version__ = "0.1.0"
