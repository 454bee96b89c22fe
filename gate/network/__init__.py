"""The gate's server, its calls to the bar, and the sockets between both."""
