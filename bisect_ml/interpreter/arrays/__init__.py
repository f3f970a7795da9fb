"""Numpy as interpreted code sees it: what computes with numbers, and nothing that reaches files or memory.

Numpy itself is given arrays and numbers that were looked at before, and never an object of the code: no class
of the code is asked for its array, and no function of the code is called by numpy.
"""
