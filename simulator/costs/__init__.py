"""What one happy order costs: counted at the running bar, priced with AWS's list prices, beside the original's."""
