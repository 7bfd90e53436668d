"""Reception: an attendant console. See ARCHITECTURE.md for how the parts fit together."""

__version__ = "0.1.0"
