"""How fast it is: measured side by side, printed, never asserted.  `python -m benchmarks`."""
