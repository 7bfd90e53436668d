"""Servers that speak as others' do, for trials and tests where those cannot be reached."""
