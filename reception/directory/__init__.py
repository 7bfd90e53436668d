"""Finding people: telephone numbers in one form, words and sounds to search by, and who has which number."""
