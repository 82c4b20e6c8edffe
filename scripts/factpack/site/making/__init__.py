"""The making of the site: all pages by an executor, those that stand left as they are; and showing it as one works.

Takes the built package and the workspace; gives files. May import all of `site`, and below it.
"""
