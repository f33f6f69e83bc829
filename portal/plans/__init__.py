"""Goals, small steps, and the plan that is offered, answered and signed version by version (DOMAIN 2.2 and 2.3)."""
