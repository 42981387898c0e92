"""The same run on other machines."""
