"""QR codes: five-minute codes, their tokens, and redeeming one for an order (the original's Validator)."""
