"""Keeps DynamoDB's tables in dynoxide, and lets LocalStack take it for DynamoDB Local.

dynoxide has one set of tables, lets any page that finds its port read and write them, and names streams its own way. So
each account and region has a process of its own with a file of its own (`database`), at an address that nobody can
guess, and one server before all of them (`server`, `process`) speaks to LocalStack and to functions (`dialect`).
"""
