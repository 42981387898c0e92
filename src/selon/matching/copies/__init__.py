"""Articles taken over wholly, partly or in translation: who has which passages from whom."""

from selon.matching.copies.find import find_copies
from selon.matching.copies.marks import MarkFound, translation_marks
from selon.matching.copies.records import Printed

__all__ = ["MarkFound", "Printed", "find_copies", "translation_marks"]
