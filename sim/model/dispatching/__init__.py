"""Who goes: policies, the queue of orders, and what becomes of orders and teams."""

from sim.model.dispatching.policies import POLICIES, Policy, policy, register_policy
from sim.model.dispatching.view import View

__all__ = ["POLICIES", "Policy", "View", "policy", "register_policy"]
