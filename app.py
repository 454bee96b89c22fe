"""Composition only: the Chalice object, its blueprints and what every HTTP request goes through. No rule, no boto3."""

from chalice.app import Chalice, ConvertToMiddleware

from chalicelib.identity.handlers import triggers
from chalicelib.observability import logger
from chalicelib.orders.handlers import order_tasks
from chalicelib.orders.routes import orders
from chalicelib.qr_codes.routes import qr_codes
from chalicelib.shop.routes import shop

# Logging is set up in observability.py; Chalice would raise the level of the logger of this name.
app = Chalice(app_name="serverlesspresso", configure_logs=False)
app.register_middleware(ConvertToMiddleware(logger.inject_lambda_context(clear_state=True)), event_type="http")

for blueprint in (shop, qr_codes, orders, order_tasks, triggers):
    app.register_blueprint(blueprint)
