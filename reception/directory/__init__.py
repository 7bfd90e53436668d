"""Finding people: telephone numbers in one form, the search index, and who has which number."""
