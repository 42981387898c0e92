"""Pages over a ledger: what ``selon serve`` shows.

To add a page ``things``:

1. ``pages/things.py`` has a ``router``; a route is a plain ``def`` (it runs in a thread) that takes
   ``request: Request`` and ``ledger: LedgerHere`` (``tables.py``: a Ledger of its own, broken off when it takes too
   long), asks it with values as parameters and a LIMIT, and returns ``page(request, "things.html.j2", …)``
   (``rendering.py``).
2. ``templates/things.html.j2`` extends ``layout.html.j2``. Words from articles go through ``|shown`` in running text
   and ``|plain`` in attributes; addresses from articles through ``|web_link``. No inline script or style: the headers
   forbid them.
3. Its words stand in ``words/fr.toml`` and ``words/en.toml`` under the same keys; templates say ``t("things.title")``,
   with a number ``n("count.things", 3)``, and for our own terms ``w.known("kind", row.kind)``.
4. ``pages/__init__.py`` lists the router, and the entry in the navigation if it has one.

A list is ``paged(…)`` and answers in three shapes with the same filters (``lists.py``): the page, ``.json``, ``.csv``.
A route that writes is a POST with ``dependencies=[Depends(writes)]`` (``security.py``); templates hide its controls
``{% if not read_only %}`` and put ``{{ token_field }}`` into plain forms (htmx sends the token by itself).
"""
