"""What the functions of app.py are made of."""
