"""The formats of a release, each made of the built package.

Takes a package; gives files. May import `package`, `run` and below.
"""
