"""The pages as people have them open: a real Chromium, and how fast what happens is seen in it."""
