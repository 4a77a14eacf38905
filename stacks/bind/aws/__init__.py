"""AWS: from catalogue and settings to the arguments of the AWS components."""
