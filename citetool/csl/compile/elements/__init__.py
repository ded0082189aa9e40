"""The rendering elements of CSL, one module each: `compile_x(node, context)` gives a function of `State`, or None."""
