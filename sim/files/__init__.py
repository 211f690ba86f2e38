"""Files of every kind: quantities with units, YAML with line numbers, writing all or nothing."""
