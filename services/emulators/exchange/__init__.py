"""An emulated Exchange server (EWS), as far as exchangelib and this project ask it.

It speaks SOAP 1.1 at one address, ``/EWS/Exchange.asmx``, to whoever signs in as it demands it: by basic, by
NTLM, or by a token that it gives at ``/oauth2/token`` (Kerberos it does not know). ``python -m
services.emulators.exchange`` starts one for trials.

`Organisation` is who and what there is, changed by whoever runs it; `ExchangeService` answers about it and
has its troubles; ``with ExchangeEmulator(organisation) as server:`` puts it on a port, and `server.url` is
where a client goes. What Exchange does is told by the numbers of the contract that the project was given
(sections of *Microsoft side contract*).
"""
