"""The office that the demonstration shows."""
