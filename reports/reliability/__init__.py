"""How much of scores is about candidates: intraclass correlations, variance components, studies."""
