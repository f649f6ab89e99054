"""Whether groups pass at different rates, and whether that can be told."""
