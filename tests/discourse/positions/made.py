from selon.discourse.positions import Page, Saying
from selon.offsets import Span
from selon.records import Proposition

PROPOSITION = Proposition("usine", "l'usine de Brévance pollue la rivière", "fr")
OTHER = Proposition("emplois", "la fermeture supprimera des emplois", "fr")

TURNS = [
    ("Maud Lassalle", "affirme", "l'usine de Brévance pollue la rivière depuis dix ans"),
    ("Karl Vogt", "a démenti", "que l'usine pollue la rivière"),
    ("Karl Vogt", "assure", "l'usine de Brévance ne pollue pas la rivière"),
    ("Inès Morvan", "craint", "la fermeture ne supprime deux cents emplois"),
    ("Théo Blin", "raconte", "le marché de dimanche a attiré beaucoup de promeneurs"),
]


def page_of(key, turns):
    """A page that says the turns one after the other, a sentence each, and its sayings."""
    text, sayings, sentences = "", [], []
    for number, (speaker, cue, content) in enumerate(turns):
        start = len(text)
        text += f"{speaker} {cue} que {content}."
        at = text.index(content, start)
        sayings.append(
            Saying(
                f"{key}{number}",
                key,
                content,
                cue,
                "indirect",
                speaker.split()[-1].lower(),
                "",
                Span(start, at + len(content)),
            )
        )
        sentences.append(Span(start, len(text)))
        text += " "
    return Page(key, "fr", text, tuple(sentences)), sayings
