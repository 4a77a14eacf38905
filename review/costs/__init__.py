"""What the AWS layers cost a month: the deployment's resources, a dated price table, and its assumptions."""
