"""Money or a quantity tied to a company, a fund or a policy; never a price."""
