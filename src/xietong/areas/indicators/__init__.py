"""指标: what the plan's goals are measured by: the dictionary, values with their evidence, high-quality balance."""
