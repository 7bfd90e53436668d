"""Microsoft Graph and Microsoft's sign-in, with a small organisation in them.

`Tenant` is the organisation, changed by whoever runs it; `GraphService` answers requests about it; `SignIn`
gives tokens; `serving` puts both on a port. What Graph does is told by the numbers of the contract that the
project was given (sections of *Microsoft side contract*).
"""
