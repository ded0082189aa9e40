"""The description of a document in a citation: who wrote to whom, its title, its date, its kind."""
