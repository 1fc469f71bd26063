"""Handling units named in running text, signatures and register cells (R-RTE-07, R-RTE-08).

Names, aliases and predecessors come from the profile; this module knows how offices bend them: places in front
(“县”, “云禾县人民政府”), departments instead of bureaus (“住建部门”), lists that share one ending
(“公安、住建、城管等部门”) and names run together (“城管文广旅局”).
"""

from pipeline.mentions.cells import unit_named, units_in_cell
from pipeline.mentions.find import Mention, mentions

__all__ = ["Mention", "mentions", "unit_named", "units_in_cell"]
