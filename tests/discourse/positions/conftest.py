import pytest

from selon.models.embedding import load_encoder


@pytest.fixture(scope="session")
def encoder():
    return load_encoder()
