"""Journeys through the reference organisation: who may do what, all policies taken together.

Names are those of the reference organisation; every policy comes from its deployment. Roles that somebody
makes beside the program are taken as administrators of their account, which is the worst case.
"""

from __future__ import annotations

from journeys_of_machines import MACHINES
from journeys_of_partners import PARTNERS
from journeys_of_people import PEOPLES

JOURNEYS = {**PARTNERS, **PEOPLES, **MACHINES}
