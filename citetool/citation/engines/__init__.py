"""The CSL engines that render items: the built-in one and citeproc-py."""
