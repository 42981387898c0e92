"""Coded statements -> networks and timelines, as Discourse Network Analyzer counts them.

The formulas are those of its manual and papers, not its code; docs/decisions/0011-networks.md says where the two part.
"""

from selon.discourse.networks.amending import amended
from selon.discourse.networks.backbone import Backbone, Removal, fixed_backbone, nested_backbone, penalised_backbone
from selon.discourse.networks.codes import Codes, coded
from selon.discourse.networks.networks import events, network
from selon.discourse.networks.options import Aggregation, Duplicates, Mode, NetworkOptions, Normalisation
from selon.discourse.networks.polarization import Polarization, polarization, polarization_over_time
from selon.discourse.networks.records import Network, Period, Tie, Timeline
from selon.discourse.networks.timelines import timeline
from selon.discourse.networks.windows import Kernel, Unit, Windows, networks_over_time

__all__ = [
    "Aggregation",
    "Backbone",
    "Codes",
    "Duplicates",
    "Kernel",
    "Mode",
    "Network",
    "NetworkOptions",
    "Normalisation",
    "Period",
    "Polarization",
    "Removal",
    "Tie",
    "Timeline",
    "Unit",
    "Windows",
    "amended",
    "coded",
    "events",
    "fixed_backbone",
    "nested_backbone",
    "network",
    "networks_over_time",
    "penalised_backbone",
    "polarization",
    "polarization_over_time",
    "timeline",
]
