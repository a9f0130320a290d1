"""From items to parts: neighbours put together to numbers, times, limits, superlatives, names and milestones."""
