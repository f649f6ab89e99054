"""Counting ratings in parts that add up, and drawing candidates again."""
