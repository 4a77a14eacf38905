"""What a rule is made of, and how it becomes a policy that Pulumi runs."""
