"""The call engine: the receptionist's world, built from what a switch can do.

Sans I/O: `CallEngine` is fed events, intents and the time, and answers with `Effects`: commands for the
switch and changes for everybody. It never waits, reads no clock and draws no random number.

How the modules share the work:

- `floor`: the state (calls, receptionists, lines) with its indexes, and the primitives that change it
- `rules`: which intent is allowed in which place, and whether a target can take a call
- `desk`: a receptionist's own phone: getting it on the line, letting it go
- `offers`: a call that rings on receptionists' phones
- `queue`: arrival, distribution, answering, callback entries
- `passing`: hold, transfer, consultation, dialling out, and callers who come back
- `waiting`: camp-on, parking, voicemail
- `legs`: what an event about a leg means in each place
- `recovery`: what is true after the switch or the hub was away
- `engine`: the door to it all
"""
