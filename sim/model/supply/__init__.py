"""Supply: shelves, orders and their sources, consignments, loads, shelters."""
