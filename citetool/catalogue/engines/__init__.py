"""Engines run `units.build_unit` over units of work, each in a module: here, in processes, or on Spark.

An engine is a function `run(units, folder)` that yields each unit as it is done, in any order.
"""
