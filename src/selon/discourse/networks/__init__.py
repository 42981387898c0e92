"""Coded statements -> networks, as Discourse Network Analyzer counts them."""

from selon.discourse.networks.codes import Codes, coded
from selon.discourse.networks.networks import network
from selon.discourse.networks.options import Aggregation, Duplicates, Mode, NetworkOptions, Normalisation

__all__ = ["Aggregation", "Codes", "Duplicates", "Mode", "NetworkOptions", "Normalisation", "coded", "network"]
