"""How Microsoft Entra ID behaves."""
