"""The one exception that a component raises for arguments that no cloud service should ever see."""


class ComponentInputError(ValueError):
    """Arguments that can't be provisioned safely. Raised before anything is registered.

    The message names the component, the argument, the fault and what to write instead; several faults of one
    component are joined by newlines.
    """
