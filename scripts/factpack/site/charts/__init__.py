"""Charts and figures: the values of a record as tables whose rows are drawn, over the years, and beside its targets.

Take the catalogue; give what templates draw. May import what is in `site` itself, and below it.
"""
