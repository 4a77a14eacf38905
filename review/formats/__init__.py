"""Output formats that several commands share; text from files is made harmless in each."""
