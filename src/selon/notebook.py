"""How a marked text shows in a notebook's output cell."""

from __future__ import annotations

from collections.abc import Iterable

from selon.highlight import Mark, highlight, quoted

# Colours are washes over whatever the notebook's theme has behind the text, so that both dark and light themes work.
_STYLE = """
.selon { max-width: 44em; line-height: 1.7; border-left: 3px solid #8888; padding: .2em 0 .2em 1em }
.selon .words { white-space: pre-wrap; overflow-wrap: anywhere }
.selon .about { font-size: .85em; opacity: .8; margin: 0 0 .6em }
.selon mark { background: #f2b13433; color: inherit; text-decoration: underline 2px; text-underline-offset: .3em }
.selon mark.mixed { text-decoration-style: dashed }
.selon mark.indirect { text-decoration-style: dotted }
.selon mark.faint { background: none; text-decoration-thickness: 1px }
.selon mark[data-label]::before { content: attr(data-label); font: 700 .7em sans-serif; vertical-align: super }
.selon i.cue { border-bottom: 1px solid }
.selon small.boilerplate { opacity: .55; font-size: .85em }
"""


def cell(text: str, marks: Iterable[Mark], *, about: str, language: str = "") -> str:
    """The whole text with its marks as one element with its own style, under a line that says what it is."""
    lang = f' lang="{quoted(language)}"' if language else ""
    words = "".join(highlight(text, marks))
    about = "".join(highlight(about, ()))
    return (
        f'<div class="selon"><style>{_STYLE}</style><p class="about"><bdi>{about}</bdi></p>'
        f'<div class="words" dir="auto"{lang}>{words}</div></div>'
    )
