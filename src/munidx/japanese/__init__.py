"""The country's conventions, city-neutral: eras, numerals, marks, targets, directions."""
