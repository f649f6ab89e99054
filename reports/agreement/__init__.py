"""Agreement within things and between pairs of raters."""
