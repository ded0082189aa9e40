"""Bibliography files of typesetters: BibTeX, BibLaTeX and Hayagriva."""
