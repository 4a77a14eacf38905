"""AWS components: keys with separated duties, ePHI stores, the audit trail and the guards of an account."""
