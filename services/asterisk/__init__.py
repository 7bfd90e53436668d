"""The `Switch` port on a real Asterisk: events and commands over ARI, lamps and the rest over AMI.

What Asterisk really does, and what this package does about it, is in tests/lab/FACTS.md; how to set an
Asterisk up for it in docs/asterisk.md. One line from the outside to the engine:

    ARI WebSocket -> parse -> legs (the promises) -> session -> on_event
    send -> lanes (the order) -> commands -> ARI, AMI

`parse`, `legs`, `lines`, `causes`, `numbers` are pure; `ari`, `ami`, `snapshot`, `commands`, `bridges`,
`states` ask and act; `session` is one connection, `switch` the life of connections.
"""

from __future__ import annotations

from services.asterisk.switch import create

__all__ = ["create"]
