"""The rendering elements of CSL, one module each: `compile_x(node, scope)` gives a function of `State`, or None."""
