"""The least NumPy that gives the right numbers: what the product's times are divided by.

Nothing here checks its input, explains itself to people or knows a table; every function takes integer codes.
"""
