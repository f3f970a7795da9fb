"""Run the command line: `python -m bisect_ml`."""

from bisect_ml.cli import main

main()
