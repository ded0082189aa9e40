"""Published works as notes and bibliographies cite them: books, chapters, articles, theses, newspapers."""
