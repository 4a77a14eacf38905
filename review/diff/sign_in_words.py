"""A system's sign-in becomes weaker or stronger, in sentences: what its old and new tier ask for."""

from __future__ import annotations

from billing_identity.review.diff.model import Change, Direction
from billing_identity.review.diff.names import Names, data_words, listed
from billing_identity.review.diff.state import View
from billing_identity.roles.model.access_policy import Tier


class SignInWords:
    """Puts a system's change of tier into words."""

    def __init__(self, base: View, head: View, names: Names) -> None:
        self.base, self.head, self.names = base, head, names

    def words(self, change: Change, system: str) -> tuple[str, tuple[str, ...]]:
        """The sentence, and who signs in to what data."""
        direction, steps = self.steps(change)
        verb = {Direction.WEAKER: "is weakened", Direction.STRONGER: "is strengthened"}.get(
            direction, "changes"
        )
        tiers = f"from “{self.names.tier(str(change.before))}” to “{self.names.tier(str(change.after))}”"
        text = f"Sign-in to {self.names.title('system', system)} {verb}: {tiers}"
        if steps:
            text += f"; {'; '.join(steps)}"
        found = self.names.entity("system", system)
        holders = sorted(
            {
                self.names.subject(key.subject, kind=False)
                for key in self.head.state
                if key.family == "access" and key.aspect.startswith(f"{system}/")
            }
        )
        data = data_words(item.value for item in found.data_classes) if found is not None else ""
        return text, (f"Data: {data}. Holders: {listed(holders, 40)}.",)

    def steps(self, change: Change) -> tuple[Direction, list[str]]:
        """Which way a system's sign-in goes as its tier changes, and in what."""
        old, new = _tier(self.base, str(change.before)), _tier(self.head, str(change.after))
        if old is None or new is None:
            return Direction.CHANGED, []
        weaker: list[str] = []
        stronger: list[str] = []

        def note(worse: bool, better: bool, text: str) -> None:
            if worse or better:
                (weaker if worse else stronger).append(text)

        added = [item.value for item in new.factors if item not in old.factors]
        removed = [item.value for item in old.factors if item not in new.factors]
        if old.phishing_resistant != new.phishing_resistant:
            text = (
                "every factor resists phishing"
                if new.phishing_resistant
                else f"{listed(added)} can be phished and is accepted"
            )
            note(not new.phishing_resistant, new.phishing_resistant, text)
        else:
            note(
                bool(added),
                bool(removed),
                f"accepted factors {listed(map(str, new.factors))} (was: {listed(map(str, old.factors))})",
            )
        for label, before, after in (
            ("minutes of idle time", old.session.idle_minutes, new.session.idle_minutes),
            ("hours of session", old.session.lifetime_hours, new.session.lifetime_hours),
            ("hours until the factor is asked for again", old.reauthenticate_hours, new.reauthenticate_hours),
        ):
            note(after > before, after < before, f"{after} {label} (was: {before})")
        note(
            old.managed_device and not new.managed_device,
            new.managed_device and not old.managed_device,
            "from any device" if old.managed_device else "from managed devices only",
        )
        note(
            bool(old.zones) and not new.zones,
            bool(new.zones) and not old.zones,
            "from any network" if old.zones else f"only from {listed(new.zones)}",
        )
        if old.zones and new.zones and set(old.zones) != set(new.zones):
            note(True, False, f"from the networks {listed(new.zones)} (was: {listed(old.zones)})")
        direction = Direction.WEAKER if weaker else Direction.STRONGER if stronger else Direction.CHANGED
        return direction, [*weaker, *stronger]


def _tier(view: View, name: str) -> Tier | None:
    return view.catalogue.access_policy.tiers.get(name) if view.catalogue is not None else None
