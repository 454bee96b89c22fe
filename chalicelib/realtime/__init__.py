"""WebSocket connections, and who hears what."""
