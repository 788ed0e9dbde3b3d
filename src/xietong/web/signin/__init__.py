"""Signing in: the libraries' adapters, our password rule, the lock-out page, and the audit of it all."""
