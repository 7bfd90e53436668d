"""What things are: people, lines, calls, groups, attendants and what may be asked of them.

Instants (`*_at`, `since`) are UTC seconds since 1970 as float; durations carry their unit (`*_s`, `*_min`).
Numbers are text: an internal extension (``"201"``) or E.164 (``"+4533112233"``).
"""
