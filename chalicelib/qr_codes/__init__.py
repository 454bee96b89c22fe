"""QR codes: five-minute codes, their drinks, and redeeming one for an order (the original's Validator)."""
