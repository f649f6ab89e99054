"""Ratings in: the contract of the input, its checks, and the files it is read from."""
