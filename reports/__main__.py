"""`python -m reports agreement FILE`: the statistics on a file of ratings, without the application."""

import sys

from reports.command import main

sys.exit(main(sys.argv[1:]))
