"""Single settings are changed in a text; comments, order and everything else stay as they are."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.errors import BadInput
from reception.hub.toml_edit import Edit, edited, without_tables

TEXT = """\
# top
[hub]
name = "x" # the name
slots = [
  "a", # one
]
  zone = 'its'   # odd

[[presence]]
backend = "ics" # files

[presence.ics]
folder = "f"
# tail

[[attendants]]
id = "KLJ"
"""


def changed(path: tuple[str | int, ...], value: str | bool | None, text: str = TEXT) -> str:
    return edited(text, [Edit(path, value)], "reception.toml")


def difference(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that went, and those that came."""
    old, new = before.splitlines(), after.splitlines()
    return [x for x in old if x not in new], [x for x in new if x not in old]


def test_a_value_changes_and_its_comment_stays() -> None:
    gone, come = difference(TEXT, changed(("hub", "name"), 'y "#" æ'))
    assert gone == ['name = "x" # the name']
    assert come == ['name = "y \\"#\\" æ"  # the name']


def test_a_new_setting_stands_in_its_table() -> None:
    text = changed(("hub", "listen"), "127.0.0.1:0")
    assert text.index("listen") < text.index("[[presence]]")
    assert difference(TEXT, text) == ([], ['listen = "127.0.0.1:0"'])


def test_a_new_element_and_its_table_stand_behind_what_is_there() -> None:
    text = edited(
        TEXT,
        [
            Edit(("presence", 1, "backend"), "graph"),
            Edit(("presence", 1, "graph", "teams"), False),
            Edit(("presence", 0, "ics", "zone"), "UTC"),
            Edit(("presence", 1, "graph", "zone"), "UTC"),
        ],
        "reception.toml",
    )
    assert tomllib.loads(text)["presence"] == [
        {"backend": "ics", "ics": {"folder": "f", "zone": "UTC"}},
        {"backend": "graph", "graph": {"teams": False, "zone": "UTC"}},
    ]
    assert difference(TEXT, text)[0] == []


def test_a_table_of_an_element_stands_with_its_element() -> None:
    text = TEXT.replace("[presence.ics]", "# none")
    text = text.replace('folder = "f"\n', '[[presence]]\nbackend = "other"\n')
    after = changed(("presence", 0, "ics", "folder"), "f", text)
    assert tomllib.loads(after)["presence"][0] == {"backend": "ics", "ics": {"folder": "f"}}


def test_what_is_taken_away_leaves_no_line() -> None:
    assert difference(TEXT, changed(("hub", "zone"), None)) == (["  zone = 'its'   # odd"], [])
    assert changed(("hub", "nothing"), None) == TEXT
    assert changed(("none", "nothing"), None) == TEXT


def test_windows_lines_stay_so() -> None:
    text = changed(("hub", "name"), "y", TEXT.replace("\n", "\r\n"))
    assert text.count("\n") == text.count("\r\n") == TEXT.count("\n")


def test_an_empty_text_begins_with_a_table() -> None:
    assert edited("", [Edit(("teams", "direction"), "off")], "x") == '[teams]\ndirection = "off"\n'


@pytest.mark.parametrize("inside", ['tenant = "a"', 'b = "c"', ""])
def test_what_is_written_otherwise_is_refused(inside: str) -> None:
    with pytest.raises(BadInput):
        changed(("microsoft", "tenant"), "b", f"microsoft = {{ {inside} }}\n")


def test_a_table_becomes_comments() -> None:
    text = f'{TEXT}\n[directory]\nbackend = "graph"\n\n[directory.graph]\nphotos = true\n[web]\nlisten = ""\n'
    after = without_tables(text, ("directory",), "x")
    assert "directory" not in tomllib.loads(after)
    assert '# [directory.graph]\n# photos = true\n[web]\nlisten = ""' in after


def test_an_element_becomes_comments_and_the_others_stay() -> None:
    first, second = (
        '[[presence]]\nbackend = "' + name + '"\n[presence.' + name + "]\na = 1\n" for name in "xy"
    )
    after = without_tables(f"{first}{second}[web]\n", ("presence", 1), "x")
    assert tomllib.loads(after) == {"presence": [{"backend": "x", "x": {"a": 1}}], "web": {}}
    assert without_tables(first, ("presence", 0), "x") == "".join(
        f"# {line}\n" for line in first.splitlines()
    )


KEYS = st.sampled_from(["name", "zone", "new", "slots"])
VALUES = st.one_of(st.booleans(), st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))


@given(st.lists(st.tuples(st.sampled_from(["hub", "fresh"]), KEYS, VALUES | st.none()), max_size=6))
def test_all_else_says_what_it_said(wanted: list[tuple[str, str, Any]]) -> None:
    expected = tomllib.loads(TEXT)
    for table, key, value in wanted:
        if value is not None:
            expected.setdefault(table, {})[key] = value
        else:
            expected.get(table, {}).pop(key, None)
    after = edited(TEXT, [Edit((table, key), value) for table, key, value in wanted], "x")
    assert tomllib.loads(after) == expected
    kept = [line for line in TEXT.splitlines() if line.startswith("#")]
    assert [line for line in after.splitlines() if line.startswith("#")] == kept
