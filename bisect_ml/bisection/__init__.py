"""The search for a commit by running code along the history: which to run next, and when to stop.

Pure: what is run, and how, is the caller's.
"""
