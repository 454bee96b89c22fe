"""Who is calling and what they may do; Cognito's triggers that sign people in by a code."""
