"""Language packs: data a language, and the trained models that go with it."""

from selon.languages.pack import LanguagePack, languages, load_pack

__all__ = ["LanguagePack", "languages", "load_pack"]
