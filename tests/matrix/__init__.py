"""The permission matrix: the states, the requests, the table written by hand, and how a cell is asked."""
