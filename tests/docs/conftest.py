"""``pages.py`` beside this file, for the tests here (pytest's importlib mode puts no folder on the path)."""

import importlib.util
import sys
from pathlib import Path

spec = importlib.util.spec_from_file_location("pages", Path(__file__).with_name("pages.py"))
pages = sys.modules["pages"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(pages)
