"""What the receptionist sees. Qt only: reads the replica, asks by intents, decides nothing.

`tokens`, `standing`, `intents_for`, `board`, `matching` and `formats` know no Qt and are tested without a
screen.
"""
