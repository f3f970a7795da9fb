"""Two versions compared before a release: run, compared, and where they differ traced to a commit.

`checking.py` puts the steps in order and is the place to start reading.
"""
