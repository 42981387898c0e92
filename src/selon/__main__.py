"""``python -m selon``: the same as the command ``selon``."""

from selon.cli import main

if __name__ == "__main__":
    main()
