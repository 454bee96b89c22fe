"""Composition only: the Chalice object, its blueprints and what every HTTP request goes through. No rule, no boto3."""

from chalice.app import Chalice, ConvertToMiddleware

from chalicelib.http import told
from chalicelib.identity.handlers import triggers
from chalicelib.insights.handlers import insight_events
from chalicelib.insights.routes import insights
from chalicelib.journeys.handlers import journey_events
from chalicelib.journeys.routes import journeys
from chalicelib.observability import logger
from chalicelib.orders.handlers import order_tasks
from chalicelib.orders.routes import orders
from chalicelib.qr_codes.routes import qr_codes
from chalicelib.realtime.handlers import realtime
from chalicelib.shop.handlers import shop_stream
from chalicelib.shop.routes import shop

# Logging is set up in observability.py; Chalice would raise the level of the logger of this name.
app = Chalice(app_name="serverlesspresso", configure_logs=False)
app.experimental_feature_flags.add("WEBSOCKETS")
app.register_middleware(ConvertToMiddleware(logger.inject_lambda_context(clear_state=True)), event_type="http")
app.register_middleware(told, event_type="http")

ROUTES = (shop, qr_codes, orders, journeys, insights)
FUNCTIONS = (order_tasks, triggers, shop_stream, journey_events, insight_events, realtime)

for blueprint in (*ROUTES, *FUNCTIONS):
    app.register_blueprint(blueprint)
