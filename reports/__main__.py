"""`python -m reports COMMAND FILE`: the statistics on a file of ratings, without the application."""

import os
import sys

from reports.commands import main

try:
    code = main(sys.argv[1:])
    sys.stdout.flush()
except BrokenPipeError:  # whoever reads has seen enough, as `head` does
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    code = 0
sys.exit(code)
