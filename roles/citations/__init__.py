"""What rules, checks and reports may cite: the HIPAA rules by paragraph, and the baselines beside them."""
