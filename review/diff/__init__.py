"""What a change of the catalogue means: who gains and loses which access, and what else moves."""
