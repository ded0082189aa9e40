"""CSL-JSON items as data: names, dates, numbers and clusters of cites."""
