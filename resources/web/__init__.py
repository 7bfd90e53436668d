"""The colleagues' web page: templates, style, script, and words in each language."""
