"""Records of several organisations become one, with a list of what fits and what does not.

found = join_logs({"city.csv": read_log("city.csv"), "county.csv": read_log("county.csv")})
found.log        # the joined record
found.findings   # matches, copies, conflicts
"""

from sim.joining.findings import Finding
from sim.joining.join import Joined, join_logs

__all__ = ["Finding", "Joined", "join_logs"]
