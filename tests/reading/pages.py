"""Pages as news sites build them, around a given article: four templates with the furniture that must be set aside."""

from __future__ import annotations

from html import escape

MENU = ["Accueil", "Politique", "Monde", "Économie", "Sports", "S'abonner", "Se connecter"]
COOKIES = (
    "Avec votre accord, nos partenaires et nous utilisons des cookies ou technologies similaires pour stocker et "
    "consulter des informations personnelles comme votre visite sur ce site. Vous pouvez retirer votre accord."
)
OTHERS = ["Météo : la vigilance orange maintenue dans huit départements", "Football : les Bleus s'imposent à Reims"]
FOOTER = ["Mentions légales", "Politique de confidentialité", "© 2024 Le Courrier du Nord. Tous droits réservés."]
NEWSLETTER = "Recevez chaque matin l'essentiel de l'actualité dans votre boîte mail."
FURNITURE = [*MENU, COOKIES, *OTHERS, *FOOTER, NEWSLETTER]


def wordpress(title: str, paragraphs: list[str]) -> str:
    """A blog theme: header, article, sidebar, comment form, footer."""
    body = "\n".join(f"<p>{escape(words)}</p>" for words in paragraphs)
    return f"""<!DOCTYPE html>
<html lang="fr-FR"><head><meta charset="UTF-8"><title>{escape(title)} - Le Courrier du Nord</title>
<link rel="canonical" href="https://courrier.example/article/12/" />
<meta property="og:title" content="{escape(title)}" /><meta property="og:site_name" content="Le Courrier du Nord" />
<meta property="article:published_time" content="2024-02-06T08:15:00+00:00" />
<style>body {{ color: black }}</style><script>var a = "<p>pas du texte</p>";</script></head>
<body class="post-template"><a class="skip-link screen-reader-text" href="#content">Aller au contenu</a>
<header id="masthead"><nav><ul>{"".join(f'<li><a href="/{n}">{escape(name)}</a></li>' for n, name in enumerate(MENU))}</ul></nav></header>
<main><article id="post-12" class="post type-post"><header class="entry-header"><h1 class="entry-title">{escape(title)}</h1>
<div class="entry-meta"><span class="posted-on">Publié le <time datetime="2024-02-06">6 février 2024</time></span></div></header>
<div class="entry-content">{body}</div>
<div class="sharedaddy"><h3 class="sd-title">Partager</h3><ul><li><a>Facebook</a></li><li><a>Twitter</a></li></ul></div></article>
<div id="comments"><h3 id="reply-title">Laisser un commentaire</h3><form><label>Nom</label><input type="text"><textarea></textarea></form></div></main>
<aside id="secondary" class="widget-area"><section class="widget"><h2>Articles récents</h2><ul>{"".join(f"<li><a href='#'>{escape(o)}</a></li>" for o in OTHERS)}</ul></section>
<section class="widget newsletter"><p>{escape(NEWSLETTER)}</p></section></aside>
<div id="cookie-notice" role="dialog"><p>{escape(COOKIES)}</p><button>Accepter</button></div>
<footer id="colophon">{"".join(f"<p>{escape(line)}</p>" for line in FOOTER)}</footer></body></html>"""


def divs(title: str, paragraphs: list[str]) -> str:
    """A newspaper's own system: everything a div or section, teasers between the paragraphs, entities, unclosed p."""
    inside = [f"<p class=article__paragraph>{_entities(words)}" for words in paragraphs]
    inside.insert(2, f'<section class="inread-teaser"><a href="/o"><span>Lire aussi</span><h3>{escape(OTHERS[0])}</h3></a></section>')
    links = "".join(f'<a class="nav__link" href="#">{escape(name)}</a>' for name in MENU)
    return f"""<!doctype html><html lang=fr><head><meta charset=utf-8><title>{_entities(title)}</title>
<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"2024-02-06T08:15:00+01:00","headline":"x"}}</script></head>
<body><div class=header><div class="nav">{links}</div></div>
<div class="didomi-popup" style="display: none"><p>{_entities(COOKIES)}</p></div>
<div class="page"><div class="article"><h1 class="article__title">{_entities(title)}</h1>
<figure><img alt="une image" src=a.jpg><figcaption>Le bâtiment, mardi. PHOTO / LE COURRIER</figcaption></figure>
<section class="article__content">{"".join(inside)}</section></div>
<div class="newsletter-box"><div>{_entities(NEWSLETTER)}</div><button>Je m'inscris</button></div>
<div class="most-read"><div class="title">Les plus lus</div>{"".join(f"<div class=item><a href=#>{escape(o)}</a></div>" for o in OTHERS)}</div></div>
<div class=footer>{" ".join(f"<a href=#>{escape(line)}</a>" for line in FOOTER)}</div></body></html>"""


def tables(title: str, paragraphs: list[str]) -> str:
    """A page of 2003: layout by tables, paragraphs apart by br, upper-case tags."""
    text = "<BR>\n<BR>\n".join(escape(words) for words in paragraphs)
    cells = "".join(f"<TR><TD><A HREF='#'>{escape(name)}</A></TD></TR>" for name in MENU)
    others = "".join(f"<TR><TD><A HREF='#'>{escape(name)}</A></TD></TR>" for name in OTHERS)
    return f"""<HTML><HEAD><TITLE>{escape(title)}</TITLE><META NAME="date" CONTENT="2024-02-06"></HEAD>
<BODY BGCOLOR="#ffffff"><TABLE WIDTH="100%"><TR><TD WIDTH=120 VALIGN=top><TABLE>{cells}</TABLE></TD>
<TD><H1><FONT SIZE=5>{escape(title)}</FONT></H1><FONT FACE="Arial">{text}</FONT></TD>
<TD><TABLE>{others}</TABLE></TD></TR></TABLE><HR><CENTER>{" | ".join(escape(line) for line in FOOTER)}</CENTER></BODY></HTML>"""


def bare(title: str, paragraphs: list[str]) -> str:
    """What an extension saved: a title and paragraphs, nothing else."""
    return f"<h1>{escape(title)}</h1>" + "".join(f"<p>{escape(words)}</p>" for words in paragraphs)


TEMPLATES = [wordpress, divs, tables, bare]


def _entities(words: str) -> str:
    named = {"é": "&eacute;", "«": "&laquo;", "»": "&raquo;", "’": "&rsquo;", "\xa0": "&nbsp;", "à": "&#224;", "—": "&#x2014;"}
    return "".join(named.get(character, character) for character in escape(words, quote=False))
