"""What people see, as whole text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from trimtab.findings.finding import Finding, Place, Related, Severity
from trimtab.findings.render_text import render_text
from trimtab.findings.report import Report

SGR = re.compile(r"\x1b\[[0-9;]*m")
WARNING = Finding(code="few-monitors", severity=Severity.WARNING, message="2 monitors have no majority")


def shown(*findings: Finding, sources: dict[str, str] | None = None, width: int | None = None) -> str:
    """Render findings without their count."""
    return render_text(Report(findings), sources or {}, width=width).rpartition("\n\n")[0] + "\n"


def in_line(line: str, column: int, length: int, **changes: object) -> tuple[Finding, dict[str, str]]:
    """Build a finding in the only line of a file `f`, and the file."""
    place = Place(file="f", line=1, column=column, end_line=1, end_column=column + length)
    finding = Finding(code="x", severity=Severity.ERROR, message="m", place=place)
    return replace(finding, **changes), {"f": line}  # type: ignore[arg-type]


def test_the_anatomy(unknown_setting: Finding, sources: dict[str, str]) -> None:
    """Level and code, message, place, source with the span marked, related place, help, count."""
    other = replace(WARNING, code="b")
    assert render_text(Report((unknown_setting, WARNING, other)), sources) == dedent("""\
        error[unknown-setting]: unknown setting 'replica' of component 'harbor'
          --> apps/clusters/lab.yaml:14:3
           |
        14 |   replica: 3
           |   ^^^^^^^ not a setting of harbor
           |
          ::: apps/platform.yaml:7:5
           |
         7 |     replicas: 2
           |     ----------- the value it replaces
           = help: did you mean 'replicas'?

        warning[b]: 2 monitors have no majority

        warning[few-monitors]: 2 monitors have no majority

        1 error, 2 warnings
        """)


def test_without_sources_only_places_stand(unknown_setting: Finding) -> None:
    """A file whose text is not at hand is named with line and column, and the labels still speak."""
    assert shown(unknown_setting) == dedent("""\
        error[unknown-setting]: unknown setting 'replica' of component 'harbor'
          --> apps/clusters/lab.yaml:14:3: not a setting of harbor
           |
          ::: apps/platform.yaml:7:5: the value it replaces
           = help: did you mean 'replicas'?
        """)


def test_without_a_place_the_setting_is_named() -> None:
    """A derived value stands in no file: its settings path does instead."""
    assert shown(replace(WARNING, path=("components", "rook", "monitors"))) == dedent("""\
        warning[few-monitors]: 2 monitors have no majority
         --> components.rook.monitors (not in a file)
        """)


def test_soft_errors_say_how_they_may_be_allowed() -> None:
    """A soft error, and a related word without a place, are notes before the help."""
    finding = replace(
        WARNING, severity=Severity.ERROR, soft=True, help="use 3", related=(Related(message="3 nodes could hold one"),)
    )
    assert shown(finding) == dedent("""\
        error[few-monitors]: 2 monitors have no majority
          = note: 3 nodes could hold one
          = note: soft: may be allowed with a reason, see 'allow:'
          = help: use 3
        """)


def test_wide_characters_and_tabs() -> None:
    """The mark stands under the value, whose columns are not its characters."""
    finding, sources = in_line("\t日本: 🚀値", 6, 2, label="here")
    assert shown(finding, sources=sources) == dedent("""\
        error[x]: m
         --> f:1:6
          |
        1 |     日本: 🚀値
          |           ^^^^ here
        """)


def test_long_lines_are_cut_around_the_span() -> None:
    """A line longer than the screen shows what is around the mark."""
    finding, sources = in_line("a" * 50 + "here" + "z" * 50, 51, 4)
    assert shown(finding, sources=sources, width=30) == dedent("""\
        error[x]: m
         --> f:1:51
          |
        1 | …aaaaaaaaaaherezzzzzzzzzz…
          |            ^^^^
        """)


def test_a_log_has_no_width_but_lines_still_end() -> None:
    """Without a screen a line is cut to 120 columns, and the narrowest screen still shows twenty characters."""
    finding, sources = in_line("here" + "z" * 500, 1, 4)
    lengths = [len(shown(finding, sources=sources, width=width).splitlines()[3]) for width in (None, 1)]
    assert lengths == [119, 4 + 19]


def test_a_warning_needs_no_word_about_allowing() -> None:
    """Every warning may be allowed, so only soft errors say it."""
    assert "allow" not in shown(replace(WARNING, soft=True))


def test_a_span_of_many_lines_is_marked_by_its_first() -> None:
    """From the beginning of the span to the end of its first line."""
    finding, sources = in_line("key:  \n  - 1\n", 1, 0)
    place = Place(file="f", line=1, column=1, end_line=3, end_column=1)
    assert shown(replace(finding, place=place), sources=sources).endswith("1 | key:\n  | ^^^^\n")


def test_escapes_of_the_user_are_harmless() -> None:
    """What would move the cursor or colour the screen is shown as a sign."""
    finding, sources = in_line("a: \x1b[2Jb", 1, 1, message="bad '\x1b[2J'", label="\x07", help="x\x9by")
    assert shown(finding, sources=sources) == dedent("""\
        error[x]: bad '␛[2J'
         --> f:1:1
          |
        1 | a: ␛[2Jb
          | ^ ␇
          = help: x<U+009B>y
        """)


def test_further_lines_of_a_message_are_indented() -> None:
    """The output of another program cannot pass for a finding of its own."""
    assert shown(replace(WARNING, message="helm failed\nerror[y]: z", help="one\r\ntwo")) == dedent("""\
        warning[few-monitors]: helm failed
            error[y]: z
          = help: one
                  two
        """)


def test_a_hidden_line_is_hidden_from_all() -> None:
    """A line with a secret is shown by no finding, also not by another one that points at it."""
    secret, sources = in_line("password: hunter2", 11, 7, code="secret-in-git", hide_source=True)
    other, _ = in_line("password: hunter2", 1, 8)
    text = shown(secret, other, sources=sources)
    assert "hunter2" not in text
    assert text.count("--> f:1:") == 2


def test_a_hidden_block_is_hidden_to_its_last_line() -> None:
    """A secret of several lines, such as a key, is hidden whole."""
    secret, _ = in_line("", 1, 1, hide_source=True)
    place = Place(file="f", line=1, column=1, end_line=3, end_column=4)
    other, _ = in_line("", 1, 1, place=replace(place, line=2, end_line=2))
    assert "two" not in shown(replace(secret, place=place), other, sources={"f": "one\ntwo\nthree"})


def test_nothing_wrong() -> None:
    """An empty report says so."""
    assert render_text(Report(), {}) == "nothing wrong\n"


def test_colour_says_nothing_of_its_own(unknown_setting: Finding, sources: dict[str, str]) -> None:
    """Without its colours the coloured text is the plain one."""
    report = Report((unknown_setting, WARNING))
    coloured = render_text(report, sources, colour=True)
    assert "\x1b[1;31merror" in coloured
    assert SGR.sub("", coloured) == render_text(report, sources)


@given(data=st.data(), first=st.text(), second=st.text(), colour=st.booleans(), width=st.none() | st.integers(-5, 200))
def test_no_text_can_harm(
    any_report: st.SearchStrategy[Report], data: st.DataObject, first: str, second: str, colour: bool, width: int | None
) -> None:
    """Any findings over any files render, with nothing that steers a terminal but our own colours."""
    text = render_text(data.draw(any_report), {"a": first, "b": second}, colour=colour, width=width)
    plain = SGR.sub("", text) if colour else text
    assert {char for char in plain if unicodedata.category(char) in {"Cc", "Cs"}} == {"\n"}
    assert not re.search(r"[ \t]+$", plain, re.MULTILINE)
