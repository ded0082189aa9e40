"""Records rendered as citations and bibliographies in citation styles."""
