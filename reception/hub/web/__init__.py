"""The colleagues' web page, served by the hub: their own status and entries, and everybody else's status.

It decides nothing about presence: it shows what `PresenceDesk` tells and passes on what is asked. What it has
of its own is the door: accounts, sessions, and what keeps strangers out.
"""
