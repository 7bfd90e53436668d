"""A run of pytest within a test, to see what our own plugins do."""

from __future__ import annotations

import pytest

from scripts.requirements import TOP


def run_inner(pytester: pytest.Pytester, *plugins: str) -> pytest.RunResult:
    """Run pytest on the files made so far, with plugins of ours and settings like ours."""
    pytester.makepyprojecttoml(
        f"""
        [tool.pytest.ini_options]
        pythonpath = ['{TOP}']
        markers = ["requirement(number): as in the project"]
        asyncio_mode = "auto"
        asyncio_default_fixture_loop_scope = "function"
        filterwarnings = ["error"]
        """
    )
    pytester.makeconftest(f"pytest_plugins = {plugins!r}")
    return pytester.runpytest_subprocess()
