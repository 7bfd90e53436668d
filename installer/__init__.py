"""Builds the packages for Windows, on Debian; see docs/windows-build.md. `make package` is this."""
