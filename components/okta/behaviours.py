"""What Okta takes for unusual: a new device, a new place, a journey that nobody can make."""

from typing import TypedDict

import pulumi
import pulumi_okta as okta

NEW_DEVICE, NEW_LOCATION, IMPOSSIBLE_TRAVEL = (
    "billing-new-device",
    "billing-new-location",
    "billing-impossible-travel",
)
"""Names by which sign-on rules call them. Okta ships behaviours of its own: the prefix keeps ours apart."""


class BehavioursArgs(TypedDict):
    """Arguments of Behaviours."""

    known_after: int
    """Sign-ins that are looked back on; a device or place among them is known."""
    velocity: int
    """Kilometres per hour; 805 is the speed of an airliner, and Okta's own default."""


class Behaviours(pulumi.ComponentResource):
    """Three behaviours (adaptive licence). Raises nothing: Okta judges the numbers."""

    ids: dict[str, pulumi.Output[str]]
    """Ids by name, for session rules; sign-on rules name a behaviour by its name."""

    def __init__(self, name: str, args: BehavioursArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("billing-identity:okta:Behaviours", name, None, opts)
        child = pulumi.ResourceOptions(parent=self, protect=True)
        device = okta.Behaviour(
            f"{name}-new-device",
            name=NEW_DEVICE,
            type="ANOMALOUS_DEVICE",
            number_of_authentications=args["known_after"],
            status="ACTIVE",
            opts=child,
        )
        location = okta.Behaviour(
            f"{name}-new-location",
            name=NEW_LOCATION,
            type="ANOMALOUS_LOCATION",
            location_granularity_type="SUBDIVISION",
            number_of_authentications=args["known_after"],
            status="ACTIVE",
            opts=child,
        )
        travel = okta.Behaviour(
            f"{name}-impossible-travel",
            name=IMPOSSIBLE_TRAVEL,
            type="VELOCITY",
            velocity=args["velocity"],
            status="ACTIVE",
            opts=child,
        )
        self.ids = {NEW_DEVICE: device.id, NEW_LOCATION: location.id, IMPOSSIBLE_TRAVEL: travel.id}
        self.register_outputs({"ids": self.ids})
