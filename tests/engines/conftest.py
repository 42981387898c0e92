import sys
from pathlib import Path

# The fakes must be importable by name in worker processes too; those inherit sys.path.
sys.path.insert(0, str(Path(__file__).parent))
