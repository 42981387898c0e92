"""What the elements of HTML do to the visible text: which break lines, which show nothing, which end by implication."""

from __future__ import annotations

from collections.abc import Mapping

from selon.records import PassageKind

# fmt: off
VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})
NOT_SHOWN = frozenset({
    "audio", "canvas", "datalist", "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "select",
    "style", "svg", "template", "textarea", "title", "video",
})
# Everything that stands apart from what is before and after it.
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "details", "dialog", "div", "dl",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "legend", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "ul",
})
# Those that only begin a new line.
ROWS = frozenset({"li", "tr", "dt", "dd"})
CELLS = frozenset({"td", "th"})
# An implied end looks no further up than these.
SCOPES = frozenset({
    "article", "blockquote", "body", "div", "dl", "html", "ol", "section", "table", "td", "th", "ul",
})
# Elements whose content is no markup.
RAW_TEXT = frozenset({"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"})
# fmt: on

# The start tag on the left closes an open element on the right, whose end tag authors may leave out.
IMPLIED_ENDS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(BLOCKS - {"html", "body"}, frozenset({"p"})),
    "a": frozenset({"a"}),
    "li": frozenset({"li", "p"}),
    "dt": frozenset({"dt", "dd", "p"}),
    "dd": frozenset({"dt", "dd", "p"}),
    "tr": frozenset({"tr", "td", "th", "p"}),
    "td": frozenset({"td", "th", "p"}),
    "th": frozenset({"td", "th", "p"}),
}
KINDS: Mapping[str, PassageKind] = {
    "h1": PassageKind.HEADLINE,
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), PassageKind.HEADING),
    "figcaption": PassageKind.CAPTION,
    "caption": PassageKind.CAPTION,
    "blockquote": PassageKind.BLOCKQUOTE,
}
