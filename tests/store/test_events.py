from dataclasses import replace
from datetime import date

from made import analysis

from selon.records import When
from selon.store.events import names_in, same_event


def page(place, text, day):
    whole = analysis(place=place, day=day)
    return replace(whole, article=replace(whole.article, text=text), passages=(), statements=(), rejected=())


def test_articles_of_the_same_days_that_share_rare_names(ledger, fill):
    bridge = "Le pont de Brisecaille ferme, dit la maire Solène Kermarrec."
    fill(
        page("a", bridge, date(2024, 6, 3)),
        page("same", "Hier, Solène Kermarrec a parlé du pont de Brisecaille.", date(2024, 6, 6)),
        page("late", bridge + " Encore.", date(2024, 6, 7)),
        page("undated", "Le pont de Brisecaille, selon Solène Kermarrec.", None),
        page("one name", "On a vu Solène à Paris.", date(2024, 6, 3)),
        *(page(f"far {n}", f"Le ministre Jean Durand numéro {n} parle de Paris.", date(2024, 6, 3)) for n in range(20)),
    )
    article = next(each.article for each in ledger.analyses() if each.article.where == "a")
    found = same_event(ledger, article)
    assert {each.heading.where: set(each.names) for each in found} == {
        "same": {"Brisecaille", "Kermarrec", "Solène"},
        "undated": {"Brisecaille", "Kermarrec", "Solène"},
    }
    assert "late" in {each.heading.where for each in same_event(ledger, article, days=4)}
    crowd = ledger.article(ledger.articles(about="numéro 3")[0].id)
    assert same_event(ledger, crowd) == []
    assert same_event(ledger, replace(article, text="", published=When())) == []


def test_names_are_words_with_a_capital_inside_a_sentence():
    assert names_in("Hier le pont. Demain la Seine ! « Oui », dit l'ONU à Jean-Paul, d’Éric et de OTAN.") == [
        "Jean", "ONU", "OTAN", "Seine", "Éric",
    ]  # fmt: skip
