"""A folder that stands in the search path of a Python whose awslambdaric lacks its native part."""
